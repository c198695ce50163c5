"""The promise: YAML is read as a person means it, and what is wrong is told with file, line and path."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.errors import Fault
from app.seeding.source import SeedFault, read
from tests.seeding.folders import write


def value(tmp_path: Path, content: str) -> Any:
    (entry,) = read(write(tmp_path, {"a.yaml": content}) / "a.yaml", tmp_path)
    return entry.value


SCALARS: list[tuple[str, Any]] = [
    ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("No", "No"), ("YES", "YES"), ("Off", "Off"),
    ("'True'", "True"), ('"NULL"', "NULL"), ("TrUe", "TrUe"), ("True story", "True story"),
    ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
    ("2016-12-12", "2016-12-12"), ("2016-12-12T10:00:00Z", "2016-12-12T10:00:00Z"), ("12:30:45", "12:30:45"),
    ("0", 0), ("7", 7), ("-7", -7), ("100000", 100000), ("007", "007"), ("0x1F", "0x1F"), ("0o17", "0o17"),
    ("1_000", "1_000"), ("1.5", "1.5"), ("1e3", "1e3"), (".inf", ".inf"), ("+7", "+7"), ("٣", "٣"),
    ("12345678901234567", "12345678901234567"), ("'7'", "7"), ('"true"', "true"), ("'null'", "null"), ("''", ""),
    ("NaN", "NaN"), ("SY02", "SY02"), ("almost 6,000", "almost 6,000"), ("<<", "<<"), ("=", "="),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), SCALARS, ids=[repr(row[0]) for row in SCALARS])
def test_a_scalar_is_what_it_looks_like(tmp_path: Path, written: str, meant: Any) -> None:
    """Nobody's `no` becomes false, no date an object, no digits another base, and nothing a float."""
    found = value(tmp_path, f"key: {written}\n")["key"]
    assert found == meant
    assert type(found) is type(meant)


def test_folded_text_ends_where_its_words_end(tmp_path: Path) -> None:
    """`>-` and `>` mean the same to whoever writes them."""
    for style in (">-", ">", "|-", "|", "|+"):
        assert value(tmp_path, f"key: {style}\n  One line.\n")["key"] == "One line."


BAD: list[tuple[str, str, str]] = [
    ("a key twice", "key: a\nname: b\nkey: c\n", "a.yaml:3: : expected every key to be text, and to stand once"),
    ("a key twice, deep", "key: a\nmore:\n  - {n: 1, n: 2}\n", "a.yaml:3: /more/0: expected every key"),
    ("a list as a key", "? [a, b]\n: c\n", "a.yaml:1: : expected every key to be text"),
    ("no map", "- just words\n", "a.yaml:1: expected a map"),
    ("a list in a list", "- {key: a}\n- [b]\n", "a.yaml:2: expected a map"),
    ("nothing", "# only a comment\n", "a.yaml:1: expected at least one entry"),
    ("an open quotation", "key: 'a\n", "a.yaml:2: "),
    ("a tab", "key:\n\t- a\n", "a.yaml:2: "),
    ("two documents", "key: a\n---\nkey: b\n", "a.yaml:2: "),
    ("an unknown alias", "key: *a\n", "a.yaml:1: "),
    ("an entry inside itself", "key: &a [*a]\n", "a.yaml:1: expected entries that do not contain themselves"),
    ("half a character", 'key: "\\ud800"\n', "a.yaml:1: "),
    ("a bare NUL", 'key: "a\x00b"\n', "a.yaml:1: "),
]


@pytest.mark.parametrize(("what", "content", "told"), BAD, ids=[row[0] for row in BAD])
def test_a_file_that_is_no_seed_is_refused_at_its_line(tmp_path: Path, what: str, content: str, told: str) -> None:
    """File and line, and what was expected."""
    with pytest.raises(SeedFault) as caught:
        value(tmp_path, content)
    assert str(caught.value).startswith(told), what


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    """Seed files are UTF-8."""
    (tmp_path / "a.yaml").write_bytes("key: Aléppo\n".encode("latin-1"))
    with pytest.raises(SeedFault, match=r"^a\.yaml:1: expected YAML in UTF-8"):
        read(tmp_path / "a.yaml", tmp_path)


def test_a_fault_is_told_at_the_line_of_its_part(tmp_path: Path) -> None:
    """The nearest part that exists gives the line; the path says which."""
    content = "- key: a\n\n- key: b\n  more:\n    - n: 1\n    - n: 2\n"
    _, entry = read(write(tmp_path, {"a.yaml": content}) / "a.yaml", tmp_path)
    for pointer, line in (("/more/1/n", 6), ("/more/1/left", 6), ("/left", 3), ("", 3), ("/more/7", 5)):
        assert str(entry.fault(Fault(pointer, "expected more"))) == f"a.yaml:{line}: b{pointer}: expected more"


@given(content=st.text(alphabet="ab:- \n'\"[]{}#&*!|>,?0~\t<%@`", max_size=40))
def test_nothing_that_is_written_is_more_than_a_fault(tmp_path: Path, content: str) -> None:
    """Whatever stands in a file: entries, or one clear line; never a traceback."""
    path = write(tmp_path, {"a.yaml": content}) / "a.yaml"
    told = ""
    try:
        assert all(isinstance(entry.value, dict) for entry in read(path, tmp_path))
    except SeedFault as fault:
        told = str(fault)
    assert not told or told.startswith("a.yaml:")


@pytest.mark.parametrize("word", ["Null", "NULL", "True", "TRUE", "False", "FALSE"])
def test_a_word_that_could_be_meant_either_way_is_refused(tmp_path: Path, word: str) -> None:
    """Whoever writes `True` is asked which of the two it is, at its line."""
    told = "write null, true or false in small letters, or quote the word"
    for content, where in ((f"key: a\nname: {word}\n", "/name"), (f"key: a\nmore: [b, {word}]\n", "/more/1")):
        with pytest.raises(SeedFault) as caught:
            value(tmp_path, content)
        assert str(caught.value) == f"a.yaml:2: {where}: {told}"
