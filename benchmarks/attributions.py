"""Who says it: every form and identification, spokespeople, relays, joint voices, and sources without a name."""

import random
from typing import Any

from benchmarks import chance as chances
from benchmarks import days, people
from benchmarks.chance import Skewed, bench_id, skewed
from benchmarks.land import popular
from benchmarks.reports import Report, located

Hop = dict[str, Any]
_FORMS = Skewed(("indirect_quote", "direct_quote", "mixed_quote"), 1.2)
_MEDIA = skewed("""interview unspecified official_statement press_release news_report social_media_post message
    social_media_video""")
_VERBS = skewed("said told stated warned reported claimed believe added denied wrote announced confirmed")
_SPEAKERS = Skewed(("person", "organization", "government", "armed_group"), 1.2)
_SOURCES = (
    "a doctor",
    "a resident",
    "sources close to the talks",
    "analysts",
    "some analysts",
    "an aid worker",
    "sources",
)
_RELAYS = Skewed(chances.shuffled("relays", [*people.MEDIA, *list(people.ORGANIZATIONS)[:20]]))


def attribution(chance: random.Random, report: Report) -> dict[str, Any]:
    """Return a lawful attribution in a report."""
    kind = chance.random()
    if kind < 0.2:
        form, identification, chain = "narration", "named", [_carrier(report, "originator")]
    else:
        form = _FORMS.one(chance)
        identification, chain = _spoken(chance, kind, report)
        if chance.random() < 0.08:
            chain.append(_relay(chance, {hop["source_ref"] for hop in chain if hop.get("source_ref")}))
    chain.append(_carrier(report, "publisher"))
    chain += [
        {"role": "reporter", "actor": one.id, "label": one.name, "capacity": one.capacity} for one in report.reporters
    ]
    said = days.single(chance, days.before(chance, report.day, 20)) if chance.random() < 0.75 else None
    said_in = bench_id("place", popular().one(chance).number) if chance.random() < 0.05 else None
    return {"form": form, "identification": identification, "said_on": said, "said_in": said_in, "chain": chain}


def _carrier(report: Report, role: str) -> Hop:
    one = report.publisher
    return {"role": role, "actor": one.id, "label": one.short_name or one.name, "medium": "news_report"}


def _spoken(chance: random.Random, kind: float, report: Report) -> tuple[str, list[Hop]]:
    """Return how far the originators are identified, and their hops."""
    if kind < 0.76:
        return "named", [_named(chance, report)]
    if kind < 0.78:
        speakers = people.speaking(chance.choice(("person", "organization"))).some(chance, 3)
        return "named", [_person_or_body(chance, people.actor(one)) for one in speakers]
    if kind < 0.84:
        body = people.actor(people.speaking("organization").one(chance))
        behalf = {"actor": body.id, "label": body.name} if chance.random() < 0.5 else None
        return "described", [{**_source(chance, report, "described"), "on_behalf_of": behalf}]
    if kind < 0.9:
        return "collective", [_person_or_body(chance, people.actor(people.speaking("community").one(chance)))]
    if kind < 0.98:
        return "unnamed", [_source(chance, report, "unnamed")]
    return "unnamed", [{"role": "originator", "known": False, "medium": "unspecified"}]


def _named(chance: random.Random, report: Report) -> Hop:
    hop = _person_or_body(chance, people.actor(people.speaking(_SPEAKERS.one(chance)).one(chance)))
    if hop["medium"] == "interview" and chance.random() < 0.5:
        hop["addressee"] = {"actor": report.publisher.id, "label": report.publisher.name}
    if chance.random() < 0.3:
        hop["cue"] = located(chance)
    return hop


def _person_or_body(chance: random.Random, one: people.Actor) -> Hop:
    """Return an originator; whoever speaks for an institution says so."""
    hop: Hop = {
        "role": "originator",
        "actor": one.id,
        "label": one.name,
        "short_label": one.short_name,
        "capacity": one.capacity,
        "verb": _VERBS.one(chance),
        "medium": _MEDIA.one(chance),
    }
    if one.affiliation is not None:
        body = people.actor(one.affiliation)
        hop["affiliation"] = {"actor": body.id, "label": body.short_name or body.name}
        if one.capacity in people.SPOKESPEOPLE:
            hop["on_behalf_of"] = {"actor": body.id, "label": body.name}
    return hop


def _source(chance: random.Random, report: Report, kind: str) -> Hop:
    """Return a source without an actor; the same one may be heard again in its report."""
    number = chance.randint(1, 6) + (0 if kind == "unnamed" else 6)
    label = chances.of(f"source {report.number}", number).choice(_SOURCES)
    return {
        "role": "originator",
        "source_ref": f"s{number}",
        "label": label,
        "verb": _VERBS.one(chance),
        "medium": _MEDIA.one(chance),
    }


def _relay(chance: random.Random, taken: set[str]) -> Hop:
    """Return who passed it on: an agency, somebody without a name, or nobody knows who."""
    kind = chance.random()
    if kind < 0.75:
        one = people.actor(_RELAYS.one(chance))
        return {"role": "relay", "actor": one.id, "label": one.name, "verb": "reported", "medium": _MEDIA.one(chance)}
    if kind < 0.9:
        free = next(f"s{number}" for number in range(20, 30) if f"s{number}" not in taken)
        return {"role": "relay", "source_ref": free, "label": "local media", "medium": "news_report"}
    return {"role": "relay", "known": False, "medium": "unspecified"}
