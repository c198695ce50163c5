"""A text is taken in only when it is that text and every locator is in it; of what is refused nothing is kept."""

import copy
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from app.claims.appearances import digest, segment
from app.kit import ids
from app.kit.errors import InvalidInput, NotAllowed, NotRecorded, OnrecordError
from app.sources import attaching
from app.sources.attaching import LARGEST, attach, detach
from app.sources.verifying import against_held, locators
from app.store.engine import snapshot
from tests.record.readings import dump
from tests.sources.remains import remains
from tests.support.articles import REPORTED, Annotated, Article
from tests.support.world import World

OTHER = "this is the text of no edition of the report"
# What people do to a file without meaning to.
OTHERS: dict[str, Callable[[bytes], bytes]] = {
    "one character": lambda content: content.replace(b"told us", b"told as", 1),
    "a mark of byte order": lambda content: b"\xef\xbb\xbf" + content,
    "lines of another system": lambda content: content.replace(b"\r\n", b"\n"),
    "a line ended": lambda content: content + b"\n",
    "trimmed": lambda content: content[:-1],
    "another encoding": lambda content: content.decode().encode("utf-16"),
    "nothing": lambda content: b"",
}


def refused(one: Annotated, content: bytes) -> OnrecordError:
    """Attach what must be refused; return why, after checking that nothing at all was kept."""
    desk = one.world.desk
    before = dump(desk.engine)
    with pytest.raises(OnrecordError) as refusal:
        attach(desk, one.report, content)
    assert dump(desk.engine) == before
    return refusal.value


def faults(refusal: OnrecordError) -> list[tuple[str, str]]:
    """Return (pointer, code) of every failure that was told."""
    return [(fault.pointer, fault.code) for fault in refusal.faults]


def test_another_file_is_refused(one: Annotated) -> None:
    """One byte more, less or other: it is told which digest it has, and none of its words."""
    for what, change in OTHERS.items():
        refusal = refused(one, change(one.article.content))
        assert isinstance(refusal, InvalidInput), what
        assert str(refusal).startswith(OTHER), what
        assert not any(word in str(refusal) for word in one.article.words)
    assert remains(one.world) == {}


def test_what_is_no_text_is_refused(one: Annotated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are not UTF-8, though they are those of an edition, and what is too long to be looked at."""
    odd = one.article.content + b"\xff"
    sha256 = hashlib.sha256(odd).hexdigest()
    (edition,) = one.world.report_draft(editions=[one.article.edition()])["editions"]
    report = one.world.create("report", one.world.report_draft(editions=[{**edition, "sha256": sha256}]))
    other = Annotated(one.world, one.article, report, [], [])
    assert str(refused(other, odd)) == "expected a text in UTF-8"
    monkeypatch.setattr(attaching, "LARGEST", 10)
    assert str(refused(one, one.article.content)) == "expected a text of at most 10 bytes"
    assert LARGEST > 10**6


def test_an_edition_that_is_described_otherwise_is_refused(world: World) -> None:
    """Its length and number of paragraphs are those of the text; each that is not is told, and what it is."""
    article = Article(2, 2)
    wrong = {**article.edition(), "length": len(article.text) + 1, "paragraphs": 4}
    report = world.create("report", world.report_draft(editions=[wrong]))
    refusal = refused(Annotated(world, article, report, [], []), article.content)
    assert faults(refusal) == [("/editions/0/length", "measure"), ("/editions/0/paragraphs", "measure")]
    assert f"expected {len(article.text)}, as the text has it" in str(refusal)


def test_every_locator_that_does_not_hold_is_told(one: Annotated) -> None:
    """Digests that are not those of the text, a place outside its paragraph, and reported words that are elsewhere.

    The whole list is told at once: whoever mends an annotation does so in one go.
    """
    world, article = one.world, one.article
    line = article.lines[1]
    astray = article.locator(1, line.sentence)
    for changes in ({"sha256": digest("x")}, {"start": astray["segments"][0]["start"] + 1}):
        wrong = {**copy.deepcopy(astray), "segments": [{**astray["segments"][0], **changes}]}
        one.claims.append(world.create("claim", world.claim(report=one.report, appearances=[astray, wrong])))
    plain = copy.deepcopy(astray)
    plain["segments"][0]["normalised"]["length"] += 1
    one.claims.append(world.create("claim", world.claim(report=one.report, appearances=[plain])))
    cue = {**article.locator(1, line.speaker), "paragraph": 2}
    said = world.attribution([world.originator(cue=cue)])
    one.claims.append(world.create("claim", world.claim(report=one.report, attribution=said, appearances=[astray])))
    beside = world.figure(one.claims[1], reported="40 left", appearance=article.locator(0, REPORTED))
    elsewhere = world.figure(one.claims[3], reported=REPORTED, appearance=article.locator(1, line.speaker))
    one.figures += world.create_all([("figure", beside), ("figure", elsewhere)])
    refusal = refused(one, article.content)
    assert isinstance(refusal, InvalidInput)
    assert faults(refusal) == [
        (f"{one.claims[-4]}/appearances/1/segments/0", "digest"),
        (f"{one.claims[-3]}/appearances/1/segments/0", "digest"),
        (f"{one.claims[-2]}/appearances/0/segments/0", "digest"),
        (f"{one.claims[-1]}/attribution/chain/0/cue/segments/0", "paragraph"),
        (f"{one.figures[-2]}/reported", "reported"),
        (f"{one.figures[-1]}/reported", "reported"),
    ]
    assert len(str(refusal).splitlines()) == 7
    assert remains(world) == {}


def test_reported_words_may_go_over_the_pieces_of_a_locator(one: Annotated) -> None:
    """A figure whose words are split by others is located in pieces, and its words are those pieces."""
    world, article = one.world, one.article
    pieces = article.locator(0, "about", "left")
    one.figures.append(world.create("figure", world.figure(one.claims[1], reported="about left", appearance=pieces)))
    one.attach()
    assert detach(world.desk, one.report).editions == [1]


def test_no_text_is_held_of_what_is_not_there(one: Annotated) -> None:
    """An unknown name, another noun's id, and a report that was retracted."""
    for name in ("nothing", ids.seeded_id("report", "bcd"), one.claims[0], "", "../x"):
        for verb in (
            lambda name: attach(one.world.desk, name, one.article.content),
            lambda n: detach(one.world.desk, n),
        ):
            with pytest.raises(NotRecorded, match="there is no report"):
                verb(name)
    one.world.retract(one.report)
    refusal = refused(one, one.article.content)
    assert (type(refusal), str(refusal)) == (NotAllowed, "only the text of a public record is held")


def bad_drafts(one: Annotated) -> list[tuple[str, dict[str, Any], str]]:
    """Return (noun, draft, code) of what must be refused beside the text, and is believed without it."""
    world, line, locator = one.world, one.article.lines[0], one.article.locator
    early, late = locator(0, line.sentence), locator(1, one.article.lines[1].sentence)
    wrong = {**early, "segments": [{**early["segments"][0], "sha256": digest("x")}]}
    said = world.attribution([world.originator(cue=wrong)])
    return [
        ("claim", world.claim(report=one.report, appearances=[wrong]), "digest"),
        ("claim", world.claim(report=one.report, appearances=[{**late, "paragraph": 2}]), "paragraph"),
        ("claim", world.claim(report=one.report, appearances=[early], attribution=said), "digest"),
        ("figure", world.figure(one.claims[1], reported="40,000", appearance=locator(0, REPORTED)), "reported"),
        ("figure", world.figure(one.claims[1], reported=REPORTED, appearance=wrong), "digest"),
    ]


def test_beside_a_text_no_locator_that_does_not_hold_is_recorded(one: Annotated) -> None:
    """Neither in a new record nor by a correction; without the text it was believed, so it may not come back either."""
    world, bad = one.world, bad_drafts(one)
    believed = [world.create(noun, draft) for noun, draft, _ in bad]
    for record in believed:
        world.retract(record)
    one.attach()
    before = dump(world.desk.engine)
    for record, (noun, draft, code) in zip(believed, bad, strict=True):
        standing = one.claims[1] if noun == "claim" else one.figures[0]
        for verb in (partial(world.create, noun), partial(world.correct, standing)):
            with pytest.raises(InvalidInput) as refusal:
                verb(draft)
            assert [fault.code for fault in refusal.value.faults] == [code]
        with pytest.raises(NotAllowed, match="would break a rule"):
            world.restore(record)
    assert dump(world.desk.engine) == before
    detach(world.desk, one.report)
    for record in believed:
        world.restore(record)


def test_a_retracted_locator_does_not_keep_a_text_out(one: Annotated) -> None:
    """What nobody sees need not hold; what is held is verified as it stands."""
    noun, draft, _ = bad_drafts(one)[0]
    one.world.retract(one.world.create(noun, draft))
    one.attach()
    with snapshot(one.world.desk.engine) as connection:
        checked = against_held(connection, one.report, locators(connection, one.world.desk.nouns, one.report))
    assert [each.verdict.value for each in checked] == ["match"] * (3 * 2 + 3 * 3 + 3)


def test_segments_of_a_text_are_those_that_it_has() -> None:
    """The articles of these tests are annotated as they should be; otherwise every refusal here might be another."""
    article = Article(3, 2)
    (found,) = article.locator(1, article.lines[1].sentence)["segments"]
    assert article.text[found["start"] : found["end"]] == article.lines[1].sentence
    assert found == segment(article.text, found["start"], found["end"])
