"""The editor's commands promise: what a file says and nothing else, all of it or none, with its reason on record."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli.editing import with_it
from app.kit import ids
from app.ledger import queries as ledger_queries
from tests.history.patching import patched
from tests.history.reading import ledger_of
from tests.record.readings import dump
from tests.support.api import Api
from tests.support.paths import SEED
from tests.support.terminal import Ran, onrecord
from tests.support.world import World

WHY = ("--cause", "publisher_correction", "--note", "The paper corrected it.")


def written(folder: Path, *changes: dict[str, Any], name: str = "changes.yaml") -> str:
    """Write changes into a file and return its path."""
    path = folder / name
    value: Any = list(changes) if len(changes) != 1 else changes[0]
    text = json.dumps(value, ensure_ascii=False) if name.endswith("json") else yaml.safe_dump(value, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def newest(world: World, record_id: str) -> dict[str, Any]:
    """Return a record's newest revision, with its contents."""
    return ledger_of(world.desk.engine, record_id)[-1]


def refused(world: World, *arguments: str) -> str:
    """Return why a command was refused, after checking that it has left nothing behind."""
    before = dump(world.desk.engine)
    ran = onrecord(world.url, *arguments)
    assert (ran.code, ran.out) == (1, ""), ran
    assert dump(world.desk.engine) == before
    assert "Traceback" not in ran.err
    return ran.err


@pytest.mark.parametrize("name", ["changes.yaml", "changes.json"])
def test_a_file_corrects_what_it_names_and_nothing_else(world: World, api: Api, tmp_path: Path, name: str) -> None:
    """One revision with its cause and note in its language; the reader gets the new words at once."""
    claim = world.create("claim", world.claim())
    before = newest(world, claim)
    change = {"id": claim, "statement": "Etwas anderes — غير ذلك 🌊.", "themes": ["education"]}
    ran = onrecord(world.url, "correct", written(tmp_path, change, name=name), *WHY, "--lang", "en-GB")
    after = newest(world, claim)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"{claim}: version 2, seq {after['seq']}\n"
        '  replace /statement: "Something happened." → "Etwas anderes — غير ذلك 🌊."\n'
        '  replace /themes/0: "health" → "education"\n'
        "Corrected 1 of 1.\n"
    )
    assert after["body"] == {**before["body"], "statement": change["statement"], "themes": ["education"]}
    assert (after["operation"], after["cause"], after["role"]) == ("correct", "publisher_correction", "editor")
    assert after["note"] == {"text": "The paper corrected it.", "lang": "en-GB"}
    assert api.data(f"/v1/claims/{claim}")["statement"] == change["statement"]


def test_a_check_shows_what_would_change_and_writes_nothing(world: World, tmp_path: Path) -> None:
    """The same lines, every check done, and the database as it was."""
    claim = world.create("claim", world.claim())
    file = written(tmp_path, {"id": claim, "statement": "Something else."})
    before = dump(world.desk.engine)
    ran = onrecord(world.url, "correct", file, *WHY, "--check")
    assert ran == Ran(
        0,
        f'{claim}: version 2\n  replace /statement: "Something happened." → "Something else."\nWould correct 1 of 1.\n',
        "",
    )
    assert dump(world.desk.engine) == before
    wrong = written(tmp_path, {"id": claim, "places": [ids.seeded_id("place", "nowhere")]})
    assert "/places/0" in refused(world, "correct", wrong, *WHY, "--check")


def test_many_changes_are_one_write_or_none(world: World, tmp_path: Path) -> None:
    """Files and lists go into one transaction; when one of them is refused, none is done."""
    one, other = (world.create("claim", world.claim()) for _ in range(2))
    good = written(tmp_path, {"id": one, "statement": "First."}, name="good.yaml")
    bad = written(tmp_path, {"id": world.report, "publisher": world.speaker}, name="bad.yaml")
    assert "bad.yaml:2: " in refused(world, "correct", good, bad, *WHY)
    rest = written(
        tmp_path, {"id": other, "statement": "Second."}, {"id": world.town, "name": "B Town"}, name="rest.yaml"
    )
    assert onrecord(world.url, "correct", good, rest, *WHY).out.endswith("Corrected 3 of 3.\n")
    seqs = [newest(world, record_id)["seq"] for record_id in (one, other, world.town)]
    with world.desk.engine.connect() as connection:
        assert ledger_queries.write_end(connection, seqs[0]) == seqs[2] == seqs[0] + 2


def test_the_same_file_again_finds_its_work_done(world: World, tmp_path: Path) -> None:
    """A command that was interrupted is given again; what is done is left, also when the file names the old version."""
    one, other = (world.create("claim", world.claim()) for _ in range(2))
    first = written(tmp_path, {"id": one, "version": 1, "statement": "First."})
    assert onrecord(world.url, "correct", first, *WHY).code == 0
    before = dump(world.desk.engine)
    assert onrecord(world.url, "correct", first, *WHY).out == f"{one}: says so already\nCorrected 0 of 1.\n"
    assert dump(world.desk.engine) == before
    both = written(tmp_path, {"id": one, "statement": "First."}, {"id": other, "statement": "Second."}, name="b.yaml")
    assert onrecord(world.url, "correct", both, *WHY).out.endswith("Corrected 1 of 2.\n")


def test_a_change_made_for_another_version_is_refused(world: World, tmp_path: Path) -> None:
    """Nobody undoes what somebody else did meanwhile without knowing it."""
    claim = world.create("claim", world.claim())
    file = written(tmp_path, {"id": claim, "version": 1, "statement": "Mine."})
    world.correct(claim, world.claim(statement="Theirs."))
    told = refused(world, "correct", file, *WHY)
    assert "the record was changed since" in told
    assert f"changes.yaml:3: {claim}/version: expected 2" in told


def test_bounds_follow_the_number_and_its_quantifier(world: World, tmp_path: Path) -> None:
    """Whoever corrects a value or a quantifier need not work out the bounds; what they state, counts."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim, quantifier="just_under", value="6000"))
    for change, expected in (
        ({"value": "7000"}, ("7000", None, "7000", True)),
        ({"quantifier": "at_least"}, ("7000", "7000", None, False)),
        ({"quantifier": "between", "value": None, "lower": "1", "upper": "2"}, (None, "1", "2", False)),
        ({"upper": "3"}, (None, "1", "3", False)),
        ({"quantifier": "unqualified", "ratio": {"numerator": 1, "denominator": 2}}, ("0.5", "0.5", "0.5", False)),
        ({"value": "0.6"}, ("0.6", "0.6", "0.6", False)),
        ({"ratio": {"numerator": 1, "denominator": 4}}, ("0.25", "0.25", "0.25", False)),
    ):
        ran = onrecord(world.url, "correct", written(tmp_path, {"id": figure, **change}), *WHY)
        assert ran.code == 0, ran
        body = newest(world, figure)["body"]
        assert (body["value"], body["lower"], body["upper"], body["upper_exclusive"]) == expected
    wrong = {"id": figure, "value": "9", "ratio": {"numerator": 1, "denominator": 2}}
    assert "/value" in refused(world, "correct", written(tmp_path, wrong), *WHY)


def test_a_file_that_cannot_be_read_and_a_record_twice_are_refused(world: World, tmp_path: Path) -> None:
    """Nothing is done by halves because a name was mistyped."""
    assert "nowhere.yaml: No such file" in refused(world, "correct", str(tmp_path / "nowhere.yaml"), *WHY)
    change = {"id": world.town, "name": "B Town"}
    assert f"{world.town}: expected every record once" in refused(
        world, "correct", written(tmp_path, change, change), *WHY
    )


def test_the_desk_has_the_last_word(world: World, tmp_path: Path) -> None:
    """What no correction may do is refused as everywhere: moving a record, an unknown name, what is not public."""
    claim = world.create("claim", world.claim())
    other = world.create("report", world.report_draft())
    assert "cannot move" in refused(world, "correct", written(tmp_path, {"id": claim, "report": other}), *WHY)
    kind = written(tmp_path, {"id": world.speaker, "kind": "media", "slug": "x"})
    assert f"{world.speaker}/kind: " in refused(world, "correct", kind, *WHY)
    world.retract(claim)
    told = refused(world, "correct", written(tmp_path, {"id": claim, "statement": "x"}), *WHY)
    assert "only a public record can be corrected" in told


def test_a_report_falls_and_rises_with_all_that_stands_in_it(world: World, api: Api) -> None:
    """One command each, with cause and note; it says how much fell and rose with it."""
    claims = [world.create("claim", world.claim()) for _ in range(2)]
    figure = world.create("figure", world.figure(claims[0]))
    world.create("relation", world.relation(*claims))
    ran = onrecord(world.url, "retract", world.report, *WHY)
    seq = newest(world, world.report)["seq"]
    fell = "with it fell 2 claims, 1 figure, 1 relation"
    assert ran == Ran(0, f"Retracted: {world.report}, seq {seq}; {fell}.\n", "")
    gone = api.get(f"/v1/reports/{world.report}").json()["retracted"]
    assert (gone["cause"], gone["note"]) == ("publisher_correction", "The paper corrected it.")
    assert api.get(f"/v1/figures/{figure}").json()["retracted"]["cause"] == "parent"
    ran = onrecord(world.url, "restore", world.report, "--cause", "our_error")
    seq = newest(world, world.report)["seq"]
    assert ran.out == f"Restored: {world.report}, seq {seq}; {fell.replace('fell', 'rose')}.\n"
    assert newest(world, world.report)["note"] is None
    assert len(api.data("/v1/claims")) == 2


def test_only_what_fell_in_the_same_write_is_counted(world: World) -> None:
    """What others write in the meantime is not told as having fallen too."""
    claim = world.create("claim", world.claim())
    world.create("figure", world.figure(claim))
    made = world.retract(claim)
    world.create("claim", world.claim())
    assert with_it(world.desk, made, "fell") == "with it fell 1 figure"


def test_what_stands_alone_takes_nothing_along(world: World) -> None:
    """And what cannot be retracted or restored is refused."""
    place = world.create("place", world.place())
    assert onrecord(world.url, "retract", place, *WHY).out.endswith("; nothing else fell.\n")
    assert "only a public record can be retracted" in refused(world, "retract", place, *WHY)
    assert onrecord(world.url, "restore", place, *WHY).out.endswith("; nothing else rose.\n")
    assert "only a retracted record can be restored" in refused(world, "restore", place, *WHY)
    assert "cite it" in refused(world, "retract", world.publisher, *WHY)
    assert "expected the id of a record" in refused(world, "retract", "a-paper", *WHY)
    assert "there is no record" in refused(world, "restore", ids.seeded_id("claim", "never"), *WHY)


@pytest.mark.parametrize("command", ["correct", "retract", "restore"])
def test_a_reason_is_always_given_and_is_lawful(world: World, tmp_path: Path, command: str) -> None:
    """No cause is guessed, `parent` is nobody's own reason, and a note is text that any reader can show."""
    claim = world.create("claim", world.claim())
    what = written(tmp_path, {"id": claim, "statement": "x"}) if command == "correct" else claim
    before = dump(world.desk.engine)
    for wrong in ((), ("--cause", "parent"), ("--cause", "whim")):
        ran = onrecord(world.url, command, what, *wrong)
        assert (ran.code, "--cause" in ran.err) == (2, True)
    for option, value in (("--note", ""), ("--note", "a\x00b"), ("--note", "x" * 5001), ("--lang", "English")):
        ran = onrecord(world.url, command, what, "--cause", "our_error", "--note", "Why.", option, value)
        assert (ran.code, ran.out, option in ran.err) == (1, "", True)
    assert dump(world.desk.engine) == before


def test_what_an_editor_corrected_the_seed_leaves(world: World, tmp_path: Path) -> None:
    """Seeding again reports the conflict, loudly, and does not undo the editor's work."""
    theme = ids.seeded_id("vocabulary", "theme")
    terms = newest(world, theme)["body"]["terms"]
    change = {"id": theme, "terms": [{**terms[0], "label": "An editor's label"}, *terms[1:]]}
    assert onrecord(world.url, "correct", written(tmp_path, change), *WHY).code == 0
    edited = newest(world, theme)
    folder = tmp_path / "seed"
    _seed_with_another_label(folder)
    ran = onrecord(world.url, "seed", "--folder", str(folder))
    assert (ran.code, f"CONFLICT: vocabularies/theme.yaml:1: {theme}" in ran.err) == (0, True), ran
    assert newest(world, theme) == edited


def _seed_with_another_label(folder: Path) -> None:
    """Copy the seed with a label of one of its lists changed."""
    shutil.copytree(SEED, folder)
    path = folder / "vocabularies" / "theme.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label: ", "label: Our ", 2).replace("label: Our ", "label: ", 1), encoding="utf-8")


def test_the_differences_that_are_shown_are_those_of_the_history(world: World, api: Api, tmp_path: Path) -> None:
    """What a check showed is what the history will tell."""
    claim = world.create("claim", world.claim())
    chain = world.attribution([world.originator(capacity="mayor")])
    file = written(tmp_path, {"id": claim, "attribution": chain})
    checked = onrecord(world.url, "correct", file, *WHY, "--check").out
    done = onrecord(world.url, "correct", file, *WHY).out
    assert checked.splitlines()[1:-1] == done.splitlines()[1:-1]
    assert done.splitlines()[1] == '  replace /attribution/chain/0/capacity: null → "mayor"'
    (told, _) = api.walk(f"/v1/claims/{claim}/history")
    first, second = ledger_of(world.desk.engine, claim)
    assert patched(first["body"], told["differences"]) == second["body"]
