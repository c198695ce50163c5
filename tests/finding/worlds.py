"""A world for lists: small, varied and the same at every run, so that every filter has something to tell apart."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from app.catalogue import NOUNS
from app.kit.clock import Clock
from app.record.desk import Desk
from app.store.engine import writer
from tests.finding import chains, quantities
from tests.support.world import World, appearance, segment

Value = dict[str, Any]
START = datetime(2020, 2, 27, 8, tzinfo=UTC)
FURNISHED = ("country", "town", "publisher", "reporter", "speaker", "crisis", "report")
# Every form of an uncertain date, and none.
DATES: list[str | None] = [
    *("2016", "2016-12", "2016-12-13", "2016-12-13?", "2016-12-14~", "2016-12-15%", "201X", "20XX", "2016-XX"),
    *("2016-XX-XX", "2016-12-XX", "2016-12-1X", "2012/2016", "../2016-12-14", "2016-12-12/..", "2016-11/2016-12"),
    *("[2016-12-13..2016-12-15]", "[..2016-12-14]", "[2017-01..]", "0001-01-01", "9999-12-31", "0001/9999", None),
]
WORDS = [
    *("market", "Ba'ath", "hospital", "café", "Deir-ez-Zor", "حَلَب", "100,000", "straße", "m²", "Aleppo's", "ceasefire"),
    *("hospitals", "field", "bridge", "Łódź", "İzmir", "½", "convoy", "1.5", "½-hour", "field hospital", "winter's"),
]
THEMES = [
    "health",
    "education",
    "protection_and_human_rights",
    "food_and_nutrition",
    "logistics_and_telecommunications",
]
KINDS = ["factual_report", "allegation", "analysis", "warning", "appeal", "denial", "prediction"]


def dated(edtf: str | None) -> Value | None:
    """Return an uncertain date as it is written."""
    return None if edtf is None else {"edtf": edtf, "basis": "stated"}


def ticking() -> Clock:
    """Return a clock that goes on by nineteen hours each time somebody looks at it."""
    hours = count(step=19)
    return lambda: START + timedelta(hours=next(hours))


class Told:
    """Everything that was ever recorded in a world, with the facts that stand now."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.facts: dict[str, Value] = {}
        self.away: set[str] = set()
        self.chance = Random(20161213)

    def beside(self, url: str) -> "Told":
        """Return the same on a copy of its database."""
        world = World(url)
        for name in FURNISHED:
            setattr(world, name, getattr(self.world, name))
        world._numbers = self.world._numbers
        copy = Told(world)
        copy.facts, copy.away = deepcopy(self.facts), set(self.away)
        return copy

    @property
    def ids(self) -> list[str]:
        """Return the id of every record, retracted ones too, but those of vocabularies."""
        return [*(getattr(self.world, name) for name in FURNISHED), *self.facts]

    def of(self, prefix: str) -> list[str]:
        """Return the ids of one noun's records, first recorded first."""
        return [one for one in self.facts if one.startswith(prefix)]

    def here(self, prefix: str) -> list[str]:
        """Return those of them that were not retracted by themselves."""
        return [one for one in self.of(prefix) if one not in self.away]

    def retract(self, record_id: str) -> None:
        """Retract a record."""
        self.world.retract(record_id)
        self.away.add(record_id)

    def restore(self, record_id: str) -> None:
        """Restore a record."""
        self.world.restore(record_id)
        self.away.remove(record_id)

    def record(self, noun: str, values: Iterable[Value]) -> list[str]:
        """Record some of one noun."""
        listed = list(values)
        ids = self.world.create_all([(noun, value) for value in listed])
        self.facts.update(zip(ids, listed, strict=True))
        return ids

    def correct(self, record_id: str, **changes: Any) -> None:
        """Correct some facts of a record."""
        self.facts[record_id] = {**self.facts[record_id], **changes}
        self.world.correct(record_id, self.facts[record_id])

    def some(self, choices: list[Any], most: int) -> list[Any]:
        """Return up to `most` of some choices, each once."""
        return self.chance.sample(choices, self.chance.randint(0, min(most, len(choices))))

    def words(self) -> str:
        """Return a few words."""
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(2, 7)))

    def date(self) -> Value | None:
        """Return an uncertain date, or null."""
        return dated(self.chance.choice(DATES))

    # --- facts of each noun ------------------------------------------------------------------------------------------

    def crisis(self, number: int) -> Value:
        """Return facts of a crisis."""
        external = [{"scheme": "glide", "value": f"CE-2016-{number:06d}-SYR"}, {"scheme": "reliefweb", "value": "4711"}]
        return self.world.crisis_draft(
            slug=f"crisis-{number}",
            name=f"Crisis {self.words()}",
            type=["conflict", "epidemic", "other"][number % 3],
            status=["past", "ongoing", "alert"][number % 3],
            dates=dated(DATES[number * 5 % 22]),
            places=self.chance.sample(self.here("plc_"), 1 + number % 3),
            external_ids=external[: number % 3],
        )

    def report(self, number: int, **changes: Any) -> Value:
        """Return facts of a report."""
        writers = self.chance.sample([one for one in self.here("act_") if self.facts[one]["kind"] == "person"], 3)
        media = [one for one in self.here("act_") if self.facts[one]["kind"] == "media"]
        return self.world.report_draft(
            slug=f"report-{number}",
            crisis=self.of("crs_")[number % 3],
            title=f"Report {self.words()}",
            summary=f"Of {self.words()}.",
            report_format=["news_and_press_release", "situation_report", "analysis"][number % 3],
            publisher=media[number % 5],
            reporters=[{"actor": one, "label": "A Writer"} for one in writers[: number % 3]],
            published=dated(DATES[number * 3 % 22]),
            themes=self.some(THEMES, 2),
            places=self.some(self.here("plc_"), 2),
            **changes,
        )

    def claim(self, number: int, report: str) -> Value:
        """Return facts of a claim of a report."""
        starts = [self.chance.randint(0, 60) for _ in range(self.chance.randint(1, 2))]
        places = [appearance(segments=[segment(start, start + 9)]) for start in starts]
        nowhere = [appearance(locator="document", paragraph=None, segments=[])]
        about = [{"actor": one, "label": "they", "role": "affected"} for one in self.some(self.here("act_"), 2)]
        return self.world.claim(
            report=report,
            kind=KINDS[number % len(KINDS)],
            statement=self.words(),
            event=self.date(),
            themes=self.some(THEMES, 2),
            places=self.some(self.here("plc_"), 2),
            about=about,
            attribution=chains.attribution(self, number, self.facts[report]),
            appearances=nowhere if number % 9 == 4 else places,
        )

    def figure(self, number: int, claim: str) -> Value:
        """Return facts of a figure of a claim."""
        place = self.chance.choice(self.here("plc_"))
        words = {"text": self.words(), "term": self.chance.choice([None, "trapped", "café"]), "place": place}
        return self.world.figure(claim, **words, **quantities.quantity(self.chance, number))


def peopled(url: str) -> Told:
    """Fill an empty database, and let time go over it: corrections, retractions and restorations."""
    world = World(url)
    world.desk = Desk(writer(url), NOUNS, ticking())
    told = Told(world.furnish())
    _land(told)
    _people(told)
    told.record("crisis", (told.crisis(number) for number in range(4)))
    told.record("report", (told.report(number) for number in range(6)))
    reports = told.of("rep_")
    for first in range(0, 120, 15):
        told.record("claim", (told.claim(number, reports[number % 6]) for number in range(first, first + 15)))
    claims = told.of("clm_")
    told.record("figure", (told.figure(number, claims[number * 7 % 90]) for number in range(56)))
    told.record("figure", (quantities.derived(told, number) for number in range(6)))
    _relations(told)
    _fates(told)
    return told


def _land(told: Told) -> None:
    world = told.world
    other = world.place(kind="country", slug="bland", country="IRQ", parent=None, informal=False, name="Łand")
    (abroad,) = told.record("place", [other])
    homes = [(world.country, "SYR", "SY"), (world.country, "SYR", "SY"), (abroad, "IRQ", "IQ")]
    above = homes
    for level, kind in enumerate(("admin1", "admin2", "community")):
        values = [
            world.place(kind=kind, parent=up, country=country, informal=False, p_code=f"{code}{level}{at}")
            for at, (up, country, code) in enumerate(above * (2 if level == 1 else 1))
        ]
        values[0]["names"] = [{"lang": "ar", "name": "حلب"}, {"lang": "fr", "name": f"Alép {kind}"}]
        ids = told.record("place", values)
        above = [(one, value["country"], value["p_code"][:2]) for one, value in zip(ids, values, strict=True)]
    told.record("place", (world.place(parent=up, country=country, name="An Area") for up, country, _ in above[:4]))


def _people(told: Told) -> None:
    world = told.world
    types = ["media", "government", "non_governmental_organization", None]
    kinds = ["organization", "government", "armed_group", "community"]
    media = [world.actor(kind="media", name=f"Paper {one}", organisation_type="media") for one in ("Éa", "B", "C")]
    media += [world.actor(kind="media", name=f"Daily {told.words()}", country="IRQ") for _ in range(2)]
    first = told.record("actor", media)
    more = [
        world.actor(
            kind=kinds[at % 4],
            name=f"Body {told.words()}",
            short_name=None if at % 3 else f"B{at}",
            aliases=[told.words()] if at % 2 else [],
            organisation_type=types[at % 4],
            country=[None, "SYR", "IRQ"][at % 3],
            parent=first[at % 5] if at % 4 == 1 else None,
        )
        for at in range(14)
    ]
    told.record("actor", more)
    told.record("actor", (world.person(name=f"Person {told.words()}", country="SYR") for _ in range(14)))


def _relations(told: Told) -> None:
    claims, figures = told.of("clm_"), told.of("fig_")
    types = ["updates", "corroborates", "conflicts_with", "restates"]
    ends = [(claims[at * 5], claims[at * 5 + 7]) for at in range(16)] + [
        (figures[at], figures[at + 9]) for at in (1, 2)
    ]
    roles = ["editor", "seed"]
    values = (
        told.world.relation(*pair, type=types[at % 4], role=roles[at % 3 == 0], reason=told.words())
        for at, pair in enumerate(ends)
    )
    told.record("relation", values)
    same = told.world.relation(figures[3], figures[3 + quantities.ROUND], type="same_quantity")
    told.record("relation", [same])


def _fates(told: Told) -> None:
    """Move, correct, retract and restore some of everything."""
    world = told.world
    places, claims, figures, reports = (told.of(prefix) for prefix in ("plc_", "clm_", "fig_", "rep_"))
    communities = [one for one in places if told.facts[one]["kind"] == "community"]
    admins = [one for one in places if told.facts[one]["kind"] == "admin1" and told.facts[one]["country"] == "SYR"]
    told.correct(communities[0], parent=admins[1])
    told.correct(reports[0], crisis=told.of("crs_")[3], published=dated("2016-12-09"))
    for at in (3, 17, 44):
        fresh = told.claim(at + 5, told.facts[claims[at]]["report"])
        told.correct(claims[at], **fresh)
    for at in (5, 21):
        told.correct(figures[at], **told.figure(at + 3, told.facts[figures[at]]["claim"]))
    told.correct(told.of("crs_")[1], dates=dated("[2016-12..]"), places=communities[1:3])
    told.correct(told.of("act_")[8], name="Field hospital of Łódź", country="IRQ")
    told.correct(told.of("rel_")[4], type="restates", role="seed")
    gone = [*claims[30:33], figures[7], told.of("rel_")[2], reports[5], reports[4]]
    back = [claims[31], figures[7], reports[4]]
    gone += told.record("actor", [world.actor(slug="gone-agency", name="Gone market")])
    gone += told.record("place", [world.place(slug="gone-town"), world.place(slug="again-town", name="Again")])
    gone += told.record("crisis", [told.crisis(7)])
    back.append(gone[-2])
    for one in gone:
        told.retract(one)
    for one in back:
        told.restore(one)
