"""Why this file exists: the filters by time: of what is told, as far as it is known, and of the telling here.

Each has two parameters, `…_from` included and `…_to` not.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from app.finding.conditions import InPeriod
from app.finding.filters import Asked, Filter, Texts
from app.finding.moments import Changed, Created
from app.finding.parameters import DAY, Parameter, Schema, read_each

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})", re.A
)
MOMENT: Schema = {"type": "string", "pattern": f"^({_DAY.pattern}|{_INSTANT.pattern})$"}


@dataclass(frozen=True)
class Periods(Filter):
    """An uncertain date: what can mean a day between two days is found."""

    can_be_counted: ClassVar[bool] = False

    def parameters(self) -> tuple[Parameter, ...]:
        """Return both ends."""
        return (
            Parameter(
                f"{self.name}_from",
                f"{self.about} on or after this day (YYYY-MM-DD), as far as known.",
                self.example,
                DAY,
            ),
            Parameter(
                f"{self.name}_to", f"{self.about} before this day (YYYY-MM-DD), as far as known.", self.example, DAY
            ),
        )

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return the days between; without an end, all before or after."""
        first, before = read_each(given, (one.name for one in self.parameters()), _day)
        if first and before and first >= before:
            raise ValueError(f"expected {self.name}_from before {self.name}_to, which is not included")
        if before == date.min:
            raise ValueError("expected a day after 0001-01-01")
        last = before - timedelta(days=1) if before else None
        return InPeriod(f"{record_type}.{self.name}", first, last)


@dataclass(frozen=True)
class Instants(Filter):
    """When a record was first published, or last changed, here."""

    can_be_counted: ClassVar[bool] = False

    def parameters(self) -> tuple[Parameter, ...]:
        """Return both ends."""
        how = "an instant such as 2026-11-22T08:00:00Z, or a day, which begins at 00:00 UTC"
        return (
            Parameter(f"{self.name}_from", f"{self.about} at or after: {how}.", self.example, MOMENT),
            Parameter(f"{self.name}_to", f"{self.about} before: {how}.", self.example, MOMENT),
        )

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return the instants between."""
        since, before = read_each(given, (one.name for one in self.parameters()), instant)
        if since and before and since >= before:
            raise ValueError(f"expected {self.name}_from before {self.name}_to, which is not included")
        return Created(since, before) if self.name == "created" else Changed(record_type, since, before)


def _day(given: str) -> date:
    if not _DAY.fullmatch(given):
        raise ValueError("expected a day such as 2016-12-13")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError("expected a day of the calendar, such as 2016-12-13") from None


def instant(given: str) -> datetime:
    """Return the instant that a text names; raises ValueError."""
    if _DAY.fullmatch(given):
        day = _day(given)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    # A plus sign that was not written as %2B has become a space.
    found = _INSTANT.fullmatch(given.replace(" ", "+"))
    if found is None:
        raise ValueError("expected a day, or an instant with its zone such as 2026-11-22T08:00:00Z")
    try:
        return datetime.fromisoformat(found[0]).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("expected an instant of the calendar, such as 2026-11-22T08:00:00Z") from None
