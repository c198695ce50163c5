"""Why this file exists: the seed's locators are held against the article's text wherever that text is at hand.

The text is not part of the project. Without it a locator's shape and bounds are still checked by the desk; with it
every digest is, and every figure's reported words are looked for at the place that is given for them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.claims.appearances import of_claim, paragraphs, text_faults, words_faults
from app.kit.errors import Fault
from app.seeding.entries import Seeded


def texts_at_hand(records: Iterable[Seeded], folder: Path | None) -> dict[tuple[str, int], str]:
    """Return {(report id, edition): text} of every edition whose exact bytes are a file of the folder."""
    found = {}
    files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    by_digest = {}
    for path in files:
        if path.is_file():
            content = path.read_bytes()
            by_digest[hashlib.sha256(content).hexdigest()] = content
    for record in _of_type(records, "report"):
        for edition in record.draft.model_dump(mode="json")["editions"]:
            if edition["sha256"] in by_digest:
                found[record.id, edition["n"]] = by_digest[edition["sha256"]].decode("utf-8")
    return found


def unread_editions(records: Iterable[Seeded], texts: Mapping[tuple[str, int], str]) -> list[str]:
    """Return the editions whose text is not at hand, as `slug, edition n`."""
    missing = []
    for record in _of_type(records, "report"):
        body = record.draft.model_dump(mode="json")
        wanted = [edition["n"] for edition in body["editions"] if (record.id, edition["n"]) not in texts]
        missing += [f"{body['slug']}, edition {n}" for n in wanted]
    return missing


def locator_faults(records: list[Seeded], texts: Mapping[tuple[str, int], str]) -> Iterator[tuple[Seeded, Fault]]:
    """Yield every locator whose digests, paragraph or reported words are not those of a text at hand."""
    for record in _of_type(records, "report"):
        yield from ((record, fault) for fault in _edition_faults(record, texts))
    report_of = {one.id: one.draft.model_dump(mode="json")["report"] for one in _of_type(records, "claim")}
    for record in records:
        if record.type not in ("claim", "figure"):
            continue
        body = record.draft.model_dump(mode="json")
        report = report_of[record.id] if record.type == "claim" else report_of.get(body["claim"], "")
        for pointer, one in _locators(record.type, body):
            text = texts.get((report, one["edition"]))
            if text is None:
                continue
            faults = list(text_faults(one, text, pointer))
            if record.type == "figure" and not faults:
                faults = list(words_faults(body["reported"], one, text, "/reported"))
            yield from ((record, fault) for fault in faults)


def _edition_faults(record: Seeded, texts: Mapping[tuple[str, int], str]) -> Iterator[Fault]:
    """Yield what an edition says of its text that is not so."""
    for index, edition in enumerate(record.draft.model_dump(mode="json")["editions"]):
        text = texts.get((record.id, edition["n"]))
        if text is None:
            continue
        for name, real in (("length", len(text)), ("paragraphs", len(paragraphs(text)))):
            if edition[name] != real:
                yield Fault(f"/editions/{index}/{name}", f"expected {real}, as the text has it", "measure")


def _of_type(records: Iterable[Seeded], record_type: str) -> list[Seeded]:
    return [record for record in records if record.type == record_type]


def _locators(record_type: str, body: dict[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if record_type == "claim":
        return of_claim(body)
    return [("/appearance", body["appearance"])] if body["appearance"] else []
