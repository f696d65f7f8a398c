-- From schema 1 to 2: listings in windows, what they add late or withdraw, saves, announcements.
ALTER TABLE policies ADD COLUMN every_days DOUBLE;
ALTER TABLE listings ADD COLUMN window_from VARCHAR DEFAULT '';
ALTER TABLE listings ADD COLUMN withdrawn BIGINT DEFAULT 0;

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

CREATE TABLE saves (
    policy_id VARCHAR NOT NULL,
    uri_r VARCHAR NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    timestamp VARCHAR NOT NULL,
    uri_m VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

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
