"""The house promises: small files, short functions, names that say something, and a reason in every file."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT

FOLDERS = ("app", "tests", "migrations", "benchmarks", "scripts")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
TESTS = [name for name in NAMES if Path(name).name.startswith("test_")]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base_utils", "lib"}
# A migration is one list of columns, which is never changed again, and so never split.
LONG = ("migrations/versions/",)
# Whole documents, field by field: one long literal, which would only be harder to read in pieces.
WHOLE = {
    "tests/claims/test_claims.py: test_an_anonymous_caller_reads_a_claim_whole",
    "tests/figures/test_figures.py: test_an_anonymous_caller_reads_a_figure_whole",
    "tests/places/test_places.py: test_an_anonymous_caller_reads_a_place_with_all_that_it_lies_in",
}
# Tables of cases, whose promise stands once, at the top of the file.
PROMISE_ABOVE = {"tests/kit/test_dates.py", "tests/figures/test_quantity.py"}
TOP = {"app", "migrations", "tests", "seed", "scripts", "benchmarks", "docs", ".ci"}

TREES = {name: ast.parse((ROOT / name).read_text(encoding="utf-8")) for name in NAMES}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def test_there_are_files_to_look_at() -> None:
    """A check of nothing passes always."""
    assert len(FILES) > 100


def test_files_are_under_300_lines() -> None:
    """What does not fit is two things."""
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in NAMES}
    assert {name for name, lines in lengths.items() if lines >= LONGEST_FILE and not name.startswith(LONG)} == set()


def test_functions_are_under_40_lines() -> None:
    """A function is read at one look; its decorators do not count."""
    long = {
        f"{name}: {one.name}"
        for name, tree in TREES.items()
        for one in functions(tree)
        if (one.end_lineno or 0) - one.lineno + 1 >= LONGEST_FUNCTION and not name.startswith(LONG)
    }
    assert long == WHOLE


def test_every_file_says_why_it_exists() -> None:
    """Who opens a file learns at its top what it is for; only the package files of the tests are empty."""
    silent = {name for name, tree in TREES.items() if len(ast.get_docstring(tree) or "") < 15}
    assert {name for name in silent if not (name.startswith("tests/") and name.endswith("/__init__.py"))} == set()
    assert {name for name in silent if (ROOT / name).stat().st_size} == set()


def test_every_test_states_its_promise() -> None:
    """A test that fails tells in a sentence what was promised."""
    silent = set()
    for name in TESTS:
        if name in PROMISE_ABOVE:
            assert (ast.get_docstring(TREES[name]) or "").startswith("The promise:")
            continue
        tests = [one for one in functions(TREES[name]) if one.name.startswith("test_")]
        silent |= {f"{name}: {one.name}" for one in tests if not (ast.get_docstring(one) or "").endswith(".")}
        assert tests, name
    assert silent == set()


def test_no_file_is_named_for_nothing() -> None:
    """A drawer for everything is a drawer where nothing is found."""
    assert [name for name in NAMES if Path(name).stem in FORBIDDEN] == []


def test_the_top_of_the_house_is_fixed() -> None:
    """The folders at the top are known to everybody."""
    ours = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert {name for name in ours if not name.startswith(".") and name not in ("build", "dist")} <= TOP
