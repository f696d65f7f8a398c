-- From schema 4 to 5: who collected a body, and texts that others collected without a date.
ALTER TABLE mementos ADD COLUMN source VARCHAR DEFAULT 'archive';
ALTER TABLE listings ADD COLUMN source VARCHAR DEFAULT 'archive';

-- Texts of a collection that say neither when nor where they stood: kept and searched, and never
-- part of a history. `path` is where the text lies in its collection.
CREATE TABLE documents (
    source VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    body_sha256 VARCHAR NOT NULL USING COMPRESSION fsst,
    body_bytes BIGINT NOT NULL,
    content_type VARCHAR NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    crawl_id VARCHAR NOT NULL,
    PRIMARY KEY (source, path, body_sha256)
);

-- What this archive is a part of: a row for each choice that it was narrowed by (excerpts.py);
-- none in a whole one.
CREATE TABLE excerpts (
    number BIGINT PRIMARY KEY,
    chosen VARCHAR NOT NULL,
    redacted VARCHAR NOT NULL
);

DROP TABLE readings;

-- Derived, and kept because everything is asked of it: each capture that has a body, as each
-- extractor reads it. Always what the view `readings_afresh` says (readings.py, checks.sql).
CREATE TABLE readings (
    policy_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    observed_at TIMESTAMP,
    uri_r VARCHAR NOT NULL,
    text_id VARCHAR USING COMPRESSION fsst,
    normalized_id VARCHAR USING COMPRESSION fsst,
    words BIGINT,
    title VARCHAR NOT NULL,
    stated_date DATE,
    stated_kind VARCHAR NOT NULL,
    stated_quote VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    digest VARCHAR NOT NULL USING COMPRESSION fsst,
    state VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL USING COMPRESSION fsst,
    memento_datetime TIMESTAMP NOT NULL,
    body_sha256 VARCHAR NOT NULL USING COMPRESSION fsst,
    extractor_id VARCHAR NOT NULL,
    crawl_id VARCHAR NOT NULL,
    undated_id VARCHAR USING COMPRESSION fsst,
    statuscode VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    block BIGINT,
    source VARCHAR NOT NULL,
    source_before VARCHAR,
    version BIGINT,
    not_before TIMESTAMP,
    last_seen TIMESTAMP,
    observations BIGINT,
    old_text_id VARCHAR USING COMPRESSION fsst,
    old_words BIGINT,
    returns BOOLEAN,
    undated BOOLEAN,
    next_seen TIMESTAMP,
    words_added BIGINT,
    words_removed BIGINT,
    similarity DOUBLE,
    significance VARCHAR,
    hunks BIGINT,
    lines_added BIGINT,
    lines_removed BIGINT,
    lines_edited BIGINT,
    lines_moved BIGINT
);

