"""The benchmarks promise: what is compared answers the same question, and asks what it says it asks."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from app.store.engine import writer
from benchmarks import floor, idiomatic, sampling
from benchmarks.sampling import OF_PAGE, Sample
from tests.support.api import Api


@pytest.fixture
def sample(seeded_url: str) -> Sample:
    """What is asked of the seed."""
    with writer(seeded_url).connect() as connection:
        return sampling.sample(connection)


@pytest.fixture
def other(seeded_url: str) -> Iterator[Api]:
    """The idiomatic path on the seed."""
    with asyncio.Runner() as runner:
        yield Api(idiomatic.build(seeded_url), runner)


def test_the_idiomatic_path_gives_a_claim_whole(seeded_api: Api, other: Api, sample: Sample) -> None:
    """The same claim with its whole chain, its figures, its places in the text, its themes and places."""
    for claim in dict.fromkeys(sample.claims[:50]):
        ours, theirs = seeded_api.data(f"/v1/claims/{claim}"), other.get(f"/one/{claim}").json()
        assert theirs["statement"] == ours["statement"]
        assert theirs["report"]["id"] == ours["report"]["id"]
        assert {one["id"] for one in theirs["figures"]} == {one["id"] for one in ours["figures"]}
        assert len(theirs["hops"]) == len(ours["attribution"]["chain"])
        assert len(theirs["segments"]) == sum(len(one["segments"]) for one in ours["appearances"])
        assert {one["theme"] for one in theirs["themes"]} == {one["code"] for one in ours["themes"]}
        assert {one["id"] for one in theirs["places"]} == {one["id"] for one in ours["places"]}


def test_the_idiomatic_path_gives_the_same_page(seeded_api: Api, other: Api) -> None:
    """The same claims in the same order."""
    assert _ids(other.get("/page?limit=50")) == [one["id"] for one in seeded_api.data(sampling.plain())]


def test_the_idiomatic_path_filters_as_ours(seeded_api: Api, other: Api, sample: Sample) -> None:
    """By a theme and a place that claims have themselves: ours also finds what lies inside a place, theirs does not."""
    ours = seeded_api.data(sampling.filtered(sample))
    direct = [one["id"] for one in ours if sample.place in {place["id"] for place in one["places"]}]
    theirs = _ids(other.get(f"/page?{urlencode({'theme': sample.theme, 'place': sample.place})}"))
    assert theirs == direct
    assert len(theirs) > 5


def _ids(answer: httpx.Response) -> list[str]:
    return [one["id"] for one in answer.json()]


def test_the_floor_hands_out_the_same_bytes(tmp_path: Path) -> None:
    """Nothing is added to what it was given, and nothing left out."""
    for name in ("one", "page"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    with asyncio.Runner() as runner:
        api = Api(floor.build(tmp_path), runner)
        assert api.get("/one/clm_anything").content == b"one" * 1000
        assert api.get("/pages/page").content == b"page" * 1000


def test_claims_are_taken_from_everywhere(seeded_api: Api, sample: Sample) -> None:
    """Of a world smaller than the sample nearly every claim is asked for."""
    every = {one["id"] for one in seeded_api.data("/v1/claims?limit=1000")}
    assert set(sample.claims) <= every
    assert len(set(sample.claims)) > len(every) / 2


def test_a_page_far_down_is_the_page_that_a_reader_reaches(
    seeded_api: Api, seeded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cursor is made from the index, and leads where following links.next leads."""
    monkeypatch.setattr(sampling, "DEEP", 2)
    with writer(seeded_url).connect() as connection:
        found = [one for one in sampling.asks(connection) if one.group == "page"]
    first: Any = seeded_api.get(found[0].path).json()
    assert [one.name for one in found] == ["1", "2"]
    assert len(first["data"]) == OF_PAGE
    assert seeded_api.get(found[1].path).json()["data"] == seeded_api.get(first["links"]["next"]).json()["data"]


def test_every_question_is_answered(seeded_api: Api, seeded_url: str) -> None:
    """Filters, pairs, searches and comparisons are all asked, in words that the API takes."""
    with writer(seeded_url).connect() as connection:
        asks = list(sampling.asks(connection))
    assert {one.group for one in asks} == {"filter", "pair", "search", "compare", "overview", "page"}
    assert {one.path for one in asks if seeded_api.get(one.path).status_code != 200} == set()
    assert len([one for one in asks if one.group == "filter"]) == 2 * len(sampling.FIVE)
