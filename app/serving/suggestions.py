"""Why this file exists: whoever writes a wrong word is told the right one, also when it is another system's word.

Suggestions are for names of parameters and for codes of vocabularies, which everybody may know; never for records.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

# What other systems call our parameters; a suggestion, never a silent translation.
OTHER_WORDS = {
    "source": ("publisher", "voice"),
    "iso3": ("country",),
    "location_code": ("country",),
    "admin1_code": ("place",),
    "admin2_code": ("place",),
    "speaker": ("originator",),
    "updated_since": ("changed_from",),
    "indicator": ("measure",),
    "glide": ("crisis",),
    "author": ("reporter",),
    "page": ("cursor",),
    "offset": ("cursor",),
    "per_page": ("limit",),
    "page_size": ("limit",),
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
