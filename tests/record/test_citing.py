"""A citation promises: it names one revision, in a line and as data that reference managers read as they are."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import dates, ids
from app.record.citing import issued, names
from tests.record.nouns import DRAFTS
from tests.support import csl
from tests.support.api import Api
from tests.support.lived import assert_cited
from tests.support.world import World


def test_an_anonymous_caller_reads_how_a_claim_is_cited(world: World, api: Api) -> None:
    """The line, the permalink, the instant; who said it as author, within what the reporter wrote."""
    claim = world.create("claim", world.claim())
    data = api.data(f"/v1/claims/{claim}")
    link, day = f"/v1/claims/{claim}/revisions/1", data["changed_at"][:10]
    assert data["cite"] == {
        "text": "Something happened. — A Speaker, in an interview; in: A Paper, “A Report”, 14 December 2016."
        f" Onrecord {claim}, version 1 ({day}).",
        "url": link,
        "recorded_at": data["changed_at"],
        "csl": {
            "id": f"{claim}-1",
            "type": "entry",
            "title": "Something happened.",
            "author": [{"literal": "A Speaker"}],
            "container-title": "A Report",
            "container-author": [{"literal": "A Reporter"}],
            "publisher": "A Paper",
            "issued": {"date-parts": [[2016, 12, 14]]},
            "language": "en",
            "note": "A Speaker, in an interview",
            "archive": "Onrecord",
            "version": "1",
            "URL": link,
        },
    }


@pytest.mark.parametrize("plural", sorted(ids.PLURALS.values()))
def test_every_seeded_record_is_cited(seeded_api: Api, plural: str) -> None:
    """All of them: as exactly the revision that they are, as CSL-JSON has it, each under a name of its own."""
    records = seeded_api.walk(f"/v1/{plural}?limit=1000")
    for record in records:
        assert_cited(record)
        assert csl.faults(record["cite"]["csl"]) == []
    assert len({record["cite"]["csl"]["id"] for record in records}) == len(records) > 0


@pytest.mark.parametrize("noun", sorted(ids.PLURALS))
def test_a_correction_is_cited_as_another_revision(world: World, api: Api, noun: str) -> None:
    """What was cited before names what was read before."""
    draft = DRAFTS[noun](world)
    record_id = world.create(noun, draft)
    path = f"/v1/{ids.PLURALS[noun]}/{record_id}"
    before = api.data(path)
    changed = {"claim": "statement", "figure": "text", "relation": "reason", "report": "title", "vocabulary": "label"}
    world.correct(record_id, {**draft, changed.get(noun, "name"): "Other words"})
    after = api.data(path)
    assert_cited(after)
    assert "Other words" in after["cite"]["text"]
    assert api.data(before["cite"]["url"])["cite"] == before["cite"] != after["cite"]


def derived(api: Api, world: World) -> Any:
    """Return the document of a figure that was computed here."""
    claim = world.create("claim", world.claim())
    stated = world.create("figure", world.figure(claim, reported="one hundred"))
    computed = {"derived": {"formula": "the same", "inputs": [stated]}, "reported": None, "appearance": None}
    return api.data(f"/v1/figures/{world.create('figure', world.figure(claim, **computed))}")


def test_a_derived_figure_is_cited_as_ours(world: World, api: Api) -> None:
    """Nobody is made the author of a number that they did not say; from what and whom it comes is said."""
    found = derived(api, world)
    (source,) = found["derived"]["inputs"]
    item = found["cite"]["csl"]
    assert (item["author"], item["container-title"], item["publisher"]) == (
        [{"literal": "Onrecord"}],
        "Onrecord",
        "Onrecord contributors",
    )
    for line in (found["cite"]["text"], item["note"]):
        assert f"omputed by Onrecord and stated by no source (the same, from {source}); A Speaker" in line
    assert csl.faults(item) == []


def test_a_figure_is_cited_with_the_words_of_its_source(world: World, api: Api) -> None:
    """A qualifier is not lost on the way into a footnote; words that stand there already are not said twice."""
    claim = world.create("claim", world.claim())
    for reported, expected in (("almost a hundred", " (reported as “almost a hundred”)"), ("100 People", "")):
        figure = world.create("figure", world.figure(claim, reported=reported))
        item = api.data(f"/v1/figures/{figure}")["cite"]["csl"]
        assert item["title"] == f"100 people{expected}"


def test_who_is_not_known_is_no_author(world: World, api: Api) -> None:
    """An unknown source is left out; a described one stands as the text describes it; joint ones stand together."""
    unknown = {"role": "originator", "known": False, "medium": "unspecified"}
    sources = world.originator(actor=None, source_ref="s1", label="sources close to it")
    paper = world.originator(actor=world.publisher, label="The Paper")
    for chain, expected in (([unknown], None), ([sources, paper], ["sources close to it", "The Paper"])):
        said = world.attribution(chain, identification="described" if expected else "unnamed")
        claim = world.create("claim", world.claim(attribution=said))
        item = api.data(f"/v1/claims/{claim}")["cite"]["csl"]
        assert item.get("author") == (None if expected is None else [{"literal": one} for one in expected])
        assert csl.faults(item) == []


def test_a_report_is_cited_as_its_publisher_has_it(world: World, api: Api) -> None:
    """Its writers, its title, its date as far as it is certain, and where it stands."""
    published = {"edtf": "2016-12-13?", "basis": "inferred", "reasoning": "A Tuesday."}
    kinds = {"news_and_press_release": "article-newspaper", "map": "map", "situation_report": "report"}
    for kind, expected in kinds.items():
        report = world.create("report", world.report_draft(published=published, report_format=kind))
        cite = api.data(f"/v1/reports/{report}")["cite"]
        assert cite["text"].startswith(
            "A Reporter, “A Report”, in: A Paper, 13 December 2016 (uncertain). https://example.org/a. Onrecord rep_"
        )
        assert (cite["csl"]["type"], cite["csl"]["note"]) == (expected, "https://example.org/a")
        assert cite["csl"]["issued"] == {"date-parts": [[2016, 12, 13]], "circa": True}


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2016", {"date-parts": [[2016]]}),
        ("2016-XX-XX", {"date-parts": [[2016]]}),
        ("2016-12-XX", {"date-parts": [[2016, 12]]}),
        ("2016-12-13", {"date-parts": [[2016, 12, 13]]}),
        ("2016-12-13~", {"date-parts": [[2016, 12, 13]], "circa": True}),
        ("2016%", {"date-parts": [[2016]], "circa": True}),
        ("2016-12-1X", {"date-parts": [[2016, 12]], "circa": True}),
        ("[2016-12-13..2016-12-15]", {"date-parts": [[2016, 12]], "circa": True}),
        ("2016-12-13/2017-01", {"date-parts": [[2016, 12, 13], [2017, 1]]}),
        ("2016-12-13?/2016-12-XX", {"date-parts": [[2016, 12, 13], [2016, 12]], "circa": True}),
        ("2016-12-1X/2016-12-20", {"literal": dates.display("2016-12-1X/2016-12-20")}),
        ("201X", {"literal": "2010 to 2019"}),
        ("[2016..2017]", {"literal": "between 2016 and 2017"}),
        ("2016/..", {"literal": "from 2016"}),
        ("[..2016-12-13]", {"literal": dates.display("[..2016-12-13]")}),
    ],
)
def test_a_date_is_as_certain_as_it_is(edtf: str, expected: Any) -> None:
    """Parts say only what is certain; what has no certain part is said in words, never guessed."""
    assert issued(edtf) == expected
    assert issued(edtf, "words of the record").get("literal", "words of the record") == "words of the record"


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
EXPRESSIONS = st.one_of(
    DAYS,
    st.builds("{}{}".format, DAYS.map(lambda day: day[:7]), st.sampled_from(["", "?", "~", "%", "-XX", "-1X"])),
    st.builds("{}/{}".format, st.just("0001"), DAYS),
    st.builds("[{}..{}]".format, st.just("0001-01-01"), DAYS),
    st.builds("[..{}]".format, DAYS),
)


@given(EXPRESSIONS)
def test_the_parts_of_a_date_hold_every_day_that_it_can_mean(edtf: str) -> None:
    """No day that the source may mean is outside of what a citation says."""
    bounds, found = dates.bounds(edtf), issued(edtf)
    assert csl.faults({"type": "entry", "id": "x", "issued": found}) == []
    if "date-parts" in found:
        first, last = found["date-parts"][0], found["date-parts"][-1]
        assert bounds.earliest is not None
        assert bounds.latest is not None
        assert list(bounds.earliest.timetuple()[: len(first)]) == first
        assert list(bounds.latest.timetuple()[: len(last)]) == last
    else:
        assert found == {"literal": dates.display(edtf)}


def test_names_are_never_taken_apart() -> None:
    """Which part of a name is the family's is not ours to guess; nobody stands twice."""
    assert names(["Khaula Sawah", None, "محمد علي", "Khaula Sawah"]) == [
        {"literal": "Khaula Sawah"},
        {"literal": "محمد علي"},
    ]


def test_what_the_schema_refuses_would_be_found() -> None:
    """The judge itself says no to nulls, unknown fields, and dates of four parts."""
    for wrong in (
        {"note": None},
        {"notes": "x"},
        {"issued": {"date-parts": [[1, 2, 3, 4]]}},
        {"author": [{"name": "x"}]},
    ):
        assert csl.faults({"type": "entry", "id": "x", **wrong})
