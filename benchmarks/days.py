"""Uncertain dates of every form, spread over ten years."""

import random
from datetime import date, timedelta
from typing import Any

FIRST_DAY = date(2015, 1, 1)
DAYS = 3650


def anywhere(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(chance.randrange(DAYS))


def before(chance: random.Random, day: date, at_most: int) -> date:
    """Return the day itself or one shortly before it."""
    return day - timedelta(int(at_most * chance.random() ** 3))


def uncertain(chance: random.Random, edtf: str) -> dict[str, Any]:
    """Return a date as it stands in a body; one in five is completed or inferred, and says why."""
    if chance.random() < 0.8:
        return {"edtf": edtf, "basis": "stated"}
    basis = chance.choice(("completed", "inferred"))
    return {"edtf": edtf, "basis": basis, "reasoning": "The report was published in that year."}


def single(chance: random.Random, day: date) -> dict[str, Any]:
    """Return mostly one day, sometimes doubted, sometimes known to the month or the year alone."""
    form = chance.random()
    month = day.isoformat()[:7]
    if form < 0.75:
        edtf = day.isoformat()
    elif form < 0.83:
        edtf = f"{day.isoformat()}{chance.choice('?~%')}"
    elif form < 0.93:
        edtf = month
    elif form < 0.96:
        edtf = f"{month}-{day.day // 10}X"
    else:
        edtf = str(day.year)
    return uncertain(chance, edtf)


def point(chance: random.Random, day: date) -> dict[str, Any]:
    """Return a point in time: a single date, one of a few days, or one end of the time that is open."""
    form = chance.random()
    later = (day + timedelta(chance.randint(1, 5))).isoformat()
    if form < 0.9:
        return single(chance, day)
    if form < 0.96:
        return uncertain(chance, f"[{day.isoformat()}..{later}]")
    return uncertain(chance, f"../{day.isoformat()}" if form < 0.98 else f"{day.isoformat()}/..")


def period(chance: random.Random, day: date) -> dict[str, Any]:
    """Return a period, mostly one that others use too: a month, a half of one, a year, some days."""
    form = chance.random()
    if form < 0.5:
        return uncertain(chance, day.isoformat()[:7])
    if form < 0.7:
        month = day.isoformat()[:7]
        return uncertain(chance, f"{month}-01/{month}-15")
    if form < 0.8:
        return uncertain(chance, f"{day.year}-01/{day.year}-12")
    return uncertain(chance, f"{day.isoformat()}/{(day + timedelta(chance.randint(1, 20))).isoformat()}")


def event(chance: random.Random, day: date) -> dict[str, Any] | None:
    """Return when something was: a day to some years, with open ends, or nothing."""
    form = chance.random()
    if form < 0.06:
        return None
    if form < 0.7:
        return single(chance, day)
    if form < 0.9:
        return period(chance, day)
    if form < 0.93:
        return uncertain(chance, f"{day.year}/{day.year + chance.randint(1, 6)}")
    if form < 0.97:
        return uncertain(chance, f"{day.isoformat()}/..")
    return uncertain(chance, f"../{day.isoformat()}")
