"""The contract promises: one envelope over everything, and a record says the same wherever it is met."""

import json
from typing import Any

import pytest

from app.kit import ids
from tests.support.api import Api
from tests.support.routes import FEEDS, MADE_OF_RECORDS, NAMES, PAGED, ROUTES, WITHOUT_ENVELOPE, path_of

ENVELOPED = [name for name in NAMES if name not in WITHOUT_ENVELOPE]
# Where a revision is among the others of its record.
PERMALINKED = ["canonical", "latest_version", "version_history", "predecessor_version", "successor_version"]
NOUNS = sorted(ids.PLURALS.items())
# By what else a record is found, where it has it.
HANDLES = {"vocabulary": ("name",), "place": ("slug", "p_code"), "claim": (), "figure": (), "relation": ()}


def validate(name: str, content: bytes) -> None:
    """Hold an answer against the model that its route declares: every field there, of its type, and none more."""
    model: Any = ROUTES[name].response_model
    model.model_validate_json(content, strict=True)


@pytest.mark.parametrize("name", ENVELOPED)
def test_every_answer_is_in_the_one_envelope(seeded_api: Api, name: str) -> None:
    """`data`, `links` with `self` and `next`, and `meta` with `seq`: one piece of code reads everything."""
    path = path_of(seeded_api, name)
    answer = seeded_api.get(path)
    assert answer.headers["content-type"] == "application/json"
    value = json.loads(answer.content)
    assert list(value) == ["data", "links", "meta"]
    beside = PERMALINKED if name.startswith("get_revision_") else []
    assert list(value["links"]) == ["self", "next", *beside]
    assert "seq" in value["meta"]
    assert seeded_api.get(value["links"]["self"]).content == answer.content
    assert isinstance(value["data"], list) is (name in {*PAGED, *FEEDS} - {"compare_claims"})
    records: list[Any] = value["data"] if isinstance(value["data"], list) else [value["data"]]
    assert all(record["type"] for record in records if name not in MADE_OF_RECORDS)


@pytest.mark.parametrize("name", ENVELOPED)
def test_every_answer_is_what_its_route_declares(seeded_api: Api, name: str) -> None:
    """Nulls are stated, nothing is left out and nothing comes on top, on every page of every list."""
    following: str | None = path_of(seeded_api, name, "limit=40" if name in PAGED else "")
    while following is not None:
        answer = seeded_api.get(following)
        validate(name, answer.content)
        found = json.loads(answer.content)
        following = None if name in FEEDS and found["meta"]["complete"] else found["links"]["next"]


@pytest.mark.parametrize(("noun", "plural"), NOUNS)
def test_every_seeded_record_is_the_same_wherever_it_is_met(seeded_api: Api, noun: str, plural: str) -> None:
    """In its list, by id, by slug, name or P-code: equal to the byte, and as declared."""
    records = seeded_api.walk(f"/v1/{plural}?limit=40")
    assert records
    for record in records:
        assert record["type"] == noun
        own = seeded_api.get(f"/v1/{plural}/{record['id']}")
        assert json.loads(own.content)["data"] == record
        validate(f"get_{noun}", own.content)
        for handle in HANDLES.get(noun, ("slug",)):
            if record[handle] is not None:
                named = seeded_api.get(f"/v1/{plural}/{record[handle]}")
                assert (named.content, named.headers["etag"]) == (own.content, own.headers["etag"])


@pytest.mark.parametrize(("noun", "plural"), NOUNS)
def test_a_list_is_newest_first_and_says_up_to_which_revision(seeded_api: Api, noun: str, plural: str) -> None:
    """The order is that of first publication; `meta.seq` is the ledger's, or the record's own."""
    page = seeded_api.get(f"/v1/{plural}?limit=1000").json()
    instants = [one["recorded_at"] for one in page["data"]]
    assert instants == sorted(instants, reverse=True)
    seqs = [seeded_api.get(f"/v1/{plural}/{one['id']}").json()["meta"]["seq"] for one in page["data"][:3]]
    assert seqs == sorted(seqs, reverse=True)
    assert all(0 < seq <= page["meta"]["seq"] for seq in seqs)


def test_only_persons_are_without_a_slug(seeded_api: Api) -> None:
    """A person's name is not made into an address."""
    actors = seeded_api.walk("/v1/actors")
    assert {one["kind"] for one in actors if one["slug"] is None} == {"person"}
    assert [one["name"] for one in actors if one["kind"] == "person" and one["slug"] is not None] == []


@pytest.mark.parametrize("name", ["list_claims_of_report", "list_figures_of_report", "list_figures_of_claim"])
def test_a_list_inside_a_record_is_that_part_of_the_whole_list(seeded_api: Api, name: str) -> None:
    """What stands in a report or claim is found in its list, in the same order, and nothing else is."""
    plural = ROUTES[name].path.rpartition("/")[2]
    holder = ROUTES[name].path.split("/")[2].removesuffix("s")
    inside = seeded_api.walk(path_of(seeded_api, name))
    owner = str(inside[0][holder]["id"])
    assert inside == [one for one in seeded_api.walk(f"/v1/{plural}") if one[holder]["id"] == owner]
