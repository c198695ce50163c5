"""Why this file exists: one clock, aware and in UTC, so that no test ever depends on the time of day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
MICROSECOND = timedelta(microseconds=1)


def system_clock() -> datetime:
    """Return the present instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def instant_text(instant: datetime) -> str:
    """Return an instant in RFC 3339 with microseconds and Z: `2026-11-22T08:00:00.000000Z`."""
    # Not strftime, which writes the years before 1000 with fewer digits, so that they would not sort as text.
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime:
    """Read what `instant_text` wrote; raises ValueError for any other form."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    # It also reads other forms, which would not sort as text, and some without a zone.
    if instant is None or instant.tzinfo is None or instant_text(instant) != text:
        raise ValueError("expected an instant such as 2026-11-22T08:00:00.000000Z")
    return instant
