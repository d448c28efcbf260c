-- A desk, version 1. The same text for every database: only BIGINT, DOUBLE PRECISION, TEXT and BYTEA; truth is 0 or 1,
-- days and times are ISO 8601, bytes that end in _zstd are compressed. What differs is in the files named after a database.
--
-- `document` as a column is always document.seq; `ordinal` is the position of a record in its list of the ledger, from 1.
-- The tables from `event` to `dispute_member` hold the shown ledger (coded and reviewed) of each document's current
-- reading, flattened for filters; the ledgers themselves, as they were coded, are in `reading` and never change.

-- Raw bytes as they were taken in, once each.
CREATE TABLE raw (
    digest TEXT NOT NULL PRIMARY KEY,
    length BIGINT NOT NULL,
    bytes_zstd BYTEA NOT NULL
);

CREATE TABLE document (
    seq BIGINT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT,
    publisher TEXT,
    publisher_key TEXT,
    published TEXT,
    title TEXT,
    language TEXT,
    text TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    raw_digest TEXT REFERENCES raw (digest),
    captured TEXT NOT NULL,
    headers TEXT NOT NULL,
    voice TEXT NOT NULL,
    signature BYTEA,
    -- How often what is shown of the document has changed, and after which change its events were last linked.
    shown BIGINT NOT NULL,
    linked BIGINT NOT NULL
);
CREATE INDEX document_by_publisher ON document (publisher_key);
CREATE INDEX document_by_day ON document (published);
CREATE INDEX document_by_voice ON document (voice);
CREATE INDEX document_by_url ON document (url);
CREATE INDEX document_unlinked ON document (seq) WHERE linked < shown;

-- Bands of the near-duplicate signature: documents that share one are candidates for one voice.
CREATE TABLE band (
    band BIGINT NOT NULL,
    document BIGINT NOT NULL REFERENCES document (seq),
    PRIMARY KEY (band, document)
);

-- What a reading was made with: versions of program, codebook, gazetteer and weights.
CREATE TABLE versions (
    seq BIGINT NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    codebook TEXT NOT NULL,
    gazetteer TEXT NOT NULL,
    weights TEXT NOT NULL,
    UNIQUE (program, codebook, gazetteer, weights)
);

CREATE TABLE reading (
    seq BIGINT NOT NULL PRIMARY KEY,
    document BIGINT NOT NULL REFERENCES document (seq),
    versions BIGINT NOT NULL REFERENCES versions (seq),
    current BIGINT NOT NULL,
    made TEXT NOT NULL,
    ledger_digest TEXT NOT NULL,
    ledger_zstd BYTEA NOT NULL
);
CREATE UNIQUE INDEX reading_by_document ON reading (document, seq);
CREATE UNIQUE INDEX reading_current ON reading (document) WHERE current = 1;

CREATE TABLE event (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    event_type TEXT NOT NULL,
    mode TEXT,
    cameo TEXT,
    trigger_start BIGINT NOT NULL,
    trigger_end BIGINT NOT NULL,
    sentence BIGINT NOT NULL,
    sentence_start BIGINT NOT NULL,
    sentence_end BIGINT NOT NULL,
    time_value TEXT,
    from_day TEXT,
    to_day TEXT,
    place_name TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    place_country TEXT,
    admin1 TEXT,
    gazetteer_id TEXT,
    place_precision TEXT,
    killed_low BIGINT,
    killed_high BIGINT,
    injured_low BIGINT,
    injured_high BIGINT,
    displaced_low BIGINT,
    displaced_high BIGINT,
    disputed BIGINT NOT NULL,
    -- Derived when the row is written: first and last day by which it is found (the document's day where it names none),
    -- the folded names of the place, and the place as a point on the unit sphere.
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    place_key TEXT,
    admin1_key TEXT,
    x DOUBLE PRECISION,
    y DOUBLE PRECISION,
    z DOUBLE PRECISION,
    PRIMARY KEY (document, ordinal)
);
CREATE INDEX event_by_day ON event (first_day DESC, document DESC, ordinal);
CREATE INDEX event_by_type ON event (event_type, first_day);
CREATE INDEX event_by_country ON event (place_country, first_day);
CREATE INDEX event_by_place ON event (place_key);
CREATE INDEX event_by_latitude ON event (latitude, longitude);

CREATE TABLE participant (
    document BIGINT NOT NULL REFERENCES document (seq),
    event BIGINT NOT NULL,
    role TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    entity BIGINT,
    country TEXT,
    sector TEXT,
    side TEXT,
    PRIMARY KEY (document, event, role, ordinal)
);
CREATE INDEX participant_by_country ON participant (country, sector);
CREATE INDEX participant_by_side ON participant (side);

CREATE TABLE account (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    event BIGINT NOT NULL,
    source_kind TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_key TEXT NOT NULL,
    source_country TEXT,
    source_sector TEXT,
    source_side TEXT,
    stance TEXT NOT NULL,
    attribution BIGINT,
    via TEXT,
    PRIMARY KEY (document, ordinal)
);
CREATE INDEX account_by_event ON account (document, event);
CREATE INDEX account_by_source ON account (source_key);

CREATE TABLE attribution (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    source_name TEXT,
    source_entity BIGINT,
    cue TEXT NOT NULL,
    content_start BIGINT NOT NULL,
    content_end BIGINT NOT NULL,
    quoted BIGINT NOT NULL,
    within_ordinal BIGINT,
    PRIMARY KEY (document, ordinal)
);

CREATE TABLE place (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    name TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    country TEXT,
    admin1 TEXT,
    gazetteer_id TEXT,
    place_precision TEXT,
    PRIMARY KEY (document, ordinal)
);

CREATE TABLE time_expression (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    time_type TEXT NOT NULL,
    time_value TEXT,
    from_day TEXT,
    to_day TEXT,
    PRIMARY KEY (document, ordinal)
);

CREATE TABLE truce_term (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    kind TEXT NOT NULL,
    effective TEXT,
    until TEXT,
    sentence BIGINT NOT NULL,
    sentence_start BIGINT NOT NULL,
    sentence_end BIGINT NOT NULL,
    source_kind TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_key TEXT NOT NULL,
    source_country TEXT,
    source_sector TEXT,
    source_side TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
);
CREATE INDEX truce_term_by_day ON truce_term (first_day DESC, document DESC, ordinal);

CREATE TABLE truce_party (
    document BIGINT NOT NULL REFERENCES document (seq),
    term BIGINT NOT NULL,
    role TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    side TEXT,
    PRIMARY KEY (document, term, role, ordinal)
);

CREATE TABLE dispute (
    document BIGINT NOT NULL REFERENCES document (seq),
    ordinal BIGINT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
);

CREATE TABLE dispute_member (
    document BIGINT NOT NULL REFERENCES document (seq),
    dispute BIGINT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (document, dispute, account)
);

-- Happenings across documents, as the linker last saw them; `detail` is the linker's own.
CREATE TABLE incident (
    id TEXT NOT NULL PRIMARY KEY,
    event_type TEXT NOT NULL,
    mode TEXT,
    from_day TEXT,
    to_day TEXT,
    place_name TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    place_country TEXT,
    admin1 TEXT,
    killed_low BIGINT,
    killed_best BIGINT,
    killed_high BIGINT,
    injured_low BIGINT,
    injured_best BIGINT,
    injured_high BIGINT,
    displaced_low BIGINT,
    displaced_best BIGINT,
    displaced_high BIGINT,
    voices BIGINT NOT NULL,
    documents BIGINT NOT NULL,
    first_report TEXT,
    last_report TEXT,
    disputed BIGINT NOT NULL,
    detail TEXT NOT NULL,
    first_day TEXT NOT NULL
);
CREATE INDEX incident_by_day ON incident (first_day DESC, id);

CREATE TABLE incident_member (
    incident TEXT NOT NULL REFERENCES incident (id),
    document BIGINT NOT NULL REFERENCES document (seq),
    event BIGINT NOT NULL,
    PRIMARY KEY (document, event, incident)
);
CREATE INDEX incident_member_by_incident ON incident_member (incident);

-- How far each feed, archive or folder has been taken in.
CREATE TABLE progress (
    origin TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL,
    moved TEXT NOT NULL
);

-- Corrections: rows are only ever added.
CREATE TABLE review (
    seq BIGINT NOT NULL PRIMARY KEY,
    document BIGINT NOT NULL REFERENCES document (seq),
    versions BIGINT NOT NULL REFERENCES versions (seq),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    record TEXT NOT NULL,
    anchor_start BIGINT NOT NULL,
    anchor_end BIGINT NOT NULL,
    source TEXT,
    field TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    why TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX review_by_document ON review (document, seq);

-- Who did what when: each entry carries the digest of the one before it.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX audit_by_subject ON audit (action, subject);
