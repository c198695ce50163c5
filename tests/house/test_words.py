"""The house promises: nothing in its files belongs to one machine, to a package index, or to the publisher."""

import re
import shutil
import subprocess

import pytest

from tests.support.paths import ROOT, TEXTS

HERE = "tests/house/test_words.py"
# A folder of somebody's machine: what is installed or made there is not on the next machine.
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:root|work|home|tmp|Users|mnt|private|workspace)/[\w.]|[A-Z]:\\\\\w")
# Where packages come from is a setting of each machine.
INDEXES = re.compile(
    r"(?:py)pi\.org|(?:python)hosted\.org|npm(?:js)\.org|ghcr\.io|docker\.io|quay\.io|index-url|extra-index|artifactory|nexus/",
    re.IGNORECASE,
)
RUN = 8
# Pages of our own making, which a browser loads; what they say is looked at as everything else is.
OUR_PAGES = ("app/web/assets/", "docs/examples/front-end/")
# Facts that are longer than seven words: the title by which the article is cited, and an organisation's name.
FACTS = (
    "Ceasefire after Citizens Report Mass Executions as Aleppo Falls to Assad",
    "Union of Medical Care and Relief Organizations (UOSSM) USA",
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def tracked() -> dict[str, str]:
    """Return every text file of the project by path: what git follows and would follow, or all without git."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    else:
        listed = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
        listed = [name for name in listed if not any(part.startswith(".") for part in name.split("/")[:-1])]
    paths = [ROOT / name for name in listed if name and name != HERE]
    paths = [path for path in paths if path.is_file() and path.suffix != ".png"]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


FILES = tracked()


def found(pattern: re.Pattern[str]) -> list[str]:
    """Return where a pattern stands: file, line, words."""
    return [
        f"{name}:{number}: {hit[0]}"
        for name, text in FILES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (hit := pattern.search(line))
    ]


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of eight words of a text, whatever stands between them."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_every_kind_of_file_is_looked_at() -> None:
    """A check of nothing passes always."""
    assert len(FILES) > 150
    assert {"README.md", "pyproject.toml", "requirements.lock", "scripts/test", "app/main.py"} <= set(FILES)


def test_no_file_names_a_folder_of_one_machine() -> None:
    """Everything works in any checkout."""
    assert found(MACHINE_PATH) == []


def test_no_file_names_a_package_index() -> None:
    """Each machine has its own way to packages; the locks hold hashes, which are the same everywhere."""
    assert found(INDEXES) == []


def test_no_sentence_of_the_article_is_in_the_project() -> None:
    """The text belongs to its publisher: no eight words in a row of it stand in any file of ours."""
    if not TEXTS.exists():
        pytest.skip("NOT CHECKED: the reports' own texts are not at hand, so nothing can be compared with them")
    theirs = {run: path.name for path in TEXTS.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    assert len(theirs) > 500
    facts = {run for fact in FACTS for run in runs(fact)}
    assert facts <= theirs.keys(), "an exclusion that is not needed"
    copied = [(name, " ".join(run)) for name, text in FILES.items() for run in (runs(text) & theirs.keys()) - facts]
    assert copied == []


def test_the_text_itself_is_in_no_file() -> None:
    """Not even with its lines broken anew; and no file of the project is named for holding it."""
    named = [name for name in FILES if name.endswith((".txt", ".html", ".pdf", ".docx"))]
    assert [name for name in named if not (name.endswith(".html") and name.startswith(OUR_PAGES))] == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, 'ROOT = "/home/someone/onrecord"'),
        (MACHINE_PATH, "cd /home/x && ls"),
        (MACHINE_PATH, r'"C:\\Users"'),
        (INDEXES, "--index-url https://example.org/simple"),
        (INDEXES, "pip install --index-url=here"),
    ],
)
def test_what_is_looked_for_would_be_found(pattern: re.Pattern[str], line: str) -> None:
    """The patterns themselves are right."""
    assert pattern.search(line)


def test_a_copied_run_would_be_found() -> None:
    """Punctuation, line breaks and capitals do not hide a copy; seven words are no run."""
    sentence = "One two, three: four “five” six seven eight."
    assert runs(sentence) == runs("one TWO three\n# four five six-seven eight") != set()
    assert runs("one two three four five six seven") == set()
