"""A new edition of an article never takes the place of the old one: each locator goes on pointing into its own."""

import pytest

from app.kit.errors import InvalidInput, NotAllowed
from app.sources.attaching import Attached, Detached, attach, detach
from app.sources.verifying import Checked, against_copy, against_held, locators
from app.store.engine import snapshot
from tests.record.readings import body_of
from tests.sources.answers import records
from tests.sources.remains import remains, unpacked
from tests.support.api import Api
from tests.support.articles import Annotated, Article, appearances, claims_of, quote_of


class Later(Article):
    """A later edition: the same words after a new paragraph, so that every offset is another."""

    def __init__(self, first: Article) -> None:
        super().__init__(77, 1)
        self.lines = [*self.lines, *first.lines]
        self.text = "\n\n".join(["A later title", *(line.text for line in self.lines)])
        self.content = self.text.encode()


def add(one: Annotated) -> Later:
    """Add an edition to the report, and claims that point into it."""
    later, world = Later(one.article), one.world
    body = body_of(world.desk.engine, one.report)
    world.correct(one.report, {**body, "editions": [*body["editions"], later.edition(2)]})
    one.claims += world.create_all([("claim", draft) for draft in claims_of(world, later, one.report, edition=2)])
    return later


def quoted(api: Api, one: Annotated) -> dict[int, set[bool]]:
    """Return whether there are quotes, by edition; each equal to the text of its own edition."""
    texts = {1: one.article.text, 2: Later(one.article).text}
    shown: dict[int, set[bool]] = {}
    for path in records(one):
        for _, at in appearances(api.data(path)):
            shown.setdefault(at["edition"], set()).add(at["quote"] is not None)
            assert at["quote"] in (None, quote_of(texts[at["edition"]], at))
    return shown


def verified(one: Annotated, *editions: int) -> list[Checked]:
    """Hold the locators into some editions against the texts that are held."""
    with snapshot(one.world.desk.engine) as connection:
        everything = locators(connection, one.world.desk.nouns, one.report)
        chosen = [each for each in everything if each.appearance["edition"] in editions]
        return against_held(connection, one.report, chosen)


def test_each_edition_is_attached_by_itself_and_quoted_from_itself(one: Annotated, api: Api) -> None:
    """A file is told by its digest which edition it is; letting go lets go of all."""
    unpacked(one.world)
    one.attach()
    later = add(one)
    assert quoted(api, one) == {1: {True}, 2: {False}}
    assert [edition["held"] for edition in api.data(f"/v1/reports/{one.report}")["editions"]] == [True, False]
    with pytest.raises(NotAllowed, match="the text of edition 2 is not held"):
        verified(one, 1, 2)
    assert len(verified(one, 1)) == 3 * 2 + 3 * 3 + 3
    assert attach(one.world.desk, one.report, later.content) == Attached(one.report, 2)
    assert quoted(api, one) == {1: {True}, 2: {True}}
    assert {each.verdict.value for each in verified(one, 1, 2)} == {"match"}
    assert detach(one.world.desk, one.report) == Detached(one.report, [1, 2])
    assert quoted(api, one) == {1: {False}, 2: {False}}
    assert remains(one.world) == {}


def test_the_first_edition_is_no_text_of_the_second(one: Annotated, api: Api) -> None:
    """Its locators are checked against its own text, so a wrong one into it is told, whatever else is held."""
    later = add(one)
    one.attach()
    with pytest.raises(InvalidInput, match="the text of no edition"):
        attach(one.world.desk, one.report, later.text.replace("A later", "The later").encode())
    wrong = one.article.locator(0, one.article.lines[0].sentence, edition=2)
    one.world.create("claim", one.world.claim(report=one.report, appearances=[wrong]))
    with pytest.raises(InvalidInput) as refusal:
        attach(one.world.desk, one.report, later.content)
    assert [fault.code for fault in refusal.value.faults] == ["digest"]
    assert quoted(api, one) == {1: {True}, 2: {False}}


def test_the_words_of_the_first_are_found_in_the_second(one: Annotated) -> None:
    """Held against a later copy, the locators of both editions match where their words stand in order."""
    later = add(one)
    with snapshot(one.world.desk.engine) as connection:
        everything = locators(connection, one.world.desk.nouns, one.report)
    found = against_copy(later.text, everything)
    assert {each.verdict.value for each in found} == {"match"}
    assert {each.located.appearance["edition"] for each in found} == {1, 2}
    lost = against_copy(one.article.text, everything)
    missing = {each.located.appearance["edition"] for each in lost if each.verdict.value == "missing"}
    assert missing == {2}
