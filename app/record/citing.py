"""Why this file exists: every record says how it is cited, by a line to copy and as data for reference managers; pure.

A citation names one revision: its permalink, its number, and the instant at which it was recorded. The data are one
item of CSL-JSON (the format of citation managers, schema 1.0.2), in which what is not known is left out. Names stand as
the text names them and are never taken apart, since nobody said which part is the family's. Addresses are paths of the
API, as all addresses in documents are: a client puts the server that it asked before them.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Any

from app.kit import dates, ids
from app.kit.canonical import JSON

ARCHIVE = "Onrecord"
# Who is named when the annotation itself is cited, as the licence asks.
CONTRIBUTORS = "Onrecord contributors"
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_UNSURE = re.compile("[?~%]")
# Months and days that are written as not specified say no more than leaving them out.
_UNSPECIFIED = re.compile("(-XX)+$")


def permalink(record_id: str, version: int) -> str:
    """Return the path at which a revision of a record can always be read again."""
    return f"/v1/{ids.PLURALS[ids.type_of(record_id)]}/{record_id}/revisions/{version}"


def cite(record_id: str, lived: JSON, words: str, item: JSON) -> JSON:
    """Return a record's citation: `words` say what is cited, `item` as data; `lived` is how its document ends.

    In the item, null and empty lists mean that something is not known.
    """
    version, at = lived["version"], lived["changed_at"]
    url = permalink(record_id, version)
    known = {name: value for name, value in item.items() if value not in (None, [])}
    return {
        "text": f"{words} {ARCHIVE} {record_id}, version {version} ({at[:10]}).",
        "url": url,
        "recorded_at": at,
        "csl": {"id": f"{record_id}-{version}", **known, "archive": ARCHIVE, "version": str(version), "URL": url},
    }


def cite_ours(record_id: str, lived: JSON, title: str, words: str, lang: str | None, **more: Any) -> JSON:
    """Return the citation of what nobody but Onrecord says: a place, an actor, a list of codes."""
    item = {
        "type": "entry",
        "title": title,
        "container-title": ARCHIVE,
        "publisher": CONTRIBUTORS,
        "issued": issued(lived["changed_at"][:10]),
        "language": lang,
        **more,
    }
    return cite(record_id, lived, words, item)


def names(labels: Iterable[str | None]) -> list[JSON]:
    """Return names as the text gives them, each once."""
    return [{"literal": label} for label in dict.fromkeys(labels) if label]


def issued(edtf: str, text: str | None = None) -> JSON:
    """Return an uncertain date for a reference manager: what is certain of it as parts, else its words.

    `circa` says that it is known less exactly than the parts look.
    """
    plain = _UNSURE.sub("", edtf)
    ends = [_POINT.fullmatch(_UNSPECIFIED.sub("", one)) for one in plain.split("/")]
    if all(ends):
        parts = [[int(part) for part in end.groups() if part] for end in ends if end]
        return {"date-parts": parts, "circa": True} if plain != edtf else {"date-parts": parts}
    earliest, latest = dates.bounds(edtf)
    shared = _shared(earliest, latest) if earliest and latest and len(ends) == 1 else []
    return {"date-parts": [shared], "circa": True} if shared else {"literal": text or dates.display(edtf)}


def _shared(earliest: date, latest: date) -> list[int]:
    """Return the year, month and day that two days have in common, as far as they have them."""
    pairs = zip(earliest.timetuple()[:3], latest.timetuple()[:3], strict=True)
    return [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
