"""Why this file exists: what one document tells of others, pure: whom it shows, and what in it changes by itself."""

import re
from collections.abc import Iterator

from app.kit.canonical import JSON, compact

_IDS = re.compile(rb'"((?:plc|act|crs|rep|clm|fig|rel)_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25})"')
# What a record says of its own life and count; no other document shows it.
LIFE = frozenset({"status", "version", "corrections", "recorded_at", "changed_at", "cite", "counts"})
# The nouns whose documents tell of records that name them: counts, and a claim's figures.
TELLING = frozenset({"actor", "report", "crisis", "claim"})


def shown(body: bytes, own: str) -> list[str]:
    """Return the ids of the other records that a document shows."""
    found = {one.decode() for one in set(_IDS.findall(body))}
    found.discard(own)
    return sorted(found)


def without_quotes(document: JSON) -> JSON:
    """Return a document as a copy keeps it: without the words of the report's text, which belong to its publisher.

    They are shown only while the operator holds the text, and no revision tells of the day on which that ends.
    """
    if document["type"] == "report":
        document["editions"] = [{**one, "held": False} for one in document["editions"]]
    for one in _locators(document):
        one["quote"] = None
    return document


def _locators(document: JSON) -> Iterator[JSON]:
    if document["type"] == "claim":
        yield from document["appearances"]
    if document.get("appearance"):
        yield document["appearance"]
    attributed = [document] if "attribution" in document else []
    if document["type"] == "relation":
        attributed = [document["from"], document["to"]]
    for one in attributed:
        yield from (hop["cue"] for hop in one["attribution"]["chain"] if hop["cue"])


def says_the_same(old: JSON, new: JSON) -> bool:
    """Whether two documents of a record differ only in what no other document shows."""
    return {name: one for name, one in old.items() if name not in LIFE} == {
        name: one for name, one in new.items() if name not in LIFE
    }


def relabelled(old: JSON, new: JSON) -> list[str]:
    """Return the codes of a vocabulary of which documents show something else than before."""
    before = {term["code"]: term for term in old["terms"]}
    after = {term["code"]: term for term in new["terms"]}
    return sorted(code for code in before.keys() & after.keys() if before[code] != after[code])


def mentions(code: str) -> str:
    """Return how a code stands in a document that shows its term, for LIKE."""
    # The spelling of JSON strings; what LIKE takes for a wild card only finds too much.
    return f'%"code":{compact(code).decode()}%'
