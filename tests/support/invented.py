"""Why this file exists: a crisis that never was, with the hard cases that the seed does not have.

It is put beside the seed for the example front end, whose checks in a browser run with `scripts/front-end`:
    python -m tests.support.invented write DATABASE_URL        prints the ids that the checks look for
    python -m tests.support.invented retract DATABASE_URL ID
"""

import json
import sys
from typing import Any

from app.claims.appearances import digest, segment
from tests.support.world import World, appearance

# Beyond U+FFFF, a code point is two units of UTF-16: offsets after it differ between Python and JavaScript.
TEXT = (
    "\N{DROPLET} Flood news \N{DROPLET}\N{DROPLET}\r\n\r\nThe mayor spoke of “more than 15,000” who lost their homes.\n"
)
WORDS = "“more than 15,000”"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> Nobody reads this as a tag."
ARABIC = "غمرت المياه البلدة كلها."


class Invented(World):
    """The desk, and what the figures of the flood hang on."""

    def furnish(self) -> "Invented":
        """Record the crisis, its two places, two publishers with a report each, and those who speak."""
        self.country = self.create("place", self.place(kind="country", parent=None, slug="floodland", informal=False))
        self.town = self.create("place", self.place(slug="flood-town", name="Flood Town"))
        self.quarter = self.create("place", self.place(slug="flood-quarter", name="Lower Quarter", parent=self.town))
        self.publisher = self.create("actor", self.actor(kind="media", slug="river-paper", name="A Paper"))
        self.other = self.create("actor", self.actor(kind="media", slug="river-post", name="B Post"))
        self.reporter = self.create("actor", self.person(name="A Reporter"))
        self.speaker = self.create("actor", self.person(name="A Speaker"))
        self.mayor = self.create("actor", self.person(name="The Mayor"))
        self.agency = self.create("actor", self.actor(slug="flood-agency", name="Flood Agency"))
        self.wire = self.create("actor", self.actor(slug="flood-wire", name="Flood Wire", kind="media"))
        self.crisis = self.create("crisis", self.crisis_draft(slug="a-flood-that-never-was", name="An invented flood"))
        edition = {"n": 1, "url": "https://example.org/a", "sha256": digest(TEXT), "length": len(TEXT), "paragraphs": 2}
        self.report = self.create("report", self.report_draft(slug="flood-a", editions=[edition]))
        return self

    def told(self, label: str, actor: str | None, figure: dict[str, Any], **changes: Any) -> tuple[str, str]:
        """Record what somebody said of the displaced, and return the claim and its figure."""
        hop = self.originator(label=label, actor=actor, medium="official_statement")
        named = "named"
        if actor is None:
            hop, named = {**hop, "source_ref": "s1"}, "unnamed"
        attribution = self.attribution([hop], form="indirect_quote", identification=named)
        base = {"attribution": attribution, "statement": f"{label} gave a number of the displaced."}
        claim = self.create("claim", self.claim(**{**base, **changes}))
        day = {"edtf": "2016-12-11", "basis": "stated"}
        usual = {"measure": "people_displaced_stock", "reference_period": day, "text": f"displaced, says {label}"}
        return claim, self.create("figure", self.figure(claim, **{**usual, **figure}))


def write(url: str) -> dict[str, Any]:
    """Record the flood; return the ids of what the checks look for, by name."""
    flood = Invented(url).furnish()
    begin = TEXT.index(WORDS)
    place = appearance(paragraph=2, segments=[segment(TEXT, begin, begin + len(WORDS))])
    more = {"reported": "more than 15,000", "quantifier": "more_than", "value": "15000"}
    _, first = flood.told("Flood Agency", flood.agency, {"reported": "12,000", "value": "12000"})
    mayor, _ = flood.told("the mayor", flood.mayor, {**more, "appearance": place}, appearances=[place])
    _, repeated = flood.told("Flood Wire", flood.wire, {"reported": "12,000", "value": "12000"})
    flood.create("relation", flood.relation(repeated, first, type="restates"))
    thousands = {"reported": "thousands", "quantifier": "order_of_magnitude", "value": None, "lower": "2000"}
    flood.told("a speaker", flood.speaker, thousands)
    flood.told("officials", None, {"reported": "20,000", "value": "20000"})
    span = {"reported": "from 300 to 400", "quantifier": "between", "value": None, "lower": "300", "upper": "400"}
    flood.told("the mayor", flood.mayor, {**span, "place": flood.quarter})
    event = {"edtf": "2016-12-11~", "basis": "inferred", "reasoning": "The report is of the day after."}
    arabic = flood.create("claim", flood.claim(statement=ARABIC, lang="ar", event=event, hedge={"type": "worry"}))
    hostile = flood.create("claim", flood.claim(statement=HOSTILE, event={"edtf": "2016-12-10/..", "basis": "stated"}))
    withdrawn = flood.create("claim", flood.claim(statement="The dam broke on its own."))
    ids = {"mayor": mayor, "arabic": arabic, "hostile": hostile, "withdrawn": withdrawn}
    return {**ids, "crisis": "a-flood-that-never-was", "text": TEXT, "words": WORDS}


def main() -> None:
    """Do what the command line says."""
    verb, url, *rest = sys.argv[1:]
    if verb == "retract":
        World(url).retract(rest[0])
    else:
        sys.stdout.write(json.dumps(write(url)) + "\n")


if __name__ == "__main__":
    main()
