"""The proof of the examples promises: a page that lies is found, whatever it lies about."""

from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.pages import Step, Unproven, blocks, prints, stands_in, steps
from tests.support.steps import ADDRESS, Folder, ask, hold, name

CURL = f"```sh\ncurl {ADDRESS}/v1/vocabularies/date_basis\n```\n"
MISSING = f"```sh\ncurl -i {ADDRESS}/v1/claims/none\n```\n"
UNPROVEN = {
    "a request without its answer": CURL,
    "an answer that something else stands before": f"{CURL}It says:\n```json\n{{}}\n```\n",
    "a block that nobody runs": "```sh\nonrecord migrate\n```\n",
    "a plain block": "```\n┌──┐\n```\n",
    "a shape without a reason": "<!-- shape -->\n```text\na\n```\n",
    "a shape with half a reason": "<!-- shape: a shape -->\n```text\na\n```\n",
    "a part of no file": "<!-- from -->\n```ts\na\n```\n",
    "what a program prints, without the program": "```text\na\n```\n",
    "a block that never ends": "```python\nprint(1)\n",
    "code set off by spaces": "So:\n\n    onrecord migrate\n",
    "a console without a command": "```console\nonrecord migrate\n```\n",
}
LIES = {
    "a wrong value": '{"data": {"name": "hop_role"}}',
    "a name that is not there": '{"data": {"nmae": "date_basis"}}',
    "a list that is longer": '{"data": {"terms": [{"code": "stated"}]}}',
    "a list in another order": '{"data": {"terms": [{"code": "inferred"}, "…"]}}',
    "other characters": '{"data": {"name": "date…role"}}',
    "a number for a boolean": '{"data": {"external": 0}}',
    "another status": '{"status": 404}',
}
FAILING = {
    "a program that prints something else": "```python\nprint(1)\n```\n```text\n2\n```\n",
    "a program that prints more": "```python\nprint(1)\nprint(2)\n```\n```text\n1\n```\n",
    "a program that prints what is not shown": "```python\nprint(1)\n```\n",
    "a program that prints nothing of what is shown": "```python\n```\n```text\n1\n```\n",
    "a program that fails": "```python\nprint(1)\nraise SystemExit(3)\n```\n```text\n1\n```\n",
    "a program that warns": "```python\nimport warnings\nwarnings.warn('x')\n```\n",
    "a command that fails": "```console\n$ true\n$ false\n$ true\n```\n",
    "a command in a pipe that fails": "```console\n$ false | cat\n```\n",
    "a command that says something else": "```console\n$ echo a\nb\n```\n",
    "a command that says more": "```console\n$ printf 'a\\nb\\n'\na\n```\n",
}


def only(page: str) -> Step:
    """Return the one step of a page."""
    (step,) = steps(blocks(page))
    return step


def folder(path: Path) -> Folder:
    """Return a folder for pages that ask no server."""
    return Folder(path, ADDRESS, lambda: "postgresql:///none")


@pytest.mark.parametrize("page", UNPROVEN.values(), ids=UNPROVEN)
def test_a_block_that_nothing_proves_is_found(page: str, tmp_path: Path) -> None:
    """An example cannot stand in a page without its proof."""
    with pytest.raises(Unproven, match=r"line \d"):
        folder(tmp_path).run(only(page))


@pytest.mark.parametrize("shown", LIES.values(), ids=LIES)
def test_an_answer_that_is_not_given_is_found(seeded_api: Api, shown: str) -> None:
    """What a page shows of an answer is in the answer."""
    with pytest.raises(AssertionError, match="line 1"):
        ask(seeded_api, only(f"{CURL}```json\n{shown}\n```\n"))


def test_an_answer_that_is_given_is_taken(seeded_api: Api) -> None:
    """Names may be left out, lists end early, values be left open; a problem has its own status."""
    for shown in ('{"data": {"terms": [{"code": "stated"}, "…"], "id": "…"}}', '{"data": {"name": "date…s"}}'):
        ask(seeded_api, only(f"{CURL}```json\n{shown}\n```\n"))
    ask(seeded_api, only(f'{MISSING}```http\nHTTP/1.1 404 Not Found\nVary: …\n```\n```json\n{{"status": 404}}\n```\n'))


@pytest.mark.parametrize("shown", ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found\nVary: none", "HTTP/1.1 404\nNone: …"])
def test_a_header_that_is_not_sent_is_found(seeded_api: Api, shown: str) -> None:
    """Status and headers are those that a page shows."""
    with pytest.raises(AssertionError, match="line 1"):
        ask(seeded_api, only(f"{MISSING}```http\n{shown}\n```\n"))


@pytest.mark.parametrize("page", FAILING.values(), ids=FAILING)
def test_a_program_that_does_something_else_is_found(page: str, tmp_path: Path) -> None:
    """What programs and consoles show is all that they say, and every command ends well."""
    with pytest.raises(AssertionError, match="line 1"):
        folder(tmp_path).run(only(page))


def test_a_page_is_gone_through_in_order_and_in_one_folder(tmp_path: Path) -> None:
    """A file that a page shows is there for the program after it; variables last as long as their block."""
    page = (
        "<!-- file sub/pull.py -->\n```python\nprint('pulled')\n```\n"
        "```console\n$ x=1\n$ python sub/pull.py \\\n>   > out\n$ echo $x; cat out\n1\n…lled\n```\n"
        "```python\nprint(open('out', encoding='utf-8').close(), *range(3), sep='\\n')\n```\n```text\nNone\n…\n2\n```\n"
    )
    for step in steps(blocks(page)):
        folder(tmp_path).run(step)


@pytest.mark.parametrize("said", ["scripts/none", "onrecord none", "onrecord seed --none", "onrecord ledger"])
def test_a_command_that_there_is_not_is_found(said: str) -> None:
    """Also what cannot run here names only scripts, commands and options that exist."""
    with pytest.raises(AssertionError, match="line 2"):
        name(only(f"<!-- shape: runs for ever -->\n```sh\n{said}\n```\n"))
    name(only("<!-- shape: runs for ever -->\n```sh\nscripts/serve\n.venv/bin/onrecord seed --texts F # x\n```\n"))


def test_a_part_that_is_in_no_file_is_found() -> None:
    """What a page takes from a file stands in it, line after line, from the first to the last."""
    for text in ("def none():", "import re\nfrom pathlib import Path"):
        with pytest.raises(AssertionError, match="line 2"):
            hold(only(f"<!-- from tests/support/pages.py -->\n```python\n{text}\n```\n"))
    with pytest.raises(AssertionError, match="line 2"):
        hold(only("<!-- from tests/support/none.py -->\n```python\nx\n```\n"))
    hold(only("<!-- from tests/support/pages.py -->\n```python\nimport re\n…\nfrom pathlib import Path\n```\n"))


def test_matching_goes_line_by_line() -> None:
    """`…` alone is lines, `…` in a line is characters of that line, everything else is itself."""
    assert prints("a\n…\nd", "a\nb\nc\nd\n")
    assert prints("a…z", "a b z")
    assert not prints("a…z", "a\nz")
    assert not prints("a.c", "abc")
    assert stands_in("a\n…\nc", "  a\n  b\n  c\n")
    assert not stands_in("c\n…\na", "a\nb\nc\n")
