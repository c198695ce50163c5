"""The JSON-LD promises that what is rare is in it too: held words, points, fractions, gradings, the unnamed."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.claims.appearances import digest
from app.exports import context
from app.exports.jsonld import NODES
from app.exports.jsonld_claims import targets
from app.exports.tables import TABLES
from tests.support.api import Api
from tests.support.articles import Annotated, Article, annotated
from tests.support.databases import Databases
from tests.support.graphs import graph, left_out, names
from tests.support.read_back import documents_of, fresh_world
from tests.support.world import World

# Met only where no records are: in the catalogue, and on records without facts.
OF_CATALOGUE = {
    "Catalog", "DataService", "Distribution", "accessURL", "conformsTo", "dataset", "distribution", "downloadURL",
    "endpointDescription", "endpointURL", "issued", "keyword", "landingPage", "mediaType", "servesDataset", "service",
}  # fmt: skip
OF_TOMBSTONES = {"invalidatedAtTime", "retracted_cause"}


@dataclass(frozen=True)
class Rich:
    """The documents of every table, while a text is not held and while it is, and the text."""

    without: dict[str, list[Any]]
    held: dict[str, list[Any]]
    article: Article


@pytest.fixture(scope="module")
def rich(databases: Databases, furnished_template: World) -> Rich:
    """A world in which every rare thing happens once; tests only read what it answered."""
    with fresh_world(databases, furnished_template) as (world, api):
        made = furnished(world)
        without = documents(api)
        made.attach()
        return Rich(without, documents(api), made.article)


def furnished(world: World) -> Annotated:
    """Record every rare thing."""
    point = {"latitude": "36.2", "longitude": "-37.16"}
    names_ = [{"lang": "en", "name": "A Village"}, {"lang": "ar", "name": "قرية"}]
    world.create("place", world.place(name="A Village", names=names_, point=point, cod_version="v3"))
    parent = world.create("actor", world.actor(name="A Whole", short_name="AW", organisation_type="other"))
    part = world.create("actor", world.actor(name="A Part", aliases=["Bit", "Piece"], parent=parent, country="SYR"))
    edition = {**Article(7, 2).edition(), "retrieved_at": "2016-12-15T08:00:00.000000Z"}
    made = annotated(world, Article(7, 2), editions=[edition])
    grading = {"source_reliability": "B", "information_credibility": "2", "graded_by": "editor"}
    mention = {"label": "A Part", "actor": part}
    told = world.originator(affiliation=mention, on_behalf_of=mention, addressee=mention, capacity="spokesman")
    hidden = world.originator(actor=None, label="officials", source_ref="s1")
    stated = {
        "attribution": world.attribution([told], said_in=world.town, said_on=_day("2016-12-11")),
        "hedge": {"type": "worry"},
        "event": _day("2016-12-10/.."),
        "gradings": [{**grading, "graded_at": "2026-11-22T08:00:00.000000Z"}],
    }
    claim = world.create("claim", world.claim(**stated))
    world.create("claim", world.claim(attribution=world.attribution([hidden], identification="unnamed")))
    third = {"value": None, "ratio": {"numerator": 1, "denominator": 3}, "reported": "a third", "term": "share"}
    share = {"measure": "children_share", "unit": "1", "reference_period": _day("2016-12-11")}
    figure = world.create("figure", world.figure(claim, **third, **share))
    other = world.create("figure", world.figure(claim))
    world.create("relation", world.relation(figure, other))
    world.correct(claim, world.claim(**stated, statement="Something else."))
    return made


def _day(edtf: str) -> dict[str, Any]:
    return {"edtf": edtf, "basis": "stated"}


def documents(api: Api) -> dict[str, list[Any]]:
    """Return the documents of every table."""
    return {table: documents_of(api, TABLES[table]) for table in NODES}


def test_every_name_of_the_context_is_met(rich: Rich, seeded_api: Api) -> None:
    """None is in it that nothing uses, and none is used that it lacks."""
    both = (rich.held, documents(seeded_api))
    graphs = [graph(table, found)["@graph"] for each in both for table, found in each.items()]
    met = {name for one in graphs for name in names(one) if not name.startswith("@")}
    known = set(context.CONTEXT["@context"]) - set(context.PREFIXES) - {"@version"}
    assert known - met == OF_CATALOGUE | OF_TOMBSTONES
    assert met - known == set()


def test_nothing_rare_is_left_out(rich: Rich) -> None:
    """Every value of every document is in its node, held words too; those of a split quotation piece by piece."""
    quotations = {" … ".join(line.quotation) for line in rich.article.lines}
    for table, found in rich.held.items():
        assert [one for one in left_out(table, found) if one[1] not in quotations] == []


def test_held_words_are_selectors_of_exactly_their_stretch(rich: Rich) -> None:
    """Each piece of a split quotation with its own words; none while the text is not held."""
    assert "TextQuoteSelector" not in names(graph("claims", rich.without["claims"]))
    quoted = 0
    for one in graph("claims", rich.held["claims"])["@graph"][1:]:
        for target in one["target"]:
            for each in target.get("selector", []):
                if each["type"] == "TextQuoteSelector":
                    where = target["selector"][0]
                    assert digest(each["exact"]) == target["sha256"]
                    assert each["exact"] == rich.article.text[where["start"] : where["end"]]
                    quoted += 1
    segments = [part for line in rich.article.lines for part in (*line.quotation, line.sentence, "about 40 left")]
    assert quoted == len(segments)


def test_words_that_hold_the_mark_of_a_break_are_not_taken_apart() -> None:
    """When the pieces cannot be told from each other, no wrong words are given."""
    first, second = "one … two", "three"
    spans = [
        {"start": 0, "end": 9, "sha256": digest(first), "normalised": {"sha256": "x", "length": 9}},
        {"start": 20, "end": 25, "sha256": digest(second), "normalised": {"sha256": "x", "length": 5}},
    ]
    base = {"edition": 1, "locator": "text", "part": "body", "paragraph": 1, "segments": spans}
    quote = {"exact": f"{first} … {second}", "prefix": "", "suffix": ""}
    claim = {"appearances": [{**base, "quote": quote}], "report": {"id": "rep_x"}}
    assert [len(one["selector"]) for one in targets(claim)] == [1, 1]
    quote = {"exact": f"{second} … {second}", "prefix": "", "suffix": ""}
    claim["appearances"] = [{**base, "quote": quote}]
    assert [len(one["selector"]) for one in targets(claim)] == [1, 2]


def test_nobody_is_named_who_is_not_named(rich: Rich) -> None:
    """An unnamed source is an agent of whom nothing is said but what the text calls them."""
    found = graph("claims", rich.held["claims"])["@graph"][1:]
    (hidden,) = (one for one in found if one["identification"] == "unnamed")
    hop = hidden["qualifiedAttribution"][0]
    assert hop["agent"] == {"type": "Agent"}
    assert (hop["label"], hop["source_ref"]) == ("officials", "s1")
    assert "wasAttributedTo" not in hidden
    assert "creator" not in hidden["hadPrimarySource"]


def test_a_corrected_record_names_what_it_revised(rich: Rich) -> None:
    """By the permalink of the revision before."""
    found = graph("claims", rich.held["claims"])["@graph"][1:]
    (corrected,) = (one for one in found if one["corrections"])
    assert corrected["wasRevisionOf"] == f"{corrected['id']}/revisions/1"
    assert corrected["permalink"] == f"{corrected['id']}/revisions/2"
    assert corrected["generatedAtTime"] > corrected["recorded_at"]
    assert all("wasRevisionOf" not in one for one in found if not one["corrections"])


def test_a_point_and_a_certain_day_are_given_as_they_are(rich: Rich) -> None:
    """Degrees as decimals; `observationDate` for one certain day."""
    places = graph("places", rich.held["places"])["@graph"][1:]
    (located,) = (one for one in places if "geo" in one)
    assert located["geo"] == {"type": "GeoCoordinates", "latitude": "36.2", "longitude": "-37.16"}
    assert [one["@value"] for one in located["name"]] == ["A Village", "قرية"]
    figures = graph("figures", rich.held["figures"])["@graph"][1:]
    assert [one["observationDate"] for one in figures if "ratio" in one] == ["2016-12-11"]
    assert [one["value"] for one in figures if "ratio" in one] == ["0.333333"]
