"""The house promises: small files, short functions, names that say something, and a reason in every file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

FOLDERS = ("app", "tests", "migrations", "benchmarks", "scripts")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
TESTS = [name for name in NAMES if Path(name).name.startswith("test_")]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base_utils", "lib"}
# A migration is one list of columns, which is never changed again, and so never split.
LONG = ("migrations/versions/",)
# Tables of cases, whose promise stands once, at the top of the file.
PROMISE_ABOVE = {"tests/kit/test_dates.py", "tests/figures/test_quantity.py"}
TOP = {"app", "migrations", "tests", "seed", "scripts", "benchmarks", "docs", ".ci"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def test_there_are_files_to_look_at() -> None:
    """A check of nothing passes always."""
    assert len(FILES) > 100


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(LONG)])
def test_a_file_is_under_300_lines(name: str) -> None:
    """What does not fit is two things."""
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(LONG)])
def test_a_function_is_under_40_lines(name: str) -> None:
    """A function is read at one look; its decorators do not count."""
    long = [
        (one.name, one.lineno, (one.end_lineno or 0) - one.lineno + 1)
        for one in functions(tree_of(ROOT / name))
        if (one.end_lineno or 0) - one.lineno + 1 >= LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("name", [name for name in NAMES if (ROOT / name).stat().st_size])
def test_a_file_says_why_it_exists(name: str) -> None:
    """Who opens a file learns at its top what it is for."""
    assert len(ast.get_docstring(tree_of(ROOT / name)) or "") >= 15


@pytest.mark.parametrize("name", TESTS)
def test_a_test_states_its_promise(name: str) -> None:
    """A test that fails tells in a sentence what was promised."""
    tests = [one for one in functions(tree_of(ROOT / name)) if one.name.startswith("test_")]
    assert tests
    if name in PROMISE_ABOVE:
        assert (ast.get_docstring(tree_of(ROOT / name)) or "").startswith("The promise:")
        return
    assert [one.name for one in tests if not (ast.get_docstring(one) or "").endswith((".", "!", "?"))] == []


def test_no_file_is_named_for_nothing() -> None:
    """A drawer for everything is a drawer where nothing is found."""
    assert [name for name in NAMES if Path(name).stem in FORBIDDEN] == []


def test_only_empty_files_are_without_a_reason() -> None:
    """The package files of the tests hold nothing; those of the application describe their room."""
    empty = [name for name in NAMES if not (ROOT / name).stat().st_size]
    assert [name for name in empty if not (name.startswith("tests/") and name.endswith("__init__.py"))] == []


def test_the_top_of_the_house_is_fixed() -> None:
    """The folders at the top are known to everybody."""
    ours = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert {name for name in ours if not name.startswith(".") and name not in ("build", "dist")} <= TOP
