"""Why this file exists: from entries as a person writes them to drafts as the desk takes them.

References by key become ids; what the report says once (publisher, reporters) is added to the chain of each of its
claims; the figures that stand under their claim become records of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.actors.schemas import ActorDraft
from app.claims.schemas import ClaimDraft
from app.crises.schemas import CrisisDraft
from app.figures.schemas import FigureDraft
from app.kit import ids
from app.kit.errors import Fault, InvalidInput
from app.kit.schema import Draft
from app.places.schemas import PlaceDraft
from app.relations.schemas import RelationDraft
from app.reports.schemas import ReportDraft
from app.seeding.source import Entry, SeedFault, read
from app.vocabulary.schemas import VocabularyDraft

DRAFTS: dict[str, type[Draft]] = {
    "vocabulary": VocabularyDraft,
    "place": PlaceDraft,
    "actor": ActorDraft,
    "crisis": CrisisDraft,
    "report": ReportDraft,
    "claim": ClaimDraft,
    "figure": FigureDraft,
    "relation": RelationDraft,
}
KEY = re.compile(r"[a-z]{3,8}", re.ASCII)
# The fields by which an entry refers to another by key, and the lists of keys.
REFERENCES = frozenset({"actor", "publisher", "crisis", "said_in", "parent", "claim", "report"})
# What a report's entry says for the publisher hop of all its claims; a renamed actor never rewrites it.
PUBLISHER_LABEL = "publisher_label"
REFERENCE_LISTS = frozenset({"places", "inputs"})


@dataclass
class Seeded:
    """One record as the seed has it."""

    type: str
    id: str
    draft: Draft
    entry: Entry
    where: str = ""

    def fault(self, fault: Fault) -> SeedFault:
        """Return a fault at the line of the file where its part stands."""
        return self.entry.fault(Fault(self.where + fault.pointer, fault.detail, fault.code))


class Folder:
    """The seed folder, read and checked as a whole before anything is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._keys: dict[str, str] = {}
        self._lists: set[str] = set()
        self._read: set[Path] = set()
        self.faults: list[SeedFault] = []
        self._entries: list[tuple[str, Entry, dict[str, Any]]] = []

    def read(self) -> list[Seeded]:
        """Return every record in the order in which it can be written; raises SeedFault naming every fault."""
        self._collect()
        records: list[Seeded] = []
        for record_type, entry, context in self._entries:
            records += self._records(record_type, entry, context)
        if self.faults:
            raise SeedFault("\n".join(str(fault) for fault in self.faults))
        order = list(DRAFTS)
        return sorted(records, key=lambda one: order.index(one.type))

    def _collect(self) -> None:
        """Read every file, and learn every key; a file that would be passed over is a fault."""
        files = {path for path in self.root.rglob("*.y*ml") if path.is_file()}
        self._read_files()
        for path in sorted(files - self._read):
            self.faults.append(
                SeedFault(f"{path.relative_to(self.root).as_posix()}: expected no file of this name here")
            )

    def _read_files(self) -> None:
        for path in sorted((self.root / "vocabularies").glob("*.yaml")):
            self._add("vocabulary", path, {})
        for record_type, name in (("place", "places"), ("actor", "actors"), ("crisis", "crises")):
            self._add(record_type, self.root / f"{name}.yaml", {})
        for path in sorted((self.root / "reports").glob("*/report.yaml")):
            context: dict[str, Any] = {}
            self._add("report", path, context)
            for claims in sorted((path.parent / "claims").glob("*.yaml")):
                self._add("claim", claims, context)
            relations = path.parent / "relations.yaml"
            if relations.exists():
                self._add("relation", relations, context)

    def _add(self, record_type: str, path: Path, context: dict[str, Any]) -> None:
        self._read.add(path)
        try:
            entries = read(path, self.root)
        except FileNotFoundError:
            self.faults.append(SeedFault(f"{path.name}: expected this file in the seed folder"))
            return
        except SeedFault as fault:
            self.faults.append(fault)
            return
        for entry in entries:
            if record_type == "report":
                context["report"] = entry.value
            self._learn(record_type, entry, entry.value, "")
            if record_type == "claim":
                for index, figure in enumerate(_maps(entry.value.get("figures"))):
                    self._learn("figure", entry, figure, f"/figures/{index}")
            self._entries.append((record_type, entry, context))

    def _learn(self, record_type: str, entry: Entry, value: dict[str, Any], where: str) -> None:
        if record_type == "vocabulary":
            name = str(value.get("name"))
            if name in self._lists:
                self.faults.append(entry.fault(Fault("/name", "expected a name that no other vocabulary has")))
            self._lists.add(name)
            return
        key = value.get("key")
        if not isinstance(key, str) or not KEY.fullmatch(key):
            self.faults.append(entry.fault(Fault(f"{where}/key", "expected a key of 3 to 8 small letters")))
        elif key in self._keys:
            self.faults.append(entry.fault(Fault(f"{where}/key", "expected a key that no other entry has")))
        else:
            self._keys[key] = ids.seeded_id(record_type, key)

    def _records(self, record_type: str, entry: Entry, context: dict[str, Any]) -> Iterator[Seeded]:
        """Yield the record of an entry, and a claim's figures."""
        value = dict(entry.value)
        if record_type == "vocabulary":
            yield from self._parse(record_type, str(value.get("name")), _vocabulary(value), entry, "")
            return
        key = str(value.pop("key", ""))
        figures: list[dict[str, Any]] = []
        if record_type == "claim":
            figures = self._figures(value.pop("figures", None), entry)
            self._refuse("report", value, entry, "")
            value = _claim(value, context.get("report", {}))
        if record_type == "report" and value.pop(PUBLISHER_LABEL, None) is None:
            expected = "expected the words by which the report itself names its publisher"
            self.faults.append(entry.fault(Fault(f"/{PUBLISHER_LABEL}", expected)))
        if record_type == "place":
            value["names"] = _listed(value.get("names"), "lang", "name")
        yield from self._parse(record_type, key, self._resolved(value, record_type, entry, ""), entry, "")
        for index, figure in enumerate(figures):
            where = f"/figures/{index}"
            self._refuse("claim", figure, entry, where)
            plain = {name: one for name, one in figure.items() if name != "key"}
            resolved = self._resolved({**plain, "claim": key}, "figure", entry, where)
            yield from self._parse("figure", str(figure.get("key")), resolved, entry, where)

    def _figures(self, value: Any, entry: Entry) -> list[dict[str, Any]]:
        """Return a claim's figures; what is no list of maps is refused, never left out."""
        figures = _maps(value)
        if value is not None and figures != value:
            self.faults.append(entry.fault(Fault("/figures", "expected a list of maps, one for each figure")))
        return figures

    def _refuse(self, name: str, value: dict[str, Any], entry: Entry, where: str) -> None:
        if name in value:
            detail = f"expected no {name}, which follows from where the entry stands"
            self.faults.append(entry.fault(Fault(f"{where}/{name}", detail)))

    def _parse(self, record_type: str, key: str, value: Any, entry: Entry, where: str) -> Iterator[Seeded]:
        try:
            draft = DRAFTS[record_type].parse(value)
        except InvalidInput as error:
            self.faults += [entry.fault(Fault(where + one.pointer, one.detail, one.code)) for one in error.faults]
            return
        yield Seeded(record_type, ids.seeded_id(record_type, key), draft, entry, where)

    # --- keys to ids -------------------------------------------------------------------------------------------------

    def _resolved(self, value: Any, record_type: str, entry: Entry, where: str) -> Any:
        """Return a value in which every reference by key is an id."""
        if isinstance(value, list):
            return [self._resolved(one, record_type, entry, f"{where}/{index}") for index, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        found = {}
        for name, one in value.items():
            pointer = f"{where}/{name}"
            if _is_reference(name, one, record_type):
                found[name] = self._id(one, entry, pointer)
            elif name in REFERENCE_LISTS and isinstance(one, list):
                found[name] = [self._id(key, entry, f"{pointer}/{index}") for index, key in enumerate(one)]
            else:
                found[name] = self._resolved(one, record_type, entry, pointer)
        return found

    def _id(self, key: Any, entry: Entry, pointer: str) -> Any:
        if isinstance(key, str) and key in self._keys:
            return self._keys[key]
        self.faults.append(entry.fault(Fault(pointer, "expected the key of an entry of the seed")))
        return key


def _is_reference(name: str, value: Any, record_type: str) -> bool:
    """Whether a field holds the key of another entry."""
    if not isinstance(value, str):
        return False
    if name in REFERENCES:
        return True
    return (record_type == "figure" and name == "place") or (record_type == "relation" and name in ("from", "to"))


def _maps(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _vocabulary(value: dict[str, Any]) -> dict[str, Any]:
    """Return a vocabulary whose crosswalks are lists; what has another form is left for validation to find."""
    terms = value.get("terms")
    if not isinstance(terms, list):
        return value
    return {**value, "terms": [_term(one) for one in terms]}


def _term(term: Any) -> Any:
    if not isinstance(term, dict):
        return term
    return {**term, "crosswalk": _listed(term.get("crosswalk"), "system", "value")}


def _listed(value: Any, key: str, item: str) -> Any:
    """Return a map as a list of pairs, as bodies have it."""
    if value is None:
        return []
    return [{key: name, item: one} for name, one in value.items()] if isinstance(value, dict) else value


def _claim(value: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
    """Return a claim with its report, and with the hops that its report says once for all claims."""
    stated = value.get("attribution")
    hops = (stated.get("chain") or []) if isinstance(stated, dict) else None
    if not isinstance(stated, dict) or not isinstance(hops, list):
        return {**value, "report": report.get("key")}
    attribution = dict(stated)
    publisher = {
        "role": "publisher",
        "actor": report.get("publisher"),
        "label": report.get(PUBLISHER_LABEL),
        "medium": "news_report",
    }
    chain = list(hops)
    if attribution.get("form") == "narration" and not chain:
        attribution.setdefault("identification", "named")
        chain = [{**publisher, "role": "originator"}]
    chain.append(publisher)
    for one in _maps(report.get("reporters")):
        chain.append({"role": "reporter", **one})
    return {**value, "report": report.get("key"), "attribution": {**attribution, "chain": chain}}
