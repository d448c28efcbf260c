-- Full-text search. The words are folded to lower case without accents and stemmed; the texts stay in `document`.
CREATE VIRTUAL TABLE document_words USING fts5 (
    title,
    text,
    content = 'document',
    content_rowid = 'seq',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
