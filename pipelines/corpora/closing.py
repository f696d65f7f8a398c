"""What is said at the end of an import. Standard library only."""

from collections.abc import Mapping

from pipelines.corpora.arriving import Arrived


def closing_line(arrived: Arrived, source: str, left_out: Mapping[str, int]) -> str:
    """Say what an import came to; `left_out` counts by reason what it did not take."""
    texts = f"{arrived.new:,} texts of {len(arrived.policies):,} policies from {source}"
    also = [
        (arrived.known, "dated ones known before"),
        (arrived.undated, "without a date, kept to be searched"),
        (arrived.undated_known, "undated ones known before"),
        *((count, reason) for reason, count in left_out.items()),
    ]
    said = ", ".join([texts, *(f"{count:,} {words}" for count, words in also if count)])
    if arrived.unadopted:
        said += "; observations are read by an earlier extractor: run `policytrail extract --adopt`"
    return said
