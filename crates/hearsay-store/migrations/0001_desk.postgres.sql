-- Full-text search. Words are stemmed but none is passed over, so that both databases find the same.
CREATE TEXT SEARCH DICTIONARY hearsay_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION hearsay (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION hearsay
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH hearsay_stem;

CREATE TABLE document_words (
    document BIGINT NOT NULL PRIMARY KEY REFERENCES document (seq),
    words TSVECTOR NOT NULL
);
CREATE INDEX document_words_by_word ON document_words USING GIN (words);
