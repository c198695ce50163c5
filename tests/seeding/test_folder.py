"""The promise: the seed folder is checked as a whole: every fault at once, by file, line and path; none left out."""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import ids
from app.seeding.entries import Folder, Seeded
from app.seeding.seed import read_seed
from app.seeding.source import SeedFault
from tests.seeding.folders import small, with_text, write
from tests.support.refusals import leaves, objects

CLAIMS, REPORT = "reports/one/claims/01.yaml", "reports/one/report.yaml"


def records(tmp_path: Path, files: dict[str, Any]) -> list[Seeded]:
    return Folder(write(tmp_path / "seed", files)).read()


def told(tmp_path: Path, files: dict[str, Any], texts: Path | None = None) -> list[str]:
    """Return the lines that a seed folder is refused with."""
    with pytest.raises(SeedFault) as caught:
        read_seed(write(tmp_path / "seed", files), texts)
    return str(caught.value).splitlines()


def test_a_small_seed_is_read(tmp_path: Path) -> None:
    """Keys become ids, what the report says once stands in every chain, and figures become records."""
    found = {one.id: one.draft.model_dump(mode="json") for one in records(tmp_path, small())}
    key = ids.seeded_id
    claim, narration, figure = (found[key(kind, name)] for kind, name in
                                (("claim", "jjj"), ("claim", "lll"), ("figure", "kkk")))  # fmt: skip
    paper, writer = key("actor", "ddd"), key("actor", "fff")
    chain = [(hop["role"], hop["actor"], hop["label"], hop["position"]) for hop in claim["attribution"]["chain"]]
    carriers = [("publisher", paper, "A Paper", 2), ("reporter", writer, "A Reporter", 3)]
    assert chain == [("originator", None, "a doctor", 1), *carriers]
    own = [(hop["role"], hop["actor"], hop["label"], hop["position"]) for hop in narration["attribution"]["chain"]]
    assert own == [("originator", paper, "A Paper", 1), *carriers]
    assert (figure["claim"], figure["place"]) == (key("claim", "jjj"), key("place", "ccc"))
    assert (claim["report"], claim["places"]) == (key("report", "hhh"), [key("place", "ccc")])
    assert found[key("relation", "mmm")]["to"] == key("claim", "jjj")
    assert found[key("place", "bbb")]["names"] == [{"lang": "ar", "name": "بلد"}]
    terms = found[key("vocabulary", "measure")]["terms"]
    assert terms[0]["crosswalk"] == [{"system": "other", "value": "LEFT"}]
    assert len(found) == 14


Edit = Callable[[dict[str, Any]], Any]
CASES: list[tuple[str, Edit, str]] = [
    ("an unknown field", lambda f: f[CLAIMS][0].update(hue=1), rf"{CLAIMS}:\d+: jjj/hue: Extra inputs"),
    ("an unknown field of a figure", lambda f: f[CLAIMS][0]["figures"][0].update(hue=1),
     rf"{CLAIMS}:\d+: jjj/figures/0/hue: Extra inputs"),
    ("a field with another type", lambda f: f["places.yaml"][0].update(informal="no"), r"places\.yaml:9: bbb/informal"),
    ("a key with capitals", lambda f: f["actors.yaml"][1].update(key="Fff"), r"actors\.yaml:6: Fff/key: .* small "),
    ("a key too short", lambda f: f["actors.yaml"][1].update(key="ff"), r"actors\.yaml:6: ff/key: "),
    ("a key that is a number", lambda f: f["actors.yaml"][1].update(key=7), r"actors\.yaml:6: 7/key: "),
    ("no key", lambda f: f["crises.yaml"][0].pop("key"), r"crises\.yaml:1: A Crisis/key: expected a key"),
    ("a key twice", lambda f: f[CLAIMS][1].update(key="jjj"), rf"{CLAIMS}:\d+: jjj/key: .* no other entry has"),
    ("a figure's key twice", lambda f: f[CLAIMS][0]["figures"][0].update(key="bbb"),
     rf"{CLAIMS}:\d+: jjj/figures/0/key: .* no other entry has"),
    ("an unknown reference", lambda f: f[CLAIMS][0].update(places=["zzz"]),
     rf"{CLAIMS}:\d+: jjj/places/0: expected the key of an entry"),
    ("an unknown actor", lambda f: f[CLAIMS][0]["attribution"]["chain"][0].update(actor="zzz"),
     rf"{CLAIMS}:\d+: jjj/attribution/chain/0/actor: expected the key of an entry"),
    ("a reference to another noun", lambda f: f["crises.yaml"][0].update(places=["ddd"]),
     r"crises\.yaml:\d+: ggg/places/0: String should match"),
    ("a map where a key belongs", lambda f: f["crises.yaml"][0].update(places=[{"a": "b"}]),
     r"crises\.yaml:\d+: ggg/places/0: expected the key"),
    ("an unknown end of a relation", lambda f: f["reports/one/relations.yaml"][0].update({"from": "zzz"}),
     r"reports/one/relations\.yaml:3: mmm/from: expected the key"),
    ("figures that are no list", lambda f: f[CLAIMS][0].update(figures=f[CLAIMS][0]["figures"][0]),
     rf"{CLAIMS}:\d+: jjj/figures: expected a list of maps"),
    ("a figure that is no map", lambda f: f[CLAIMS][0]["figures"].append("oops"),
     rf"{CLAIMS}:\d+: jjj/figures: expected a list of maps"),
    ("a claim that names its report", lambda f: f[CLAIMS][0].update(report="hhh"),
     rf"{CLAIMS}:\d+: jjj/report: expected no report"),
    ("a figure that names its claim", lambda f: f[CLAIMS][0]["figures"][0].update(claim="lll"),
     rf"{CLAIMS}:\d+: jjj/figures/0/claim: expected no claim"),
    ("no attribution", lambda f: f[CLAIMS][0].pop("attribution"), rf"{CLAIMS}:1: jjj/attribution: Field required"),
    ("an attribution in words", lambda f: f[CLAIMS][0].update(attribution="x"), rf"{CLAIMS}:\d+: jjj/attribution:"),
    ("a chain in words", lambda f: f[CLAIMS][0]["attribution"].update(chain="a doctor"),
     rf"{CLAIMS}:\d+: jjj/attribution/chain: "),
    ("a number as a number", lambda f: f[CLAIMS][0]["figures"][0].update(value=40),
     rf"{CLAIMS}:\d+: jjj/figures/0/value: Input should be a valid string"),
    ("a forbidden bound", lambda f: f[CLAIMS][0]["figures"][0].update(upper="50"),
     rf"{CLAIMS}:\d+: jjj/figures/0/upper: .*expected no upper bound"),
    ("names that are a list", lambda f: f["places.yaml"][0].update(names=["a"]), r"places\.yaml:\d+: bbb/names/0: "),
    ("a term that is no map", lambda f: f["vocabularies/unit.yaml"]["terms"].append("oops"),
     r"vocabularies/unit\.yaml:\d+: unit/terms/1: "),
    ("a crosswalk that is a list", lambda f: f["vocabularies/unit.yaml"]["terms"][0].update(crosswalk=["a"]),
     r"vocabularies/unit\.yaml:\d+: unit/terms/0/crosswalk/0: "),
    ("a vocabulary twice", lambda f: f.update({"vocabularies/z.yaml": f["vocabularies/unit.yaml"]}),
     r"vocabularies/z\.yaml:1: unit/name: .* no other vocabulary has"),
    ("a report that does not name its publisher", lambda f: f["reports/one/report.yaml"].pop("publisher_label"),
     r"reports/one/report\.yaml:1: hhh/publisher_label: expected the words"),
    ("a file by another name", lambda f: f.update({"actor.yml": []}), r"actor\.yml: expected no file of this name"),
    ("a missing file", lambda f: f.pop("crises.yaml"), r"crises\.yaml: expected this file"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "edit", "line"), CASES, ids=[row[0] for row in CASES])
def test_a_fault_is_told_with_file_line_path_and_expectation(tmp_path: Path, what: str, edit: Edit, line: str) -> None:
    """Whoever wrote it finds it again; nothing that stands in a file is silently left out."""
    files = small()
    edit(files)
    lines = told(tmp_path, files)
    assert any(re.match(line, one) for one in lines), (what, lines)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Faults in several files, of several kinds, and several in one entry."""
    files = small()
    files["places.yaml"][1]["kind"] = "village"
    files["actors.yaml"][0]["lang"] = "English"
    files[CLAIMS][0].update(kind="rumour", sensitivity="none", places=["zzz"])
    files[CLAIMS][1]["lang"] = 7
    files["vocabularies/theme.yaml"] = "name: a\nname: b\n"
    lines = told(tmp_path, files)
    for path in ("ccc/kind", "ddd/lang", "jjj/kind", "jjj/sensitivity", "jjj/places/0", "lll/lang"):
        assert any(f" {path}: " in one for one in lines), path
    assert any(one.startswith("vocabularies/theme.yaml:2: ") for one in lines)


JUNK: list[Any] = [None, True, 7, -1, "", "x", "no", [], ["x"], {}, {"x": "y"}, [[]], [{}], "2016-12-12", 10**15]


@given(data=st.data())
def test_whatever_stands_in_the_seed_it_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    """Any part of any file replaced by anything, or dropped: records, or lines of faults; no traceback."""
    files = small()
    name = data.draw(st.sampled_from(sorted(files)))
    paths = [path for path, _ in leaves(files[name])] + [path for path in objects(files[name]) if path]
    path = data.draw(st.sampled_from(paths))
    part = files[name] = copy.deepcopy(files[name])
    for step in path[:-1]:
        part = part[step]
    if data.draw(st.booleans()) and isinstance(part, dict):
        del part[path[-1]]
    else:
        part[path[-1]] = data.draw(st.sampled_from(JUNK))
    folder = write(tmp_path / "seed", files)
    lines: list[str] = []
    try:
        assert Folder(folder).read()
    except SeedFault as fault:
        lines = str(fault).splitlines()
    assert all(re.match(r"[a-z0-9/_]+(\.yaml)(:\d+)?: ", line) for line in lines)


# --- the text, when it is at hand -------------------------------------------------------------------------------------


def test_locators_are_held_against_the_text_where_it_is_at_hand(tmp_path: Path) -> None:
    """With the text nothing is unread; without it the edition is named as unread, never silently passed."""
    folder = write(tmp_path / "seed", small())
    _, checked = read_seed(folder, with_text(tmp_path))
    assert (checked.unread, checked.locators_checked) == ([], True)
    for elsewhere in (None, tmp_path / "nowhere", folder):
        _, unchecked = read_seed(folder, elsewhere)
        assert (unchecked.unread, unchecked.locators_checked) == (["a-report, edition 1"], False)


def test_a_text_that_is_not_the_editions_is_not_at_hand(tmp_path: Path) -> None:
    """A copy that differs in one byte is another text; the file's name does not matter."""
    texts = with_text(tmp_path)
    (texts / "a.txt").write_bytes((texts / "a.txt").read_bytes() + b"\n")
    _, outcome = read_seed(write(tmp_path / "seed", small()), texts)
    assert outcome.unread == ["a-report, edition 1"]


TEXTUAL: list[tuple[str, Edit, str]] = [
    ("a digest", lambda f: f[CLAIMS][0]["appearances"][0]["segments"][0].update(sha256="0" * 64),
     "jjj/appearances/0/segments/0: the digests are not those of the text"),
    ("an offset", lambda f: f[CLAIMS][0]["appearances"][0]["segments"][0].update(end=40),
     "jjj/appearances/0/segments/0: the digests are not those of the text"),
    ("a paragraph", lambda f: f[CLAIMS][1]["appearances"][0].update(paragraph=1),
     "lll/appearances/0/segments/0: expected it inside paragraph 1"),
    ("a figure's digest", lambda f: f[CLAIMS][0]["figures"][0]["appearance"]["segments"][0].update(sha256="0" * 64),
     "jjj/figures/0/appearance/segments/0: the digests are not those of the text"),
    ("reported words that are not there", lambda f: f[CLAIMS][0]["figures"][0].update(reported="about 40"),
     "jjj/figures/0/reported: the reported words do not stand where the figure is located"),
    ("a cue", lambda f: f[CLAIMS][0]["attribution"]["chain"][0].update(cue={**f[CLAIMS][1]["appearances"][0],
     "paragraph": 1}), "jjj/attribution/chain/0/cue/segments/0: expected it inside paragraph 1"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "edit", "line"), TEXTUAL, ids=[row[0] for row in TEXTUAL])
def test_a_locator_that_is_not_the_texts_is_refused(tmp_path: Path, what: str, edit: Edit, line: str) -> None:
    """Digest, paragraph and reported words, of appearances, cues and figures, each at its file and line."""
    files = small()
    edit(files)
    write(tmp_path / "seed", files)
    (one,) = told(tmp_path, files, with_text(tmp_path))
    assert re.match(rf"{CLAIMS}:\d+: {re.escape(line)}", one), what
    read_seed(tmp_path / "seed", None)
