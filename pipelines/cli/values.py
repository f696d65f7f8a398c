"""How a value of the database is written: moments in UTC with a Z, bytes in hex. No library."""

import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def flat(value: Any) -> Any:
    """Write a value for one field: what has parts becomes JSON."""
    simple = plain(value)
    nested = isinstance(simple, list | dict)
    return json.dumps(simple, ensure_ascii=False) if nested else simple


def plain(value: Any) -> Any:
    """Write a value with what JSON has; a number that is none (NaN) is missing."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return moment(value, "T", "Z")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else str(value)


def moment(value: datetime, middle: str, end: str) -> str:
    """Write a moment in UTC; one without a time zone is UTC already."""
    utc = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return utc.isoformat(sep=middle) + end


def as_day(when: datetime | date) -> str:
    """Write the day of a moment."""
    return f"{when:%Y-%m-%d}"


def as_days(width: float) -> str:
    """Write a number of days, with a decimal where there are few."""
    return f"{width:.1f}" if width < 10 else f"{width:.0f}"


def spell_minutes(minutes: float) -> str:
    """Spell a length of time for a person."""
    seconds = round(minutes * 60)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
