"""Random histories: what editors do to every noun, drawn by hypothesis and played over the desk."""

from copy import copy
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

from app.catalogue import NOUNS as ALL_NOUNS
from app.kit import ids
from app.kit.errors import OnrecordError
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk, note
from app.store.engine import writer
from tests.record.readings import body_of
from tests.support.databases import Databases
from tests.support.world import World, appearance, draft_of

VERBS = ("create", "create", "correct", "correct", "retract", "restore")
# The nouns that hang on others come oftener.
NOUNS = ("place", "actor", "crisis", "report", "report", "claim", "claim", "figure", "figure", "relation", "vocabulary")
CAUSES = (Cause.OUR_ERROR, Cause.PUBLISHER_CORRECTION, Cause.ORIGINATOR_CORRECTION, Cause.PROTECTION)
DATES = ("2016-12-12", "2016-12-XX", "../2016-12-14", "2016-12-01/..", "201X", "[2016-12-12..2016-12-14]")
THEMES = ("health", "education", "food_and_nutrition")
# The words of each noun that a correction changes; most are embedded by others.
WORDS = {
    "place": "name",
    "actor": "name",
    "crisis": "name",
    "report": "title",
    "claim": "statement",
    "figure": "text",
    "relation": "reason",
}


class Step(NamedTuple):
    """One verb on one record; `pick` chooses which, and with what."""

    verb: str
    noun: str
    pick: int


def histories(most: int) -> st.SearchStrategy[list[Step]]:
    """Return histories of up to so many verbs."""
    step = st.builds(Step, st.sampled_from(VERBS), st.sampled_from(NOUNS), st.integers(0, 2**16))
    return st.lists(step, min_size=most // 2, max_size=most)


def beside(template: World, url: str) -> World:
    """Return the world of a template on a copy of its database."""
    mine = copy(template)
    mine.url, mine.desk = url, Desk(writer(url), ALL_NOUNS)
    return mine


def few(databases: Databases) -> int:
    """Return how many histories to play: each makes databases, and on PostgreSQL that takes long."""
    most = settings.default.max_examples if settings.default else 60
    return max(2, most // (8 if databases.engine == "sqlite" else 30))


class Player:
    """Plays steps on a furnished world; what the desk refuses is counted and left."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.causes: tuple[Cause, ...] = CAUSES
        self.refused = 0
        self.done = 0
        self.ids: dict[str, list[str]] = {
            "place": [world.country, world.town],
            "actor": [world.publisher, world.reporter, world.speaker],
            "crisis": [world.crisis],
            "report": [world.report],
            "claim": [],
            "figure": [],
            "relation": [],
            "vocabulary": [ids.seeded_id("vocabulary", name) for name in ("theme", "measure", "report_format", "tlp")],
        }

    def furnish(self) -> "Player":
        """Add claims, figures, a derived figure and relations, so that every noun has something to lose."""
        for noun in ("actor", "place", "claim", "claim", "figure", "figure", "relation"):
            self.play(Step("create", noun, 1))
        self.play(Step("create", "figure", 7))
        self.play(Step("create", "relation", 2))
        return self

    def play(self, step: Step) -> None:
        """Play one step."""
        try:
            getattr(self, step.verb)(step.noun, step.pick)
        except OnrecordError:
            self.refused += 1
        else:
            self.done += 1

    def one(self, noun: str, pick: int) -> str:
        """Return the id of a record that was created, retracted or not; raises OnrecordError when there is none."""
        if not self.ids[noun]:
            raise OnrecordError(f"no {noun} yet")
        return self.ids[noun][pick % len(self.ids[noun])]

    # --- the verbs ---------------------------------------------------------------------------------------------------

    def create(self, noun: str, pick: int) -> None:
        """Record something that names what the pick finds."""
        value = getattr(self, f"_{noun}")(pick)
        self.ids[noun].append(self.world.create(noun, value))

    def correct(self, noun: str, pick: int) -> None:
        """Change words that others embed, or what the record names."""
        record_id = self.one(noun, pick)
        body = self.body(record_id)
        cause = self.causes[pick % len(self.causes)]
        draft = draft_of(noun, self._changed(noun, body, pick))
        told = note(f"Corrected {pick}." if pick % 3 else None)
        self.world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, cause, told))

    def retract(self, noun: str, pick: int) -> None:
        """Take a record back."""
        self.world.retract(self.one(noun, pick), self.causes[pick % len(self.causes)])

    def restore(self, noun: str, pick: int) -> None:
        """Bring a record back."""
        self.world.restore(self.one(noun, pick))

    def body(self, record_id: str) -> dict[str, Any]:
        """Return the newest body of a record."""
        return body_of(self.world.desk.engine, record_id)

    # --- the drafts --------------------------------------------------------------------------------------------------

    def _changed(self, noun: str, body: dict[str, Any], pick: int) -> dict[str, Any]:
        if noun == "vocabulary":
            first, *others = body["terms"]
            return {**body, "terms": [{**first, "label": f"Label {pick}"}, *others]}
        changed = {**body, WORDS[noun]: f"Words {pick}"}
        if noun == "report" and pick % 2:
            changed["crisis"] = self.one("crisis", pick // 2)
        if noun == "claim" and pick % 2:
            changed["attribution"] = self.world.attribution([self.world.originator(actor=self.one("actor", pick // 2))])
        if noun == "place" and pick % 2:
            changed["parent"] = self.one("place", pick // 2)
        return {**changed, **self._found_otherwise(noun, pick)}

    def _found_otherwise(self, noun: str, pick: int) -> dict[str, Any]:
        """Return facts by which lists find a record, others than before."""
        date = {"edtf": DATES[pick % len(DATES)], "basis": "stated"}
        themes, places = [THEMES[pick % len(THEMES)]], [self.one("place", pick // 3)]
        if noun == "claim" and pick % 3 == 0:
            about = [{"actor": self.one("actor", pick // 3), "label": "they", "role": "agent"}]
            kind = "denial" if pick % 2 else "warning"
            return {"event": date, "themes": themes, "places": places, "kind": kind, "about": about}
        if noun == "report" and pick % 3 == 0:
            return {"published": date, "themes": themes, "places": places}
        if noun == "figure" and pick % 3 == 0:
            return {"place": places[0], "reference_period": {**date, "edtf": "2016-12-13~"}, "population_group": None}
        if noun == "crisis" and pick % 3 == 0:
            return {"places": places, "dates": date}
        return {}

    def _vocabulary(self, pick: int) -> dict[str, Any]:
        term = {"code": f"code_{pick}", "label": "A code", "definition": "What it means.", "ours": True}
        letters = "".join("abcdefghij"[int(digit)] for digit in str(pick))
        words = {"label": "A list", "lang": "en", "definition": "What it is for.", "source": "Nobody."}
        return {"name": f"list_{letters}", **words, "terms": [term]}

    def _place(self, pick: int) -> dict[str, Any]:
        return self.world.place(parent=self.one("place", pick), names=[{"lang": "ar", "name": "اسم"}])

    def _actor(self, pick: int) -> dict[str, Any]:
        kind: dict[str, Any] = {"kind": "person", "slug": None} if pick % 2 else {"parent": self.one("actor", pick)}
        return self.world.actor(name=f"Name {pick}", aliases=[f"Alias {pick}"], **kind)

    def _crisis(self, pick: int) -> dict[str, Any]:
        return self.world.crisis_draft(places=[self.one("place", pick)])

    def _report(self, pick: int) -> dict[str, Any]:
        return self.world.report_draft(crisis=self.one("crisis", pick), places=[self.one("place", pick // 2)])

    def _claim(self, pick: int) -> dict[str, Any]:
        chain = [self.world.originator(actor=self.one("actor", pick), on_behalf_of=self._behalf(pick))]
        about = [{"actor": self.one("actor", pick // 3), "label": "somebody", "role": "agent"}]
        said = self.world.attribution(chain, said_in=self.one("place", pick))
        report = self.one("report", pick // 2)
        return self.world.claim(report=report, statement=f"Statement {pick}.", attribution=said, about=about)

    def _behalf(self, pick: int) -> dict[str, Any] | None:
        return None if pick % 4 else {"actor": self.one("actor", pick // 4), "label": "an institution"}

    def _figure(self, pick: int) -> dict[str, Any]:
        value: dict[str, Any] = {"text": f"{pick} people", "place": self.one("place", pick // 2)}
        if pick % 4 == 3 and self.ids["figure"]:
            derived = {"formula": "the same", "inputs": [self.one("figure", pick // 4)]}
            value |= {"derived": derived, "reported": None, "appearance": None}
        else:
            value |= {"appearance": appearance(paragraph=2)}
        return self.world.figure(self.one("claim", pick), **{"value": str(pick), **value})

    def _relation(self, pick: int) -> dict[str, Any]:
        noun = "figure" if pick % 2 else "claim"
        return self.world.relation(self.one(noun, pick // 2), self.one(noun, pick // 2 + 1))
