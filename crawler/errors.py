"""The one tree of errors. Standard library only.

PolicytrailError            anything that ends a command with one clear line
├── AskedWrongly            the user asked for something that cannot be (exit code 2)
│   ├── VendorListError     a line of the vendor list is wrong
│   ├── UnknownPolicy       no policy of that name in the list or the archive
│   └── BadDate             a date nobody can read
├── StoppedEarly            stopped before the end, and can be resumed (exit code 75)
└── CdxError                the index of one address could not be read
"""

from pathlib import Path


class PolicytrailError(Exception):
    """Superclass of all errors of policytrail; its message is one line for the user."""

    exit_code = 1


class AskedWrongly(PolicytrailError):  # noqa: N818 - the name is the sentence
    """The request itself is wrong; nothing was read or written."""

    exit_code = 2


class StoppedEarly(PolicytrailError):  # noqa: N818
    """The work ended before its end; running the same command again goes on."""

    exit_code = 75


class VendorListError(AskedWrongly):
    """A vendor list that cannot be used, with the line that is at fault."""

    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class UnknownPolicy(AskedWrongly):
    """A policy that is in neither the vendor list nor the archive."""

    def __init__(self, policy: str, known: str) -> None:
        super().__init__(f"no policy {policy!r}: {known}")
        self.policy = policy


class BadDate(AskedWrongly):
    """A date that is neither YYYY, YYYY-MM, YYYY-MM-DD, an ISO moment nor 14 digits."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a date: write 2016, 2016-10, 2016-10-18, "
            "2016-10-18T22:57:56 or 20161018225756 (UTC)"
        )
        self.text = text


class CdxError(PolicytrailError):
    """The CDX index of one original resource could not be read."""

    def __init__(self, uri_r: str, reason: str) -> None:
        super().__init__(f"cannot list the captures of {uri_r}: {reason}")
        self.uri_r = uri_r
        self.reason = reason
