"""Why this file exists: locators: where a claim stands in a text that is not ours to publish; pure.

Offsets are Unicode code points from the start of the document as received, end exclusive (JavaScript strings count
UTF-16 units: convert). A segment's `sha256` is of exactly its characters in UTF-8, so that whoever holds the same
document can check it; `normalised` is of the same characters after NFC, white space runs to one space, and curly
quotation marks to straight ones, so that whoever holds any copy can slide a window of `length` and check.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.kit.errors import Fault

_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')})
_SPACE = re.compile(r"\s+")
# Code points of the text that are shown before and after a quotation, and what stands for the words left out of one.
CONTEXT = 32
ELLIPSIS = " … "


def normalise(text: str) -> str:
    """Return a text after NFC, white space runs to one space, curly quotation marks to straight ones."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).translate(_QUOTES)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def segment(text: str, start: int, end: int) -> dict[str, Any]:
    """Return the segment of a document's text between two code points; raises ValueError outside of it."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"expected 0 <= start < end <= {len(text)}")
    exact = text[start:end]
    plain = normalise(exact)
    normalised = {"sha256": digest(plain), "length": len(plain)}
    return {"start": start, "end": end, "sha256": digest(exact), "normalised": normalised}


def matches(text: str, one: Mapping[str, Any]) -> bool:
    """Whether a segment is that of a document's text: offsets and both digests."""
    try:
        return segment(text, one["start"], one["end"]) == one
    except ValueError:
        return False


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every line that is not blank; paragraph n is the n-th."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def faults(appearance: Mapping[str, Any], editions: Sequence[Mapping[str, Any]], pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with a locator, given the report's editions; shape and bounds, no text needed."""
    edition = next((one for one in editions if one["n"] == appearance["edition"]), None)
    if edition is None:
        yield Fault(f"{pointer}/edition", "expected the number of an edition of the report", "unknown_edition")
        return
    if (appearance["locator"] == "text") != bool(appearance["segments"]):
        yield Fault(f"{pointer}/segments", "expected segments for a text, and none for a document", "segments")
    paragraph = appearance["paragraph"]
    if paragraph is not None and paragraph > edition["paragraphs"]:
        expected = f"expected at most {edition['paragraphs']}, the paragraphs of the edition"
        yield Fault(f"{pointer}/paragraph", expected, "out_of_bounds")
    last = 0
    for index, one in enumerate(appearance["segments"]):
        where = f"{pointer}/segments/{index}"
        if not one["start"] < one["end"] <= edition["length"]:
            yield Fault(where, f"expected start < end <= {edition['length']}, the edition's length", "out_of_bounds")
        if one["start"] < last:
            yield Fault(where, "expected segments in the order of the text, not overlapping", "out_of_order")
        last = one["end"]


def text_faults(appearance: Mapping[str, Any], text: str, pointer: str) -> Iterator[Fault]:
    """Yield every segment that is not that of the text, or not inside its paragraph."""
    bounds = paragraphs(text)
    paragraph = appearance["paragraph"]
    for index, one in enumerate(appearance["segments"]):
        where = f"{pointer}/segments/{index}"
        if not matches(text, one):
            yield Fault(where, "the digests are not those of the text at these offsets", "digest")
        elif paragraph is not None:
            start, end = bounds[paragraph - 1] if paragraph <= len(bounds) else (0, 0)
            if not start <= one["start"] < one["end"] <= end:
                yield Fault(where, f"expected it inside paragraph {paragraph}", "paragraph")


def of_claim(body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (JSON Pointer, locator) of where a claim stands, and of where its text says who said it."""
    for index, one in enumerate(body["appearances"]):
        yield f"/appearances/{index}", one
    for index, hop in enumerate(body["attribution"]["chain"]):
        if hop["cue"]:
            yield f"/attribution/chain/{index}/cue", hop["cue"]


def words_faults(words: str, appearance: Mapping[str, Any], text: str, pointer: str) -> Iterator[Fault]:
    """Yield a fault at the pointer when words do not stand, as they are, at a locator of the text."""
    located = " ".join(text[one["start"] : one["end"]] for one in appearance["segments"])
    if words not in located:
        yield Fault(pointer, "the reported words do not stand where the figure is located", "reported")


def quote(appearance: Mapping[str, Any], text: str) -> dict[str, str] | None:
    """Return the words at a locator of a text, with what stands round them in their line; null without segments.

    The pieces of a split quotation are joined by an ellipsis; what stands between them may be another's words.
    """
    segments = appearance["segments"]
    if not segments:
        return None
    start, end = segments[0]["start"], segments[-1]["end"]
    return {
        "exact": ELLIPSIS.join(text[one["start"] : one["end"]] for one in segments),
        "prefix": text[max(0, start - CONTEXT) : start].rpartition("\n")[2],
        "suffix": text[end : end + CONTEXT].partition("\n")[0],
    }
