"""The promise: a place is known by slug and P-code, and says everything that it lies in."""

from typing import Any

import pytest

from app.kit.errors import AlreadyRecorded, InvalidInput
from app.places.schemas import PlaceView
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers, put
from tests.support.world import World, draft_of

ID = "0" * 26
PLACE: dict[str, Any] = {
    "slug": "a-place",
    "name": "A Place",
    "names": [{"lang": "ar", "name": "مكان"}],
    "lang": "en",
    "kind": "community",
    "p_code": "C1007",
    "country": "SYR",
    "parent": f"plc_{ID}",
    "point": {"latitude": "36.2", "longitude": "-37.16"},
    "informal": False,
    "cod_version": "v1",
}


def test_an_anonymous_caller_reads_a_place_with_all_that_it_lies_in(world: World, api: Api) -> None:
    """Codes and names of every level, the way up nearest first, names by language, and a point as numbers."""
    above: dict[str, str] = {}
    parent = world.country
    for level, code in (("admin1", "SY02"), ("admin2", "SY0200"), ("admin3", "SY020000"), ("community", "C1007")):
        facts = {"slug": level, "name": level.title(), "p_code": code, "informal": False, "names": PLACE["names"]}
        point = PLACE["point"] if level == "community" else None
        parent = above[level] = world.create("place", world.place(kind=level, parent=parent, point=point, **facts))
    area = world.create("place", world.place(slug="east", name="East", parent=parent))

    def card(level: str, code: str) -> dict[str, Any]:
        named = {"slug": level, "name": level.title(), "kind": level, "p_code": code, "country": "SYR"}
        return {"id": above[level], **named}

    country = {"id": world.country, "slug": "aland", "name": "A Town", "kind": "country"}
    ancestors = [
        card("admin3", "SY020000"),
        card("admin2", "SY0200"),
        card("admin1", "SY02"),
        {**country, "p_code": None, "country": "SYR"},
    ]
    levels = {
        "admin1_code": "SY02",
        "admin1_name": "Admin1",
        "admin2_code": "SY0200",
        "admin2_name": "Admin2",
        "admin3_code": "SY020000",
        "admin3_name": "Admin3",
    }
    data = api.data(f"/v1/places/{above['community']}")
    assert set(data) == set(PlaceView.model_fields)
    assert assert_new(data) == {
        **card("community", "C1007"),
        "type": "place",
        "names": {"ar": "مكان"},
        "lang": "en",
        **levels,
        "parent": ancestors[0],
        "ancestors": ancestors,
        "point": {"latitude": 36.2, "longitude": -37.16},
        "informal": False,
        "cod_version": None,
    }
    inside = api.data(f"/v1/places/{area}")
    assert {name: inside[name] for name in levels} == levels
    assert inside["ancestors"] == [card("community", "C1007"), *ancestors]
    assert (inside["p_code"], inside["point"], inside["informal"]) == (None, None, True)
    first = api.data("/v1/places/SY02")
    assert (first["admin1_code"], first["admin2_code"], first["parent"]["id"]) == ("SY02", None, world.country)
    top = api.data(f"/v1/places/{world.country}")
    assert (top["parent"], top["ancestors"], top["admin1_code"]) == (None, [], None)


def test_a_place_is_found_by_id_slug_and_p_code(seeded_api: Api) -> None:
    """Three names, one document; and every document has exactly the documented fields."""
    for place in seeded_api.walk("/v1/places?limit=1000"):
        names = [place["id"], place["slug"], *([place["p_code"]] if place["p_code"] else [])]
        answers = [seeded_api.get(f"/v1/places/{name}") for name in names]
        assert {answer.content for answer in answers} == {answers[0].content}
        RecordAnswer[PlaceView].model_validate_json(answers[0].content)


def test_east_aleppo_lies_in_aleppo(seeded_api: Api) -> None:
    """An area without a P-code is an informal place inside one that has it."""
    data = seeded_api.data("/v1/places/east-aleppo-besieged-remainder")
    slugs = "east-aleppo aleppo jebel-saman-subdistrict jebel-saman-district aleppo-governorate syria"
    assert [one["slug"] for one in data["ancestors"]] == slugs.split()
    assert [data[f"admin{level}_code"] for level in (1, 2, 3)] == ["SY02", "SY0200", "SY020000"]
    assert (data["informal"], data["p_code"]) == (True, None)
    assert seeded_api.data("/v1/places/C1007")["names"] == {"ar": "حلب"}


def test_nothing_but_a_place_is_taken() -> None:
    """Every field refuses junk, every object what it does not know."""
    assert_strict("place", PLACE)
    assert_required("place", PLACE, {"slug", "name", "lang", "kind", "country", "informal"}, frozenset({"parent"}))


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("a country inside something", {"kind": "country"}, ""),
    ("an area inside nothing", {"parent": None}, ""),
    ("a country without its code", {"kind": "country", "parent": None, "country": None}, ""),
    ("an informal place with a P-code", {"informal": True}, ""),
    ("two names in one language", {"names": [{"lang": "ar", "name": one} for one in "ab"]}, ""),
    ("an unknown kind", {"kind": "village"}, "/kind"),
    ("a slug with capitals", {"slug": "East-Aleppo"}, "/slug"),
    ("a slug with idle hyphens", {"slug": "east--aleppo"}, "/slug"),
    ("a country of two letters", {"country": "SY"}, "/country"),
    ("a P-code in small letters", {"p_code": "sy02"}, "/p_code"),
    ("a latitude beyond the pole", {"point": {"latitude": "90.5", "longitude": "0"}}, "/point"),
    ("a longitude beyond the line", {"point": {"latitude": "0", "longitude": "-180.1"}}, "/point"),
    ("a number", {"point": {"latitude": 36.2, "longitude": "0"}}, "/point/latitude"),
    ("idle zeros", {"point": {"latitude": "36.20", "longitude": "0"}}, "/point/latitude"),
    ("a minus before nought", {"point": {"latitude": "-0", "longitude": "0"}}, "/point/latitude"),
    ("seven places", {"point": {"latitude": "36.1234567", "longitude": "0"}}, "/point/latitude"),
]


@pytest.mark.parametrize(("what", "changes", "pointer"), WRONG, ids=[row[0] for row in WRONG])
def test_a_place_that_cannot_be_is_refused(what: str, changes: dict[str, Any], pointer: str) -> None:
    """Countries on top, everything else inside something, degrees on earth in one spelling."""
    assert pointers("place", {**PLACE, **changes}) == {pointer}, what


@pytest.mark.parametrize("degrees", ["0", "-0.5", "0.000001", "90", "-36.2"])
def test_lawful_degrees_are_taken(degrees: str) -> None:
    """Plain notation without idle zeros."""
    draft_of("place", put(PLACE, ("point", "latitude"), degrees))


def test_a_place_lies_in_the_country_of_its_parent(furnished_template: World) -> None:
    """Borders do not run through a place."""
    world = furnished_template
    with pytest.raises(InvalidInput) as caught:
        world.create("place", world.place(country="IRQ"))
    assert [fault.pointer for fault in caught.value.faults] == ["/country"]


def test_a_slug_or_p_code_finds_one_place_only(world: World) -> None:
    """What finds one record never finds another."""
    world.create("place", world.place(slug="one", p_code="C1", informal=False))
    for taken in ({"slug": "one"}, {"slug": "two", "p_code": "C1", "informal": False}):
        with pytest.raises(AlreadyRecorded):
            world.create("place", world.place(**taken))


def test_a_place_stays_in_its_country(world: World) -> None:
    """All that lie in it would otherwise be in another country than it is."""
    for record_id, value in (
        (world.country, world.place(kind="country", parent=None, slug="aland", informal=False, country="IRQ")),
        (world.town, world.place(slug="atown", country="IRQ")),
    ):
        with pytest.raises(InvalidInput) as caught:
            world.correct(record_id, value)
        assert [fault.pointer for fault in caught.value.faults] == ["/country"]
