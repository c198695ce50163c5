"""The promise: text shows every reader the words that are there, and a label is one line."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.kit.schema import Label, Text, Url

BIDIRECTIONAL = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


def refusal(kind: Any, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    return str(caught.value)


@pytest.mark.parametrize("code", BIDIRECTIONAL, ids=hex)
def test_text_never_turns_the_words_around_it(code: int) -> None:
    """Bidirectional controls make a reader see other words than a machine; the refusal says so."""
    for kind in (Label, Text):
        assert "bidirectional controls" in refusal(kind, f"a{chr(code)}b")
    assert refusal(Url, f"https://example.org/{chr(code)}b")


def test_a_label_is_one_line() -> None:
    """Labels make up the readable lines; a longer text may have lines of its own."""
    for end in ("\n", "\t", "\u2028", "\u2029"):
        assert "one line" in refusal(Label, f"a{end}b")
        assert TypeAdapter(Text).validate_python(f"a{end}b") == f"a{end}b"


@pytest.mark.parametrize("text", ["حلب", "עזה", "a\u200fb", "L\u2019Aquila", "e\u0301", "👩‍🚒"])
def test_any_script_is_text(text: str) -> None:
    """Letters, marks and joiners of any language stay as they are."""
    assert TypeAdapter(Label).validate_python(text) == TypeAdapter(Text).validate_python(text) == text


@pytest.mark.parametrize("code", [0, 1, 0x7F])
def test_an_address_has_no_control_characters(code: int) -> None:
    """PostgreSQL holds no NUL, and no terminal is to be steered by an address."""
    assert refusal(Url, f"https://example.org/{chr(code)}")
