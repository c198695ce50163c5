"""Search promises: what the documentation demands is what is demanded."""

from tests.support.api import Api


def test_words_are_documented_as_required(seeded_api: Api) -> None:
    """Without them there is nothing to answer; a generated client must not leave them out."""
    assert seeded_api.get("/v1/search").status_code == 400
    described = seeded_api.get("/openapi.json").json()["paths"]["/v1/search"]["get"]["parameters"]
    assert [one["name"] for one in described if one["required"]] == ["q"]
