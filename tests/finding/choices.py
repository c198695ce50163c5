"""What can be asked of a world: for each parameter every value that occurs, and some that match nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from app.kit import ids
from app.kit.words import words
from tests.finding.oracle import INSTANTS, Oracle
from tests.finding.properties import HANDLES, PERIODS, TERMS, TEXTS

EDGES = (date(1, 1, 2), date.max, date(2016, 2, 29), date(2016, 12, 13), date(2016, 12, 14), date(2016, 12, 15))
NOWHERE = "2000000000000000000000000"
UNKNOWN_SLUG = "nobody-has-this-slug"
# Codes that vocabularies have and that no record of the world uses.
UNUSED = {
    "crisis_type": "technological",
    "crisis_status": "",
    "report_format": "map",
    "theme": "mine_action",
    "kind": "demand",
    "measure": "pleas",
    "unit": "{plea}",
    "population_group": "combatants",
    "medium": "social_media_post",
    "organisation_type": "red_cross_red_crescent_movement",
    "status": "retracted",
    "country": "ZZZ",
}
QUERIES = [
    *("hospit*", '"field hospital"', "deir ez zor", "DEIR-EZ", "cafe", "حلب", "100000", '"100,000"', "strasse", "m2"),
    *("aleppo", "baath", "ca* ho*", "nowhere-to-be-found", "an office", "person market", '"café field', "lodz izmir"),
    *("press release with radio", "1/2", "1.5 convoy", "the", "market market"),
]


def unknown_id(noun: str) -> str:
    """Return a well-formed id that nothing has."""
    return f"{ids.PREFIXES[noun]}_0{NOWHERE}"


@lru_cache(maxsize=512)
def values(oracle: Oracle, noun: str, parameter: str) -> tuple[str, ...]:
    """Return what can be given to a parameter: what occurs, and what matches nothing."""
    if parameter in TERMS[noun]:
        return tuple(_terms(oracle, noun, parameter))
    found: dict[str, Callable[[], list[str]]] = {
        "id": lambda: [*(one["id"] for one in oracle.on.nouns[noun]), unknown_id(noun)],
        "external_id": lambda: ["glide:CE-2016-000001-SYR", "glide:CE-2016-000002-SYR", "reliefweb:4711", "glide:x"],
        "q": lambda: [*QUERIES, *_phrases(oracle, noun)],
        "value_match": lambda: ["within", "overlap"],
        **dict.fromkeys(("value_min", "value_max"), lambda: _numbers(oracle)),
    }
    field = parameter.rpartition("_")[0]
    otherwise = _instants if field in INSTANTS else _days
    return tuple(found.get(parameter, lambda: otherwise(oracle, noun, field))())


def _terms(oracle: Oracle, noun: str, name: str) -> list[str]:
    on = oracle.on
    found = {value for one in on.nouns[noun] for value in TERMS[noun][name](on, one)}
    of = noun if name == "parent" else HANDLES.get(name)
    nothing = [UNUSED[name]] if UNUSED.get(name) and (name, noun) not in _ELSEWHERE else []
    if of:
        named = {handle: one for (kind, handle), one in on.handles.items() if kind == of}
        slugs = [handle for handle, one in named.items() if one in found]
        return [*sorted(found), *sorted(slugs), unknown_id(of), UNKNOWN_SLUG]
    if name in ("claim", "figure"):
        nothing = [unknown_id(name)]
    if found <= {"true", "false"}:
        nothing = sorted({"true", "false"} - found)
    return [*sorted(found), *nothing]


# A code of the vocabulary of claims' kinds is none of actors' or places' kinds.
_ELSEWHERE = {("kind", "actor"), ("kind", "place")}


def _phrases(oracle: Oracle, noun: str) -> list[str]:
    """Return, of every fourth text, a word, a beginning, and two words that follow each other."""
    found: dict[str, None] = {}
    for one in oracle.on.nouns[noun][::4]:
        for text in (each for texts in TEXTS[noun](one) for each in texts if each):
            cut = [each.word for each in words(text)]
            found.update(dict.fromkeys(cut[-1:]))
            found.update(dict.fromkeys(f"{each[:3]}*" for each in cut[:1] if len(each) > 2))
            found.update(dict.fromkeys(f'"{first} {second}"' for first, second in list(pairwise(cut))[1:3]))
    return list(found)[:40]


def _days(oracle: Oracle, noun: str, field: str) -> list[str]:
    """Return both ends of every date, the days beside them, and the ends of the calendar."""
    dates = [PERIODS[noun][field](oracle.on, one) for one in oracle.on.nouns[noun]]
    ends = {date.fromisoformat(one[end]) for one in dates if one for end in ("earliest", "latest") if one[end]}
    inner = {end for end in ends if date.min < end < date.max}
    near = ends - {date.min} | {end + timedelta(step) for end in inner for step in (-1, 1)}
    return [one.isoformat() for one in sorted({*sorted(near)[::2], *EDGES})]


def _instants(oracle: Oracle, noun: str, field: str) -> list[str]:
    """Return the instants of some records, written in several ways, and days."""
    known = sorted(str(one[INSTANTS[field]]) for one in oracle.on.nouns[noun])
    some = known[:: max(1, len(known) // 6)]
    other = [f"{one[:-1]}+00:00" for one in some[:2]] + [f"{one[:16]}-05:30" for one in some[2:4]]
    return [*some, *other, *(one[:10] for one in some), "2019-01-01", "2031-12-31", "0001-01-01", "0987-06-05"]


def _numbers(oracle: Oracle) -> list[str]:
    """Return every number of a figure, and some beside and between them."""
    numbers = {one[name] for one in oracle.on.nouns["figure"] for name in ("value", "lower", "upper")}
    known = {f"{one:.6f}".rstrip("0").rstrip(".") for one in numbers if one is not None}
    return sorted({*known, "0", "39.999999", "40.000001", "99999", "100001", "5999", "6001", "0.499999", "2000"})
