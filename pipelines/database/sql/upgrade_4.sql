-- From schema 3 to 4: more opinions beside the views (terms, model, events, panels), blocks of
-- texts with the index of their words, and readings, which are filled when the views are there.
ALTER TABLE diffs ADD COLUMN lines_moved BIGINT;
CREATE SEQUENCE text_numbers;
ALTER TABLE texts ADD COLUMN block BIGINT DEFAULT (nextval('text_numbers') // 512);

-- Derived, and kept because everything is asked of it: each capture that has a body, as each
-- extractor reads it. Always what the view `readings_afresh` says (readings.py, checks.sql).
CREATE TABLE readings (
    policy_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    observed_at TIMESTAMP,
    uri_r VARCHAR NOT NULL,
    text_id VARCHAR USING COMPRESSION zstd,
    normalized_id VARCHAR USING COMPRESSION zstd,
    words BIGINT,
    title VARCHAR NOT NULL,
    stated_date DATE,
    stated_kind VARCHAR NOT NULL,
    stated_quote VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    digest VARCHAR NOT NULL USING COMPRESSION zstd,
    state VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL USING COMPRESSION zstd,
    memento_datetime TIMESTAMP NOT NULL,
    body_sha256 VARCHAR NOT NULL USING COMPRESSION zstd,
    extractor_id VARCHAR NOT NULL,
    crawl_id VARCHAR NOT NULL,
    undated_id VARCHAR USING COMPRESSION zstd,
    statuscode VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    block BIGINT,
    version BIGINT,
    not_before TIMESTAMP,
    last_seen TIMESTAMP,
    observations BIGINT,
    old_text_id VARCHAR USING COMPRESSION zstd,
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

-- How many rows there were when the readings were last brought in line; one row.
CREATE TABLE readings_state (
    captures BIGINT NOT NULL,
    mementos BIGINT NOT NULL,
    extractions BIGINT NOT NULL,
    texts BIGINT NOT NULL,
    diffs BIGINT NOT NULL,
    readings BIGINT NOT NULL
);

-- The index of words (word_index.py): the blocks of texts in which a word stands. A segment has
-- the words of the blocks from first to last.
CREATE TABLE word_segments (
    segment BIGINT NOT NULL,
    first_block BIGINT NOT NULL,
    last_block BIGINT NOT NULL
);

CREATE TABLE words (
    segment BIGINT NOT NULL,
    word VARCHAR NOT NULL,
    blocks BIGINT[] NOT NULL
);
