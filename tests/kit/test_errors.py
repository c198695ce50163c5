"""Errors promise: one tree, every fault with its place, and texts that a person can act on."""

import pytest
from pydantic import Field, ValidationError

from app.kit import errors
from app.kit.errors import Fault, InvalidInput, OnrecordError
from app.kit.schema import Draft, Label, Lang, Slug, Text, UncertainDate, Url

KINDS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, OnrecordError)]


class Leaf(Draft):
    """A draft in a draft."""

    label: Label


class Tree(Draft):
    """A draft with one of each kind of field."""

    name: Text
    slug: Slug = "a"
    lang: Lang = "en"
    url: Url = "https://example.org/a"
    count: int = 1
    leaves: tuple[Leaf, ...] = ()
    odd: Label | None = Field(default=None, alias="a/b~c")
    date: UncertainDate | None = None


def test_the_tree_is_drawn_completely_at_the_top_of_its_file() -> None:
    """Whoever opens the file sees every error there is."""
    assert [one.__name__ for one in KINDS if one.__name__ not in str(errors.__doc__)] == []
    assert len(KINDS) == str(errors.__doc__).count("── ") + 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_says_what_and_where_a_line_each(kind: type[OnrecordError]) -> None:
    """The same text serves the terminal and the log."""
    error = kind("it is so", (Fault("/a/0", "expected b"), Fault("", "expected c")))
    assert str(error) == "it is so\n  /a/0: expected b\n  /: expected c"


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": " a"}, "/name"),
        ({"name": "a\x00b"}, "/name"),
        ({"name": "a\x7f"}, "/name"),
        ({"name": "a" * 5001}, "/name"),
        ({"name": 1}, "/name"),
        ({"name": "a", "count": "1"}, "/count"),
        ({"name": "a", "count": True}, "/count"),
        ({"name": "a", "count": 1.0}, "/count"),
        ({"name": "a", "slug": "A"}, "/slug"),
        ({"name": "a", "slug": "a\n"}, "/slug"),
        ({"name": "a", "slug": "a--b"}, "/slug"),
        ({"name": "a", "lang": "english"}, "/lang"),
        ({"name": "a", "url": "ftp://example.org"}, "/url"),
        ({"name": "a", "url": "https://example.org/\n"}, "/url"),
        ({"name": "a", "leaves": [{"label": "b"}, {}]}, "/leaves/1/label"),
        ({"name": "a", "leaves": [{"label": "b", "more": 1}]}, "/leaves/0/more"),
        ({"name": "a", "a/b~c": 1}, "/a~1b~0c"),
        ({"name": "a", "date": {"edtf": "2016-13", "basis": "stated"}}, "/date/edtf"),
        ({"name": "a", "date": {"edtf": "2016", "basis": "inferred"}}, "/date"),
        ({"name": "a", "date": {"edtf": "2016", "basis": "guessed"}}, "/date/basis"),
        ({"name": "a", "unknown": 1}, "/unknown"),
    ],
)
def test_a_draft_names_the_place_of_what_is_wrong(value: dict[str, object], pointer: str) -> None:
    """Every fault has a JSON Pointer (RFC 6901) into what was handed in."""
    with pytest.raises(InvalidInput) as raised:
        Tree.parse(value)
    assert [fault.pointer for fault in raised.value.faults] == [pointer]


def test_every_fault_is_found_at_once_and_no_input_is_echoed() -> None:
    """A writer corrects everything in one go, and a secret in a wrong field stays out of the log."""
    with pytest.raises(InvalidInput) as raised:
        Tree.parse({"name": 5, "count": "hunter2", "slug": "HUNTER2", "more": "hunter2"})
    assert {fault.pointer for fault in raised.value.faults} == {"/name", "/count", "/slug", "/more"}
    assert "hunter2" not in str(raised.value).lower()


def test_a_draft_cannot_be_changed_after_it_was_checked() -> None:
    """What was checked is what is written."""
    draft = Tree.parse({"name": "a"})
    with pytest.raises(ValidationError):
        draft.name = "b"  # type: ignore[misc]
