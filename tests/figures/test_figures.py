"""The promise: a figure is read as a JSON number with every digit, and never without its source."""

import json
import re
from decimal import Decimal
from typing import Any

from app.claims.views import FigureCardView
from app.figures.schemas import FigureView
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.world import World, appearance


def test_an_anonymous_caller_reads_a_figure_whole(world: World, api: Api) -> None:
    """Every field of the model, with the whole attribution and the report's address."""
    claim = world.create("claim", world.claim())
    period = {"edtf": "2016-12-12/2016-12-14", "basis": "stated"}
    stated = {"quantifier": "just_under", "value": "6000", "reported": "almost 6,000", "term": "left"}
    stated["measure"] = "people_departed"
    figure = world.create("figure", world.figure(claim, reference_period=period, measure_basis="inferred", **stated))
    whole, data = api.data(f"/v1/claims/{claim}"), api.data(f"/v1/figures/{figure}")
    assert set(data) == set(FigureView.model_fields)
    assert assert_new(data) == {
        "id": figure,
        "type": "figure",
        "text": "100 people",
        "measure": {"code": "people_departed", "label": "People departed", "kind": "flow", "basis": "inferred"},
        "term": "left",
        "reported": "almost 6,000",
        "value": 6000,
        "lower": None,
        "upper": 6000,
        "lower_exclusive": False,
        "upper_exclusive": True,
        "ratio": None,
        "quantifier": "just_under",
        "unit": "{person}",
        "population_group": "people",
        "place": whole["places"][0],
        "place_basis": "stated",
        "reference_period": {
            "edtf": "2016-12-12/2016-12-14",
            "earliest": "2016-12-12",
            "latest": "2016-12-14",
            "text": "12 to 14 December 2016",
            "basis": "stated",
            "reasoning": None,
        },
        "derived": None,
        "claim": {"id": claim, "statement": "Something happened."},
        "report": whole["report"],
        "voice": whole["attribution"]["voice"],
        "attribution": whole["attribution"],
        "appearance": {"locator": "text", **appearance(), "quote": None},
        "sensitivity": "low",
    }
    assert whole["figures"] == [{name: data[name] for name in FigureCardView.model_fields}]


NUMBERS = ["0", "98", "33.5", "0.333333", "999999999999999", "123456789.123456", "0.000001", "6300000"]


def test_numbers_are_json_numbers_with_every_digit(world: World, api: Api) -> None:
    """No digit is lost between the writer's string, either database and the reader's number."""
    claim = world.create("claim", world.claim())
    figures = world.create_all([("figure", world.figure(claim, value=value)) for value in NUMBERS])
    for value, figure in zip(NUMBERS, figures, strict=True):
        written = api.get(f"/v1/figures/{figure}").content
        for name in (b"value", b"lower", b"upper"):
            (number,) = re.findall(b'"%b":([^,]*),' % name, written)
            assert not number.startswith(b'"')
            assert Decimal(number.decode()) == Decimal(value)
            assert json.loads(number) == float(value)
    carried = [one["value"] for one in api.data(f"/v1/claims/{claim}")["figures"]]
    assert [Decimal(repr(one)) for one in carried] == [Decimal(one) for one in NUMBERS]


OPEN: list[tuple[str, dict[str, Any], list[Any]]] = [
    ("unqualified", {"value": "5"}, [5, 5, 5, False, False]),
    ("approximately", {"value": "5"}, [5, None, None, False, False]),
    ("less_than", {"value": "5"}, [5, None, 5, False, True]),
    ("at_most", {"value": "5"}, [5, None, 5, False, False]),
    ("more_than", {"value": "5"}, [5, 5, None, True, False]),
    ("at_least", {"value": "5"}, [5, 5, None, False, False]),
    ("between", {"value": None, "lower": "2", "upper": "3.5"}, [None, 2, 3.5, False, False]),
    ("order_of_magnitude", {"value": None, "lower": "2000"}, [None, 2000, None, False, False]),
]


def test_bounds_are_read_as_the_table_says(world: World, api: Api) -> None:
    """What a qualifier says of the lowest and highest value is stated, so that nobody interprets words."""
    claim = world.create("claim", world.claim())
    records = [("figure", world.figure(claim, quantifier=word, **stated)) for word, stated, _ in OPEN]
    names = ("value", "lower", "upper", "lower_exclusive", "upper_exclusive")
    for (word, _, expected), figure in zip(OPEN, world.create_all(records), strict=True):
        data = api.data(f"/v1/figures/{figure}")
        assert [data[name] for name in names] == expected, word
        assert data["quantifier"] == word


def test_a_derived_figure_is_marked_and_names_its_inputs(world: World, api: Api) -> None:
    """What nobody stated says so, in the document, in its claim, and in lists; it has no reported words."""
    claim = world.create("claim", world.claim())
    stated = world.create("figure", world.figure(claim))
    derived = {"formula": "half of it", "inputs": [stated]}
    figure = world.create("figure", world.figure(claim, reported=None, appearance=None, derived=derived))
    data = api.data(f"/v1/figures/{figure}")
    assert data["derived"] == derived
    assert (data["reported"], data["appearance"]) == (None, None)
    assert [one["derived"] for one in api.data(f"/v1/claims/{claim}")["figures"]] == [None, derived]
    assert [one["derived"] for one in api.walk("/v1/figures")] == [derived, None]


def test_a_stated_fraction_keeps_its_ratio(world: World, api: Api) -> None:
    """The fraction as stated beside its value rounded to six places."""
    claim = world.create("claim", world.claim())
    ratio = {"numerator": 2, "denominator": 6}
    figure = world.create("figure", world.figure(claim, value=None, ratio=ratio, measure="children_share", unit="1"))
    data = api.data(f"/v1/figures/{figure}")
    assert (data["ratio"], data["value"]) == (ratio, 0.333333)


def test_lists_hold_the_same_documents(world: World, api: Api) -> None:
    """Figures of a claim, of its report and of all are the figures themselves, newest recorded first."""
    claim, other = (world.create("claim", world.claim()) for _ in range(2))
    ids = [world.create("figure", world.figure(claim, value=str(number))) for number in range(1, 4)]
    expected = [api.data(f"/v1/figures/{one}") for one in reversed(ids)]
    for path in ("/v1/figures", f"/v1/reports/{world.report}/figures", f"/v1/claims/{claim}/figures"):
        assert api.walk(path) == expected
    assert api.walk(f"/v1/claims/{other}/figures") == []
    assert [one["id"] for one in api.data(f"/v1/claims/{claim}")["figures"]] == ids


def test_no_figure_of_the_seed_is_without_its_chain(seeded_api: Api) -> None:
    """No claim without its source: every figure has exactly the documented fields and at least two hops."""
    for one in seeded_api.walk("/v1/figures?limit=1000"):
        answer = seeded_api.get(f"/v1/figures/{one['id']}")
        RecordAnswer[FigureView].model_validate_json(answer.content)
        assert [hop["role"] for hop in one["attribution"]["chain"]][-2:] == ["publisher", "reporter"]
        assert one["attribution"]["text"]
        assert one["voice"] == one["attribution"]["voice"]
