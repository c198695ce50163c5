"""Why this file exists: what a lawful chain is, whose voice it carries, and how it reads; pure.

    chain = originator⁺ relay* publisher reporter*

`position` counts from 1; joint originators share position 1 and are one joint voice. The readable lines are made here
from the hops' own words as the text states them, so that no client assembles them and no renaming rewrites them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.kit import dates
from app.kit.errors import Fault

Hop = Mapping[str, Any]
ORDER = ("originator", "relay", "publisher", "reporter")
_MEDIA = {
    "interview": "in an interview",
    "press_release": "in a press release",
    "social_media_video": "in a video on social media",
    "social_media_post": "in a post on social media",
    "message": "in a message",
    "official_statement": "in an official statement",
    "news_report": "in a news report",
    "unspecified": "",
}
UNKNOWN = "an unknown source"
# What would say who somebody is; of an unknown hop nothing of it can be known.
_TELLING = ("actor", "source_ref", "label", "short_label", "capacity", "affiliation", "on_behalf_of")


def originators(chain: Sequence[Hop]) -> list[Hop]:
    """Return the hops that made the claim."""
    return [hop for hop in chain if hop["role"] == "originator"]


def positions(roles: Sequence[str]) -> list[int]:
    """Return the position of every hop of a chain: originators share the first, the others count on."""
    joint = sum(role == "originator" for role in roles)
    return [1 if index < joint else index - joint + 2 for index in range(len(roles))]


# --- what is lawful --------------------------------------------------------------------------------------------------


def faults(attribution: Mapping[str, Any], publisher: str, pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with an attribution in a report of the given publisher."""
    chain = attribution["chain"]
    roles = [hop["role"] for hop in chain]
    where = f"{pointer}/chain"
    if "originator" not in roles or roles.count("publisher") != 1 or roles != sorted(roles, key=ORDER.index):
        yield Fault(where, "expected one or more originators, relays, one publisher, then reporters", "grammar")
        return
    if [hop["position"] for hop in chain] != positions(roles):
        yield Fault(where, f"expected the positions {positions(roles)}", "positions")
    if chain[roles.index("publisher")]["actor"] != publisher:
        yield Fault(where, "expected the report's publisher as the publisher hop", "publisher")
    for index, hop in enumerate(chain):
        yield from _hop_faults(hop, f"{where}/{index}")
    yield from _repetitions(chain, where)
    yield from _form_faults(attribution, publisher, pointer)
    yield from _identification_faults(attribution, pointer)


def _hop_faults(hop: Hop, where: str) -> Iterator[Fault]:
    if (hop["medium"] is None) != (hop["role"] == "reporter"):
        yield Fault(f"{where}/medium", "expected a medium for every hop but reporters", "medium")
    if not hop["known"]:
        if any(hop[name] for name in _TELLING):
            yield Fault(where, f"expected none of {', '.join(_TELLING)} of an unknown hop", "unknown_hop")
        if hop["role"] in ("publisher", "reporter"):
            yield Fault(where, "expected a publisher and reporters that are known", "unknown_hop")
        return
    if hop["label"] is None:
        yield Fault(f"{where}/label", "expected the words by which the text names them", "label")
    if (hop["actor"] is None) == (hop["source_ref"] is None):
        yield Fault(where, "expected either an actor, or a source_ref for a source without one", "source_ref")
    if hop["role"] in ("publisher", "reporter") and hop["actor"] is None:
        yield Fault(f"{where}/actor", "expected an actor", "actor")


def _repetitions(chain: Sequence[Hop], where: str) -> Iterator[Fault]:
    """Yield whoever stands twice: a source of one chain has one place, and an originator says a thing once."""
    sources, actors = set(), set()
    for index, hop in enumerate(chain):
        if hop["source_ref"] and hop["source_ref"] in sources:
            yield Fault(f"{where}/{index}/source_ref", "expected every source_ref once in a chain", "twice")
        sources.add(hop["source_ref"])
        if hop["role"] == "originator" and hop["actor"]:
            if hop["actor"] in actors:
                yield Fault(f"{where}/{index}/actor", "expected every originator once", "twice")
            actors.add(hop["actor"])


def _form_faults(attribution: Mapping[str, Any], publisher: str, pointer: str) -> Iterator[Fault]:
    if attribution["form"] != "narration":
        return
    chain = attribution["chain"]
    if [hop["actor"] for hop in originators(chain)] != [publisher]:
        yield Fault(f"{pointer}/form", "expected the publisher as only originator of narration", "narration")
        return
    if any(hop["role"] == "relay" for hop in chain):
        yield Fault(f"{pointer}/form", "expected no relay of narration", "narration")
    if attribution["identification"] != "named":
        yield Fault(f"{pointer}/identification", "expected `named`: the publisher narrates", "narration")
    if chain[0]["on_behalf_of"]:
        yield Fault(f"{pointer}/chain/0/on_behalf_of", "expected nobody else behind narration", "narration")
    if chain[0]["label"] != next(hop["label"] for hop in chain if hop["role"] == "publisher"):
        yield Fault(f"{pointer}/chain/0/label", "expected the publisher hop's label", "narration")


def _identification_faults(attribution: Mapping[str, Any], pointer: str) -> Iterator[Fault]:
    sources, where = originators(attribution["chain"]), f"{pointer}/identification"
    kind = attribution["identification"]
    if kind == "named" and any(hop["actor"] is None for hop in sources):
        yield Fault(where, "expected an actor for every named originator", "identification")
    if kind == "unnamed" and any(hop["actor"] is not None for hop in sources):
        yield Fault(where, "expected no actor for an unnamed originator", "identification")
    if kind in ("described", "collective") and any(not hop["known"] for hop in sources):
        yield Fault(where, "expected `unnamed` for an originator who is not known", "identification")


# --- whose voice it is -----------------------------------------------------------------------------------------------


def voices(chain: Sequence[Hop]) -> list[dict[str, Any]]:
    """Return who stands behind a claim: the institution spoken for, else the originator; joint ones together.

    Each is `{actor, label, short_label, source_ref, known}`; the same institution twice is one.
    """
    found: dict[str | None, dict[str, Any]] = {}
    for hop in originators(chain):
        behind = hop["on_behalf_of"]
        one = {
            "actor": behind["actor"] if behind else hop["actor"],
            "label": behind["label"] if behind else hop["label"],
            "short_label": None if behind else hop["short_label"],
            "source_ref": None if behind else hop["source_ref"],
            "known": True if behind else hop["known"],
        }
        found.setdefault(one["actor"] or one["source_ref"], one)
    return list(found.values())


def voice_key(chain: Sequence[Hop], report: str, claim: str) -> str:
    """Return what two claims of one voice have in common: equal keys are one voice.

    An unnamed source is a voice within its report only, an unknown one within its claim only.
    """
    keys = set()
    for one in voices(chain):
        if one["actor"]:
            keys.add(one["actor"])
        else:
            keys.add(f"{report}.{one['source_ref']}" if one["source_ref"] else f"{claim}.unknown")
    return "+".join(sorted(keys))


# --- how it reads ----------------------------------------------------------------------------------------------------


def readable(attribution: Mapping[str, Any]) -> str:
    """Return the whole line: `Renad Mansour (fellow, Chatham House), in an interview with The Media Line`."""
    chain = attribution["chain"]
    sources = originators(chain)
    if attribution["form"] == "narration":
        return f"{sources[0]['label']}, in its own words"
    line = listed([_named(hop) for hop in sources])
    line += "".join(f", {phrase}" for phrase in _once(_through(hop) for hop in sources))
    for hop in chain:
        if hop["role"] == "relay":
            through = _through(hop)
            line += f", passed on by {_named(hop)}" + (f" {through}" if through else "")
    return line[0].upper() + line[1:]


def short(attribution: Mapping[str, Any]) -> str:
    """Return the line for small spaces: `White Helmets, 12 Dec 2016`."""
    names = [hop["short_label"] or hop["label"] or UNKNOWN for hop in originators(attribution["chain"])]
    said_on = attribution["said_on"]
    line = listed(names) + (f", {dates.short(said_on['edtf'])}" if said_on else "")
    return line[0].upper() + line[1:]


def _named(hop: Hop) -> str:
    """Return a hop's words with, in brackets, in what capacity and for whom it speaks."""
    if not hop["known"]:
        return UNKNOWN
    affiliation, behalf = hop["affiliation"], hop["on_behalf_of"]
    details = [hop["capacity"], affiliation["label"] if affiliation else None]
    if behalf and not (affiliation and _same(affiliation, behalf)) and behalf["label"] != hop["label"]:
        details.append(f"for {behalf['label']}")
    stated = [one for one in details if one]
    return f"{hop['label']} ({', '.join(stated)})" if stated else str(hop["label"])


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["label"] == other["label"] or (one["actor"] is not None and one["actor"] == other["actor"])


def _through(hop: Hop) -> str:
    """Return in what a hop spoke and to whom: `in an interview with The Media Line`."""
    phrase = _MEDIA[hop["medium"]]
    if not hop["addressee"]:
        return phrase
    preposition = "with" if hop["medium"] == "interview" else "to"
    return f"{phrase} {preposition} {hop['addressee']['label']}".strip()


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _once(phrases: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))
