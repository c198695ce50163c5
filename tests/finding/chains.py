"""Attributions of every kind: who may have said a thing, alone, together, for somebody, unnamed, or passed on."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.finding.worlds import Told

Value = dict[str, Any]
MEDIA = ["interview", "press_release", "social_media_video", "message", "official_statement", "unspecified"]
QUOTED = ["direct_quote", "indirect_quote", "mixed_quote"]
KINDS = 13


def attribution(told: "Told", number: int, report: Value) -> Value:
    """Return an attribution for the n-th claim, which stands in a report."""
    bodies = [one for one in told.here("act_") if told.facts[one]["kind"] not in ("person", "media")]
    persons = [one for one in told.here("act_") if told.facts[one]["kind"] == "person"]
    cast = _Cast(told, told.chance.sample(bodies, 3), told.chance.sample(persons, 2))
    publisher = {"role": "publisher", "actor": report["publisher"], "label": "Its Paper", "medium": "news_report"}
    reporters = [{"role": "reporter", "actor": one["actor"], "label": "A Writer"} for one in report["reporters"]]
    if number % KINDS == 0:
        hops, form, identification = [{**publisher, "role": "originator"}], "narration", "named"
    else:
        hops, identification = cast.said(number % KINDS)
        form = QUOTED[number % 3]
    where = told.chance.choice([None, *told.here("plc_")[:3]])
    stated = {"form": form, "identification": identification, "said_on": told.date(), "said_in": where}
    return {**stated, "chain": [*hops, publisher, *reporters]}


class _Cast:
    """Who is there to speak."""

    def __init__(self, told: "Told", bodies: list[str], persons: list[str]) -> None:
        self._chance = told.chance
        self.bodies, self.persons = bodies, persons

    def hop(self, actor: str | None, role: str = "originator", **more: Any) -> Value:
        """Return a hop of an actor, or of a source without one."""
        label = f"the {'office' if actor else 'sources'} {self._chance.choice(['café', 'حلب', 'winter'])}"
        return {"role": role, "actor": actor, "label": label, "medium": self._chance.choice(MEDIA), **more}

    def said(self, kind: int) -> tuple[list[Value], str]:
        """Return originators and relays, and how far the originators are identified."""
        one, two, three = self.bodies
        person, other = self.persons
        house = {"actor": one, "label": "the House"}
        unknown = {"role": "originator", "known": False, "medium": "unspecified"}
        nameless = self.hop(None, source_ref="s1")
        kinds: dict[int, tuple[list[Value], str]] = {
            1: ([self.hop(one)], "named"),
            2: ([self.hop(person, affiliation={"actor": two, "label": "an office"}, on_behalf_of=house)], "named"),
            3: ([self.hop(person, affiliation=house, short_label="Her")], "named"),
            4: ([self.hop(one), self.hop(two)], "named"),
            5: ([self.hop(one), self.hop(person, on_behalf_of=house)], "named"),
            6: ([nameless], "unnamed"),
            7: ([unknown, self.hop(person, "relay", affiliation={"label": "nobody on record"})], "unnamed"),
            8: ([self.hop(two, capacity="a body")], "described"),
            9: ([self.hop(None, source_ref="s2")], "collective"),
            10: ([self.hop(person, addressee={"label": "radio"}), self.hop(three, "relay")], "named"),
            11: ([nameless, self.hop(None, source_ref="s3")], "unnamed"),
            12: ([self.hop(two), self.hop(None, source_ref="s1"), self.hop(other, "relay")], "described"),
        }
        return kinds[kind]
