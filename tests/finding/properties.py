"""What is true of a document: the codes and ids that each filter by terms looks at, its dates, and its words."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

Document = dict[str, Any]
DOMAINS = ("crisis", "report", "claim", "figure", "actor", "place", "relation")


class Records:
    """All public documents, by noun (last recorded first), by id, and by slug or code."""

    def __init__(self, documents: Iterable[Document]) -> None:
        newest = sorted(documents, key=lambda one: str(one["recorded_at"]), reverse=True)
        self.nouns = {noun: [one for one in newest if one["type"] == noun] for noun in DOMAINS}
        self.by_id = {one["id"]: one for one in newest}
        self.spelled = {one["id"]: orjson.dumps(one) for one in newest}
        self.handles = {
            (one["type"], one[name]): one["id"] for one in newest for name in ("slug", "p_code") if one.get(name)
        }

    def around(self, places: Iterable[Document]) -> set[str]:
        """Return the ids of places and of all that they lie in."""
        mine = [one["id"] for one in places]
        return {*mine, *(above["id"] for one in mine for above in self.by_id[one]["ancestors"])}

    def countries(self, places: Iterable[Document]) -> set[str]:
        """Return the countries of places."""
        return {self.by_id[one["id"]]["country"] for one in places}

    def claim_of(self, document: Document) -> Document:
        """Return a claim, or the claim of a figure."""
        return document if document["type"] == "claim" else self.by_id[document["claim"]["id"]]


Property = Callable[[Records, Document], Iterable[str]]


def _chain(one: Document) -> list[Document]:
    chain: list[Document] = one["attribution"]["chain"]
    return chain


def _in_role(role: str) -> Property:
    return lambda _, one: [hop["actor"]["id"] for hop in _chain(one) if hop["role"] == role and hop["actor"]]


def _beside(one: Document, name: str) -> list[str]:
    """Return the actors whom hops mention under a name."""
    return [hop[name]["actor"]["id"] for hop in _chain(one) if hop[name] and hop[name]["actor"]]


def _anybody(_: Records, one: Document) -> list[str]:
    return [*(hop["actor"]["id"] for hop in _chain(one) if hop["actor"]), *_beside(one, "on_behalf_of")]


def _voice(_: Records, one: Document) -> list[str]:
    voice = one["attribution"]["voice"]
    return [voice["key"], *(actor["id"] for actor in voice["actors"])]


def _code(name: str) -> Property:
    return lambda _, one: [one[name]] if one[name] else []


def _flag(truth: Callable[[Document], object]) -> Property:
    return lambda _, one: ["true" if truth(one) else "false"]


def _ends(relation: Document) -> list[Document]:
    return [relation["from"], relation["to"]]


def _figures_of(_: Records, relation: Document) -> list[str]:
    return [end["id"] for end in _ends(relation) if end["type"] == "figure"]


def _claims_of(on: Records, relation: Document) -> list[str]:
    return [str(on.claim_of(on.by_id[end["id"]])["id"]) for end in _ends(relation)]


def _reports_of(on: Records, relation: Document) -> list[str]:
    return [on.by_id[claim]["report"]["id"] for claim in _claims_of(on, relation)]


def _crises_of(on: Records, relation: Document) -> list[str]:
    return [on.by_id[report]["crisis"]["id"] for report in _reports_of(on, relation)]


def _parent(_: Records, one: Document) -> list[str]:
    return [one["parent"]["id"]] if one["parent"] else []


PLACES: dict[str, Property] = {
    "place": lambda on, one: on.around(one["places"]),
    "country": lambda on, one: on.countries(one["places"]),
}
SAID: dict[str, Property] = {
    "crisis": lambda on, one: [on.handles["crisis", one["report"]["crisis"]]],
    "report": lambda on, one: [one["report"]["id"]],
    "voice": _voice,
    **{role: _in_role(role) for role in ("originator", "relay", "publisher", "reporter")},
    "affiliation": lambda on, one: _beside(one, "affiliation"),
    "actor": _anybody,
    "about": lambda on, one: [each["actor"]["id"] for each in on.claim_of(one)["about"] if each["actor"]],
    "form": lambda on, one: [one["attribution"]["form"]],
    "identification": lambda on, one: [one["attribution"]["identification"]],
    "kind": lambda on, one: [on.claim_of(one)["kind"]],
    "medium": lambda on, one: [hop["medium"] for hop in _chain(one) if hop["medium"]],
    "theme": lambda on, one: [theme["code"] for theme in on.claim_of(one)["themes"]],
}
# What can be filtered by and counted.
TERMS: dict[str, dict[str, Property]] = {
    "crisis": {"crisis_type": _code("crisis_type"), "crisis_status": _code("crisis_status"), **PLACES},
    "report": {
        "crisis": lambda on, one: [one["crisis"]["id"]],
        "publisher": lambda on, one: [one["publisher"]["id"]],
        "reporter": lambda on, one: [each["actor"]["id"] for each in one["reporters"]],
        "report_format": lambda on, one: [one["report_format"]["code"]],
        "theme": lambda on, one: [theme["code"] for theme in one["themes"]],
        **PLACES,
    },
    "claim": {
        **SAID,
        **PLACES,
        "measure": lambda on, one: [figure["measure"]["code"] for figure in one["figures"]],
        "has_figures": _flag(lambda one: one["figures"]),
    },
    "figure": {
        **SAID,
        "claim": lambda on, one: [one["claim"]["id"]],
        "place": lambda on, one: on.around([one["place"]]),
        "country": lambda on, one: on.countries([one["place"]]),
        "measure": lambda on, one: [one["measure"]["code"]],
        **{name: _code(name) for name in ("unit", "population_group", "quantifier")},
        "derived": _flag(lambda one: one["derived"]),
    },
    "actor": {
        **{name: _code(name) for name in ("kind", "organisation_type", "country")},
        "parent": _parent,
        "role": lambda on, one: [role for role, often in one["counts"].items() if often],
    },
    "place": {
        **{name: _code(name) for name in ("kind", "country")},
        "parent": _parent,
        "place": lambda on, one: on.around([one]),
        "informal": _flag(lambda one: one["informal"]),
    },
    "relation": {
        **{name: _code(name) for name in ("relation", "role")},
        "claim": _claims_of,
        "figure": _figures_of,
        "report": _reports_of,
        "crisis": _crises_of,
    },
}
for _terms in TERMS.values():
    _terms["status"] = _code("status")
    _terms["corrected"] = _flag(lambda one: one["corrections"]["count"])

Dated = Callable[[Records, Document], Document | None]
_SPOKEN: dict[str, Dated] = {
    "event": lambda on, one: on.claim_of(one)["event"],
    "said": lambda on, one: one["attribution"]["said_on"],
    "published": lambda on, one: one["report"]["published"],
}
PERIODS: dict[str, dict[str, Dated]] = {
    "crisis": {"dates": lambda on, one: one["dates"]},
    "report": {"published": lambda on, one: one["published"]},
    "claim": _SPOKEN,
    "figure": {**_SPOKEN, "reference": lambda on, one: one["reference_period"]},
    "actor": {},
    "place": {},
    "relation": {},
}

Texts = Callable[[Document], tuple[list[str | None], list[str | None]]]
# What search covers: names and titles, and everything else; relations are in no search.
TEXTS: dict[str, Texts] = {
    "crisis": lambda one: ([one["name"]], []),
    "report": lambda one: ([one["title"]], [one["summary"]]),
    "claim": lambda one: ([one["statement"]], [one["attribution"]["text"]]),
    "figure": lambda one: ([one["text"]], [one["reported"], one["term"], one["attribution"]["text"]]),
    "actor": lambda one: ([one["name"], one["short_name"], *one["aliases"]], []),
    "place": lambda one: ([one["name"], *one["names"].values()], []),
}
# Of which noun the slugs are that a filter takes; every other filter takes codes or ids alone.
HANDLES = {
    **dict.fromkeys(("voice", "originator", "relay", "publisher", "reporter"), "actor"),
    **dict.fromkeys(("affiliation", "actor", "about"), "actor"),
    **{noun: noun for noun in ("crisis", "report", "place")},
}
