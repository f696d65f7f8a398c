"""The tables of the ledger: who, where, what was listed, and what became of each line."""

from dataclasses import replace

from pipelines.database.model import column, plain_query, table, to

_CAPTURE_KEY = ("policy_id", "urlkey", "timestamp", "original", "digest", "statuscode")
_POLICY = column("policy_id", "VARCHAR", "the policy, VENDOR/KIND")
_URI_R = column("uri_r", "VARCHAR", "the address that it had on the web (URI-R)")

VENDORS = table(
    "vendors",
    "The companies whose policies these are.",
    (
        column("vendor_id", "VARCHAR", "the company"),
        column("name", "VARCHAR", "its name"),
        column("homepage", "VARCHAR", "the address of its site"),
    ),
    ("vendor_id",),
)
POLICIES = table(
    "policies",
    "The documents that are followed, one row for each.",
    (
        _POLICY,
        column("vendor_id", "VARCHAR", "the company whose document it is"),
        column("kind", "VARCHAR", "which of its documents, such as privacy"),
        column("every_days", "DOUBLE?", "how often it is to be listed; NULL: the default"),
    ),
    ("policy_id",),
    (to("vendors", "vendor_id"),),
)
LOCATIONS = table(
    "locations",
    "The addresses at which a policy stood for a while.",
    (
        _POLICY,
        _URI_R,
        column("since", "DATE?", "its first day there; NULL: open"),
        column("until", "DATE?", "its last day there; NULL: open"),
        column("guessed", "BOOLEAN", "whether the address is a guess that nobody confirmed"),
    ),
    ("policy_id", "uri_r"),
    (to("policies", "policy_id"),),
)
CRAWLS = table(
    "crawls",
    "The runs in which the archive was asked.",
    (
        column("crawl_id", "VARCHAR", "the run"),
        column("started_at", "TIMESTAMP", "when it began"),
        column("finished_at", "TIMESTAMP?", "when it ended; NULL where it never said so"),
        column("outcome", "VARCHAR?", "how it ended; NULL where it never said so"),
        column("policytrail_version", "VARCHAR", "which policytrail it was"),
        column("archive", "VARCHAR", "the archive that was asked"),
        column("options", "VARCHAR", "what it was asked with, as JSON"),
    ),
    ("crawl_id",),
)
LISTINGS = table(
    "listings",
    "Each time the archive's index of an address was read; rows = added + known + duplicates.",
    (
        column("crawl_id", "VARCHAR", "the run"),
        _POLICY,
        _URI_R,
        column("outcome", "VARCHAR", "complete, empty or failed"),
        column("rows", "BIGINT", "lines that came"),
        column("added", "BIGINT", "lines never seen before"),
        column("known", "BIGINT", "lines known from earlier runs"),
        column("duplicates", "BIGINT", "lines repeated in this run"),
        column("reason", "VARCHAR", "why it failed; else empty"),
        column("listed_at", "TIMESTAMP", "when it was listed"),
        column("window_from", "VARCHAR?", "the 14 digits it began at; empty: at the first line"),
        column("withdrawn", "BIGINT?", "lines listed before and no longer"),
        column("source", "VARCHAR?", "who listed them: archive, or the kind of an import"),
    ),
    (),
    (to("crawls", "crawl_id"), to("policies", "policy_id")),
)
LISTING_CHANGES = table(
    "listing_changes",
    "What a later listing said differently of single lines.",
    (
        column("crawl_id", "VARCHAR", "the run that noticed it"),
        _POLICY,
        _URI_R,
        column("change", "VARCHAR", "added late, withdrawn or returned"),
        column("urlkey", "VARCHAR", "the line's key of the address (SURT)"),
        column("timestamp", "VARCHAR", "the line's 14 digits"),
        column("original", "VARCHAR", "the line's address"),
        column("digest", "VARCHAR", "the line's hash of the body, the archive's own"),
        column("statuscode", "VARCHAR", "the line's HTTP status"),
        column("noticed_at", "TIMESTAMP", "when it was noticed"),
    ),
    (),
    (to("crawls", "crawl_id"), to("policies", "policy_id")),
)
_CAPTURES = table(
    "captures",
    "The ledger: every line that the archive's index has of the addresses, each in one state.",
    (
        _POLICY,
        column("urlkey", "VARCHAR", "the archive's key of the address (SURT)"),
        column("timestamp", "VARCHAR", "when it was captured: the archive's 14 digits, UTC"),
        column(
            "captured_at", "TIMESTAMP?=", "the same as a moment; NULL where the digits are none"
        ),
        column("original", "VARCHAR", "the address that was captured"),
        column("mimetype", "VARCHAR", "its media type, as the index says"),
        column("statuscode", "VARCHAR", "its HTTP status, as the index says; - where it says none"),
        column("digest", "VARCHAR", "the archive's own hash of the body (SHA-1, base 32)"),
        column("length", "BIGINT?", "bytes of the archive's record"),
        column("duplicates", "BIGINT", "further identical lines"),
        column("state", "VARCHAR", "what became of it: fetched, unchanged, skipped, redirect ..."),
        column("reason", "VARCHAR", "why; of a redirect its target; empty where it was fetched"),
        column("listed_at", "TIMESTAMP", "when it was first listed"),
        column("settled_at", "TIMESTAMP?", "when its state was settled; NULL: pending"),
    ),
    _CAPTURE_KEY,
    (to("policies", "policy_id"),),
)
_CAPTURED_AT = """if(
           length(captures.timestamp) = 14 AND captures.timestamp >= '0001',
           try_strptime(captures.timestamp, '%Y%m%d%H%M%S'),
           NULL
       ) AS captured_at"""
CAPTURES = replace(
    _CAPTURES,
    query=plain_query("captures", _CAPTURES.columns).replace("captures.captured_at", _CAPTURED_AT),
)
MEMENTOS = table(
    "mementos",
    "The archived responses that were fetched and kept.",
    (
        _POLICY,
        column("uri_m", "VARCHAR", "where the archive serves it (URI-M)"),
        _URI_R,
        column("timestamp", "VARCHAR", "when it was captured: the archive's 14 digits, UTC"),
        column("memento_datetime", "TIMESTAMP", "the moment that the archive served it for"),
        column("statuscode", "INTEGER", "its HTTP status, as served"),
        column("content_type", "VARCHAR", "its media type, as served"),
        column("body_sha256", "VARCHAR", "SHA-256 of its body"),
        column("body_bytes", "BIGINT", "size of its body"),
        column("archive_source", "VARCHAR", "the archive's own file; of an import, where in it"),
        column("fetched_at", "TIMESTAMP", "when it was fetched"),
        column("crawl_id", "VARCHAR", "the run that fetched it"),
        column("urlkey", "VARCHAR", "its capture's key of the address (SURT)"),
        column("digest", "VARCHAR", "its capture's hash, the archive's own"),
        column("digest_matches", "BOOLEAN", "whether the bytes received have that hash"),
        column("source", "VARCHAR?", "who collected it: archive, or the kind of an import"),
    ),
    ("policy_id", "urlkey", "timestamp", "uri_r", "digest"),
    (
        to("policies", "policy_id"),
        to("crawls", "crawl_id"),
        to(
            "captures",
            *("policy_id", "urlkey", "timestamp", "uri_r", "digest"),
            references=("policy_id", "urlkey", "timestamp", "original", "digest"),
        ),
    ),
)
