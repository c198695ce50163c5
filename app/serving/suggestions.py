"""Why this file exists: whoever writes a wrong word is told the right one, also when it is another system's word.

Suggestions are for names of parameters and for codes of vocabularies, which everybody may know; never for records.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

# What other systems call our parameters (HDX HAPI, ReliefWeb, IDMC, ACLED, and the habits of REST); a suggestion, never
# a silent translation. Those that a list has are named.
OTHER_WORDS = {
    "source": ("publisher", "voice"),
    "organisation": ("voice", "publisher"),
    "organization": ("voice", "publisher"),
    "org": ("voice", "publisher"),
    "speaker": ("originator",),
    "claimant": ("originator",),
    "author": ("reporter",),
    "iso3": ("country",),
    "iso": ("country",),
    "location_code": ("country",),
    "primary_country": ("country",),
    "location": ("place",),
    "p_code": ("place",),
    "pcode": ("place",),
    "admin1": ("place",),
    "admin2": ("place",),
    "admin1_code": ("place",),
    "admin2_code": ("place",),
    "indicator": ("measure",),
    "figure_category": ("measure",),
    "glide": ("crisis", "external_id"),
    "disaster": ("crisis",),
    "sector": ("theme",),
    "topic": ("theme",),
    "format": ("report_format", "form"),
    "actor1": ("actor", "about"),
    "actor2": ("about",),
    "population_status": ("population_group",),
    "updated_since": ("changed_from",),
    "updated_after": ("changed_from",),
    "modified_since": ("changed_from",),
    "modified_after": ("changed_from",),
    "since": ("changed_from", "after"),
    "cursor": ("after",),
    "since_seq": ("after",),
    "timeout": ("wait",),
    "created_after": ("created_from",),
    "event_date": ("event_from", "event_to"),
    "start_date": ("event_from", "published_from"),
    "end_date": ("event_to", "published_to"),
    "reference_period_start": ("reference_from",),
    "reference_period_end": ("reference_to",),
    "search": ("q",),
    "query": ("q",),
    "text": ("q",),
    "order": ("sort",),
    "order_by": ("sort",),
    "ordering": ("sort",),
    "sort_by": ("sort",),
    "include": ("fields",),
    "select": ("fields",),
    "page": ("cursor",),
    "offset": ("cursor",),
    "after": ("cursor",),
    "per_page": ("limit",),
    "page_size": ("limit",),
    "size": ("limit",),
    "rows": ("limit",),
    "total": ("count",),
}


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the known name that a caller may have meant, by its spelling, or null."""
    found = difflib.get_close_matches(name.lower()[:100], sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def meant(name: str, known: Collection[str]) -> list[str]:
    """Return the known parameters that a caller may have meant, also in other systems' words."""
    words = [word for word in OTHER_WORDS.get(name.lower(), ()) if word in known]
    found = nearest(name, known)
    return words or ([found] if found else [])


def code_meant(code: str, terms: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the code that a caller may have meant: another system's code or a label for it, or the nearest."""
    listed = list(terms)
    for term in listed:
        if code.lower() in {term["code"].lower(), term["label"].lower(), *map(str.lower, term["crosswalk"].values())}:
            return str(term["code"])
    return nearest(code, [str(term["code"]) for term in listed])
