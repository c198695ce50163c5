"""A small seed folder to write, break and change: one entry of each noun, in a few lines of YAML."""

from pathlib import Path
from typing import Any

import yaml

from app.claims.appearances import digest, segment

TEXT = "A Title\n\nAbout 40 people left the town, a doctor said. They were tired.\n"
LINE = "About 40 people left the town"


def _locator(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"edition": 1, "part": "body", "paragraph": 2, "segments": [segment(TEXT, start, start + len(words))]}


def _figure(key: str, **changes: Any) -> dict[str, Any]:
    base = {"key": key, "text": "about 40 people", "measure": "people_left", "measure_basis": "stated"}
    number = {"reported": "About 40", "quantifier": "approximately", "value": "40", "unit": "person"}
    where = {"place": "ccc", "place_basis": "stated", "appearance": _locator("About 40"), "sensitivity": "low"}
    return {**base, **number, **where, **changes}


def _claim(key: str, **changes: Any) -> dict[str, Any]:
    doctor = {"role": "originator", "actor": None, "label": "a doctor", "source_ref": "s1", "medium": "unspecified"}
    said = {"form": "indirect_quote", "identification": "described", "chain": [doctor]}
    base = {"key": key, "kind": "factual_report", "statement": "People left.", "lang": "en", "themes": ["flight"]}
    where = {"places": ["ccc"], "attribution": said, "appearances": [_locator(LINE)], "sensitivity": "low"}
    return {**base, **where, **changes}


def _list(name: str, *codes: str, **more: Any) -> dict[str, Any]:
    terms = [{"code": one, "label": one, "definition": one, "ours": True, **more} for one in codes]
    return {"name": name, "label": name, "lang": "en", "definition": name, "source": "ours", "terms": terms}


def small() -> dict[str, Any]:
    """Return the files of a lawful seed: {path: value}."""
    edition = {"n": 1, "retrieved_at": None, "url": "https://example.org/a", "sha256": digest(TEXT)}
    return {
        "vocabularies/theme.yaml": _list("theme", "flight"),
        "vocabularies/measure.yaml": _list("measure", "people_left", kind="flow", crosswalk={"other": "LEFT"}),
        "vocabularies/unit.yaml": _list("unit", "person"),
        "vocabularies/report_format.yaml": _list("report_format", "news"),
        "places.yaml": [
            {"key": "bbb", "slug": "aland", "name": "Aland", "names": {"ar": "بلد"}, "lang": "en", "kind": "country",
             "country": "SYR", "informal": False},
            {"key": "ccc", "slug": "atown", "name": "A Town", "lang": "en", "kind": "area", "country": "SYR",
             "parent": "bbb", "informal": True},
        ],
        "actors.yaml": [
            {"key": "ddd", "kind": "media", "name": "A Paper", "slug": "a-paper", "lang": "en"},
            {"key": "fff", "kind": "person", "name": "A Reporter", "lang": "en"},
        ],
        "crises.yaml": [
            {"key": "ggg", "slug": "a-crisis", "name": "A Crisis", "lang": "en", "type": "conflict", "status": "past",
             "dates": {"edtf": "2016", "basis": "stated"}, "places": ["bbb"]},
        ],
        "reports/one/report.yaml": {
            "key": "hhh", "slug": "a-report", "crisis": "ggg", "title": "A Title", "lang": "en", "summary": "It says.",
            "report_format": "news", "publisher": "ddd", "publisher_label": "A Paper",
            "reporters": [{"actor": "fff", "label": "A Reporter"}],
            "published": {"edtf": "2016-12-14", "basis": "stated"}, "url": "https://example.org/a",
            "editions": [{**edition, "length": len(TEXT), "paragraphs": 2}], "themes": ["flight"], "places": ["ccc"],
            "licence": "Its publisher's.", "sensitivity": "low",
        },
        "reports/one/claims/01.yaml": [
            _claim("jjj", figures=[_figure("kkk")]),
            _claim("lll", statement="They were tired.", appearances=[_locator("They were tired")],
                   attribution={"form": "narration", "identification": "named"}),
        ],
        "reports/one/relations.yaml": [
            {"key": "mmm", "type": "corroborates", "from": "lll", "to": "jjj", "role": "seed", "reason": "Both."},
        ],
    }  # fmt: skip


def write(folder: Path, files: dict[str, Any]) -> Path:
    """Write files, values as YAML and texts as they are, and return the folder."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        path.write_text(content, encoding="utf-8")
    return folder


def with_text(folder: Path) -> Path:
    """Write the report's text and return its folder."""
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    return texts
