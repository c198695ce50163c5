"""2,000 actors: media, governments, armed groups, communities, organisations, and the persons who speak for them."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from benchmarks import chance as chances
from benchmarks.chance import Record, Skewed, bench_id, key
from benchmarks.land import COUNTRIES
from benchmarks.names import name

MEDIA = range(30)
GOVERNMENTS = range(30, 40)
GROUPS = range(40, 60)
COMMUNITIES = range(60, 80)
ORGANIZATIONS = range(80, 500)
PERSONS = range(500, 2000)
ACTORS = range(2000)
KINDS = {
    "media": MEDIA,
    "government": GOVERNMENTS,
    "armed_group": GROUPS,
    "community": COMMUNITIES,
    "organization": ORGANIZATIONS,
    "person": PERSONS,
}
_TYPES = (
    "non_governmental_organization",
    "international_organization",
    "academic_and_research_institution",
    "red_cross_red_crescent_movement",
    "other",
)
_NOUNS = {
    "media": ("{} News", "Radio {}", "The {} Post", "{} Agency"),
    "government": ("Government of {}", "{} Ministry of Health"),
    "armed_group": ("{} Brigade", "Forces of {}"),
    "community": ("Residents of {}", "Elders of {}"),
    "organization": ("{} Relief", "Doctors for {}", "{} Institute", "Rescue Workers of {}", "Committee for {}"),
}
_CAPACITIES = (
    "spokesman",
    "spokeswoman",
    "media lead",
    "doctor",
    "resident",
    "researcher",
    "mayor",
    "teacher",
    "director",
)
# A person with one of these speaks for the institution, not for themselves.
SPOKESPEOPLE = _CAPACITIES[:3]


class Actor(NamedTuple):
    """What is needed of an actor to write it, and to have it speak."""

    number: int
    kind: str
    name: str
    short_name: str | None
    aliases: tuple[str, ...]
    capacity: str | None = None
    affiliation: int | None = None

    @property
    def id(self) -> str:
        return bench_id("actor", self.number)


@lru_cache(maxsize=len(ACTORS))
def actor(number: int) -> Actor:
    kind = next(kind for kind, numbers in KINDS.items() if number in numbers)
    chance = chances.of("actor", number)
    made = name("actor", number)
    if kind == "person":
        family = name("family", number % 400)
        aliases = (f"{made.arabic} {family.arabic}", f"{made.cyrillic} {family.cyrillic}")[: chance.randrange(3)]
        affiliation = chance.choice((*ORGANIZATIONS, *GOVERNMENTS)) if chance.random() < 0.6 else None
        capacity = chance.choice(_CAPACITIES if affiliation else _CAPACITIES[3:])
        return Actor(number, kind, f"{made.latin} {family.latin}", None, aliases, capacity, affiliation)
    called = chance.choice(_NOUNS[kind]).format(made.latin)
    short = "".join(word[0] for word in f"{called} {made.latin[1:]}".split()).upper() if chance.random() < 0.5 else None
    aliases = (made.arabic, f"{made.latin.lower()}-{kind.replace('_', '-')}", made.cyrillic)[: chance.randrange(4)]
    return Actor(number, kind, called, short, aliases)


@cache
def speaking(kind: str) -> Skewed[int]:
    """Return the actors of a kind as they are heard: a few often, most seldom."""
    return Skewed(chances.shuffled(f"speaking {kind}", KINDS[kind]), 0.8)


def record(one: Actor) -> Record:
    value: dict[str, Any] = {
        "kind": one.kind,
        "name": one.name,
        "short_name": one.short_name,
        "aliases": list(one.aliases),
        "lang": "en",
    }
    chance = chances.of("actor's record", one.number)
    if chance.random() < 0.7:
        value["country"] = chance.choice(COUNTRIES)[0]
    if one.kind != "person":
        value["slug"] = f"actor-{one.number}"
    if one.kind in ("media", "government"):
        value["organisation_type"] = one.kind
    if one.kind == "organization":
        value["organisation_type"] = chance.choice(_TYPES)
        if one.number > ORGANIZATIONS.start and chance.random() < 0.2:
            value["parent"] = bench_id("actor", chance.randrange(ORGANIZATIONS.start, one.number))
    return ("actor", key(one.number), value)


def renamed(turn: int) -> Record:
    """Return once more, under another name, an organisation that is often heard; each turn has its own."""
    one = actor(speaking("organization").items[3 + turn])
    return record(one._replace(name=f"{one.name} International"))
