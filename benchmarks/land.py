"""600 places in three countries: three levels of administration, communities, and areas inside areas."""

from functools import cache
from typing import Any, NamedTuple

from benchmarks import chance as chances
from benchmarks.chance import Record, Skewed, bench_id, key
from benchmarks.names import name

COUNTRIES = (("SYR", "SY", "Syria", "سوريا"), ("YEM", "YE", "Yemen", "اليمن"), ("SDN", "SD", "Sudan", "السودان"))
# In each country: how many of a level lie in one of the level above it.
LEVELS = (("admin1", 6), ("admin2", 4), ("admin3", 3))
IN_COUNTRY = 200


class Place(NamedTuple):
    """What is needed of a place to write it, and to speak of it."""

    number: int
    name: str
    kind: str
    country: int
    parent: int | None
    p_code: str | None


@cache
def places() -> tuple[Place, ...]:
    """Return all places, each after the one that it lies in."""
    found: list[Place] = []
    for country, (_, code, title, _) in enumerate(COUNTRIES):
        top = Place(len(found), title, "country", country, None, code + "0")
        found.append(top)
        above = [top]
        for kind, count in LEVELS:
            above = [_add(found, kind, parent, index + 1) for parent in above for index in range(count)]
        inner: list[Place] = []
        while len(found) < IN_COUNTRY * (country + 1):
            chance = chances.of("lies in", len(found))
            kind = "community" if chance.random() < 0.4 else "area"
            within = inner if inner and kind == "area" and chance.random() < 0.4 else above
            one = _add(found, kind, chance.choice(within), None)
            if kind == "area":
                inner.append(one)
    return tuple(found)


def _add(found: list[Place], kind: str, parent: Place, index: int | None) -> Place:
    number, p_code = len(found), None
    if index is not None:
        p_code = f"{(parent.p_code or '').removesuffix('0')}{index:02d}"
    elif kind == "community":
        p_code = f"{COUNTRIES[parent.country][1]}{90_000_000 + number}"
    found.append(Place(number, name("place", number).latin, kind, parent.country, parent.number, p_code))
    return found[-1]


@cache
def popular() -> Skewed[Place]:
    """Return the places as they are spoken of: a few often, most seldom, whatever they are."""
    return Skewed(chances.shuffled("popular places", places()))


@cache
def focus() -> Place:
    """Return the area of which many voices state one number."""
    return next(one for one in places() if one.kind == "area" and places()[one.parent or 0].kind == "area")


def record(place: Place) -> Record:
    iso, _, _, arabic = COUNTRIES[place.country]
    made = name("place", place.number)
    names = [{"lang": "ar", "name": arabic if place.parent is None else made.arabic}]
    if place.number % 10 == 0 and place.parent is not None:
        names.append({"lang": "ru", "name": made.cyrillic})
    value: dict[str, Any] = {
        "slug": f"place-{place.number}",
        "name": place.name,
        "names": names,
        "lang": "en",
        "kind": place.kind,
        "p_code": place.p_code,
        "country": iso,
        "parent": None if place.parent is None else bench_id("place", place.parent),
        "informal": place.kind == "area",
    }
    return ("place", key(place.number), value)


def moved(turn: int) -> Record:
    """Return once more, now lying elsewhere in its country, an area that is seldom named; each turn has its own."""
    areas = [one for one in popular().items if one.kind == "area" and places()[one.parent or 0].kind == "admin3"]
    last = areas[-1 - turn]
    elsewhere = next(
        one for one in places() if one.kind == "admin3" and one.country == last.country and one.number != last.parent
    )
    return record(last._replace(parent=elsewhere.number))
