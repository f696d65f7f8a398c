-- The facts. What was listed, fetched and extracted; everything else is a view (views.sql).
-- Every TIMESTAMP is UTC; the archive's 14 digits stay beside it as text. Hashes are compressed
-- by FSST, which makes hexadecimal digits smaller and gives one without unpacking the others.

CREATE TABLE vendors (
    vendor_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL
);

CREATE TABLE policies (
    policy_id VARCHAR PRIMARY KEY,
    vendor_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    every_days DOUBLE
);

CREATE TABLE locations (
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    since DATE,
    until DATE,
    guessed BOOLEAN NOT NULL,
    PRIMARY KEY (policy_id, uri_r)
);

CREATE TABLE crawls (
    crawl_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    outcome VARCHAR,
    policytrail_version VARCHAR NOT NULL,
    archive VARCHAR NOT NULL,
    options VARCHAR NOT NULL
);

-- rows = added + known + duplicates, for every listing, whatever its outcome.
CREATE TABLE listings (
    crawl_id VARCHAR NOT NULL,
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    added BIGINT NOT NULL,
    known BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    listed_at TIMESTAMP NOT NULL,
    window_from VARCHAR DEFAULT '',
    withdrawn BIGINT DEFAULT 0,
    source VARCHAR DEFAULT 'archive'
);

-- What a later listing said of a line that an earlier one had, or ought to have had.
CREATE TABLE listing_changes (
    crawl_id VARCHAR NOT NULL,
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    change VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    original VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    statuscode VARCHAR NOT NULL,
    noticed_at TIMESTAMP NOT NULL
);

CREATE TABLE captures (
    policy_id VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    original VARCHAR NOT NULL,
    mimetype VARCHAR NOT NULL,
    statuscode VARCHAR NOT NULL,
    digest VARCHAR NOT NULL USING COMPRESSION fsst,
    length BIGINT,
    duplicates BIGINT NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    listed_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    PRIMARY KEY (policy_id, urlkey, timestamp, original, digest, statuscode)
);

CREATE TABLE mementos (
    policy_id VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL USING COMPRESSION fsst,
    uri_r VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    memento_datetime TIMESTAMP NOT NULL,
    statuscode INTEGER NOT NULL,
    content_type VARCHAR NOT NULL,
    body_sha256 VARCHAR NOT NULL USING COMPRESSION fsst,
    body_bytes BIGINT NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    archive_source VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    crawl_id VARCHAR NOT NULL,
    urlkey VARCHAR NOT NULL,
    digest VARCHAR NOT NULL USING COMPRESSION fsst,
    digest_matches BOOLEAN NOT NULL,
    source VARCHAR DEFAULT 'archive',
    PRIMARY KEY (policy_id, urlkey, timestamp, uri_r, digest)
);

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

CREATE TABLE extractors (
    extractor_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    options VARCHAR NOT NULL,
    adopted_at TIMESTAMP
);

-- The rungs of a text are the extractor's own: two extractors may fold one text differently.
CREATE TABLE extractions (
    body_sha256 VARCHAR NOT NULL USING COMPRESSION fsst,
    extractor_id VARCHAR NOT NULL,
    text_id VARCHAR USING COMPRESSION fsst,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    stated_date DATE,
    stated_kind VARCHAR NOT NULL,
    stated_quote VARCHAR NOT NULL,
    normalized_id VARCHAR USING COMPRESSION fsst,
    undated_id VARCHAR USING COMPRESSION fsst,
    score DOUBLE,
    PRIMARY KEY (body_sha256, extractor_id)
);

-- `block` counts texts by 512 as they come; it only helps to search them (word_index.py).
CREATE SEQUENCE text_numbers;

CREATE TABLE texts (
    text_id VARCHAR PRIMARY KEY USING COMPRESSION fsst,
    normalized_id VARCHAR NOT NULL USING COMPRESSION fsst,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    words BIGINT NOT NULL,
    undated_id VARCHAR USING COMPRESSION fsst,
    block BIGINT DEFAULT (nextval('text_numbers') // 512)
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

-- How many rows there were when the readings were last brought in line; one row.
CREATE TABLE readings_state (
    captures BIGINT NOT NULL,
    mementos BIGINT NOT NULL,
    extractions BIGINT NOT NULL,
    texts BIGINT NOT NULL,
    diffs BIGINT NOT NULL,
    readings BIGINT NOT NULL
);

-- A fact about two texts, whoever had them and when.
CREATE TABLE diffs (
    old_text_id VARCHAR NOT NULL USING COMPRESSION fsst,
    new_text_id VARCHAR NOT NULL USING COMPRESSION fsst,
    words_added BIGINT NOT NULL,
    words_removed BIGINT NOT NULL,
    similarity DOUBLE NOT NULL,
    significance VARCHAR NOT NULL,
    hunks BIGINT NOT NULL,
    lines_added BIGINT,
    lines_removed BIGINT,
    lines_edited BIGINT,
    lines_moved BIGINT,
    PRIMARY KEY (old_text_id, new_text_id)
);

-- Each request to the archive to capture a page now.
CREATE TABLE saves (
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- Each change that a command was told of, by what it led from and to.
CREATE TABLE announcements (
    policy_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    old_normalized_id VARCHAR NOT NULL,
    new_normalized_id VARCHAR NOT NULL,
    not_before TIMESTAMP NOT NULL,
    not_after TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    announced_at TIMESTAMP NOT NULL
);

-- What this archive is a part of: a row for each choice that it was narrowed by (excerpts.py);
-- none in a whole one.
CREATE TABLE excerpts (
    number BIGINT PRIMARY KEY,
    chosen VARCHAR NOT NULL,
    redacted VARCHAR NOT NULL
);
