"""Search promises: the same hits, order and scores on both databases, shown as they are written."""

import pytest

from app.kit.words import HIGHEST_SCORE, join, parse_query, score
from tests.search.conftest import Named
from tests.search.oracle import NOUNS, Known, found, search, texts
from tests.support.api import Api
from tests.support.routes import problem_of

# Letters of several scripts are what this is about.
# ruff: noqa: RUF001

# What is looked for, and who is found, newest first.
TABLE = [
    ("حلب القديمة", "returned, old city"),
    ("حَلَبَ", "returned, old city"),
    ("حـلـب", "returned, old city"),
    ("القديمه", "returned, old city"),
    ("دير الزور", "deir"),
    ("medecins", "doctors"),
    ("MÉDECINS frontieres", "doctors"),
    ("Me\u0301decins", "doctors"),
    ("msf", "doctors"),
    ('"doctors without borders"', "doctors"),
    ('"frontieres msf"', ""),
    ("turkiye", "quake"),
    ("Türkiye: EARTHQUAKE", "quake"),
    ("dorde ostlund", "person"),
    ("baath", "baath"),
    ("Ba’ath", "baath"),
    ("Deir ez Zor", "fled, deir"),
    ("deir-ez-zor", "fled, deir"),
    ("deir‑ez‑zor", "fled, deir"),
    ("zor-ez-deir", ""),
    ("al-bab", "bab"),
    ("AL BĀB", "bab"),
    ("1,250,000", "number, fled"),
    ("1250000", "number, fled"),
    ("1\u202f250\u202f000", "number, fled"),
    ("١٢٥٠٠٠٠", "number, fled"),
    ("250,000", ""),
    ('"field hospital"', "hit"),
    ("“field hospital”", "hit"),
    ("field hospital", "stood, hit"),
    ("hospital field", "stood, hit"),
    ('"hospital field"', ""),
    ('"hospital stood in a field"', "stood"),
    ("hosp*", "closed, stood, hit"),
    ("hospi* clinic*", "closed"),
    ('"field hosp*"', "hit"),
    ("hospit", ""),
    ("hospital -field", "stood, hit"),
    ("hospital OR clinics", ""),
    ("m²", "m2"),
    ("№5", "m2"),
    ("tall abyad culvert", "long"),
    ("nobody says this", ""),
]
# Scores are whole numbers in a million; they are the same whenever, wherever and on whatever database it is asked.
SCORES = {
    "hospital": {"hit": 0.686982, "stood": 0.671621},
    "field hospital": {"hit": 0.686982, "stood": 0.671621},
    "msf": {"doctors": 1.0},
    "doctors": {"doctors": 0.629323},
    "deir-ez-zor": {"deir": 1.0, "fled": 0.671621},
}


def found_by(named: Named, query: str, **more: str) -> list[str]:
    """Return the names of the hits of a search, in their order."""
    return [named.names.get(hit["id"], hit["title"]) for hit in named.api.walk(search(query, None, **more))]


def test_the_anonymous_caller_searches_everything(seeded_api: Api) -> None:
    """Claims, figures, and names of places and actors; each hit with its record, its score and what it is called."""
    answer = seeded_api.get(search("White Helmets", limit="2"))
    assert answer.status_code == 200
    actor, claim = answer.json()["data"]
    assert (actor["type"], actor["title"], actor["score"]) == ("actor", "Syria Civil Defence", 1.0)
    assert actor["snippet"] == [
        {"text": "White", "match": True},
        {"text": " ", "match": False},
        {"text": "Helmets", "match": True},
    ]
    assert claim["record"] == seeded_api.data(f"/v1/claims/{claim['id']}")
    assert claim["title"] == claim["record"]["statement"]
    meta = answer.json()["meta"]
    assert meta["ranking"] == {"ranked": 5, "approximate": False}
    assert (meta["limit"], meta["count"], meta["facets"], meta["suggestions"]) == (2, None, None, [])


@pytest.mark.parametrize(("query", "expected"), TABLE)
def test_the_table_of_queries_finds_whom_it_names(named: Named, query: str, expected: str) -> None:
    """On both databases, in every order: Arabic, vowel signs, accents, hyphens, numbers, phrases, beginnings."""
    names = [one for one in expected.split(", ") if one]
    assert found_by(named, query, sort="-recorded") == names
    assert found_by(named, query, sort="recorded") == names[::-1]
    assert sorted(found_by(named, query)) == sorted(names)
    assert named.api.get(search(query, count="exact")).json()["meta"]["count"] == len(names)


@pytest.mark.parametrize(("query", "expected"), SCORES.items())
def test_scores_are_the_same_on_both_databases(named: Named, query: str, expected: dict[str, float]) -> None:
    """A number that anybody may keep: written down here once for both."""
    hits = named.api.walk(search(query))
    assert {named.names[hit["id"]]: hit["score"] for hit in hits} == expected


@pytest.mark.parametrize("query", ["aleppo", "white helmets", "syria", '"East Aleppo"', "100,000", "assad*", "war"])
def test_the_seed_is_ranked_by_the_words_alone(seeded_api: Api, seeded: Known, query: str) -> None:
    """The most relevant first, of equals the newest; the score is of what the record shows and of nothing else."""
    hits = seeded_api.walk(search(query))
    newest = found(seeded, query, {})
    assert {hit["id"] for hit in hits} == set(newest) != set()
    for hit in hits:
        head, body = (join(some) for some in texts(seeded.by_id[hit["id"]]))
        assert hit["score"] == round(score(parse_query(query), head, body) / HIGHEST_SCORE, 6)
        assert 0 < hit["score"] <= 1
        assert hit["record"] == seeded.by_id[hit["id"]]
    places = [(hit["score"], -newest.index(hit["id"])) for hit in hits]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("query", ["aleppo", "east aleppo", "assad*", '"White Helmets"', "culvert", "rains broke"])
def test_a_snippet_is_the_text_as_it_is_written(seeded_api: Api, named: Named, query: str) -> None:
    """Its segments together are the text, or a piece of it between ellipses; what matched is marked in every hit."""
    hits = [*seeded_api.walk(search(query)), *named.api.walk(search(query))]
    assert hits
    for hit in hits:
        shown = "".join(segment["text"] for segment in hit["snippet"])
        whole = [text for some in texts(hit["record"]) for text in some]
        assert shown in whole or any(shown.strip("…") in text and len(text) > 160 for text in whole)
        assert any(segment["match"] for segment in hit["snippet"])
        assert all(segment["text"] for segment in hit["snippet"])
        assert "<" not in shown


@pytest.mark.parametrize("sort", ["relevance", "-recorded", "recorded"])
@pytest.mark.parametrize("limit", ["1", "7"])
def test_a_search_is_walked_by_cursor_in_every_order(seeded_api: Api, sort: str, limit: str) -> None:
    """Page by page is the same as all at once."""
    whole = seeded_api.walk(search("aleppo", sort=sort, limit="1000"))
    assert len(whole) > 30
    assert seeded_api.walk(search("aleppo", sort=sort, limit=limit)) == whole


def test_a_cursor_belongs_to_its_words_and_its_order(seeded_api: Api) -> None:
    """Another query, another order or another filter is another list."""
    cursor = seeded_api.get(search("aleppo", limit="1")).json()["links"]["next"].partition("cursor=")[2]
    assert seeded_api.get(search("aleppo", limit="2", cursor=cursor)).status_code == 200
    for other in (
        search("syria", cursor=cursor),
        search("aleppo", sort="-recorded", cursor=cursor),
        search("aleppo", {"type": ["claim"]}, cursor=cursor),
    ):
        assert problem_of(seeded_api.get(other))["code"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=*", "q"),
        ("q=a*", "q"),
        ("q=%C2%B6", "q"),
        ("q=" + "a" * 201, "q"),
        ("q=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k%20l%20m", "q"),
        ("q=aleppo&type=relation", "type"),
        ("q=aleppo&type=", "type"),
        ("q=aleppo&theme=health_", "theme"),
        ("q=aleppo&country=syr", "country"),
        ("q=aleppo&facets=kind", "facets"),
        ("q=aleppo&sort=-relevance", "sort"),
        ("q=aleppo&sort=event", "sort"),
        ("q=aleppo&count=yes", "count"),
        ("q=aleppo&limit=0", "limit"),
        ("q=aleppo&created_from=2026-13-01", "created_from"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_by_name(seeded_api: Api, query: str, parameter: str) -> None:
    """Nothing is answered that was not asked, and the refusal never repeats what was asked."""
    problem = problem_of(seeded_api.get(f"/v1/search?{query}"))
    assert (problem["status"], problem["code"]) == (400, "invalid_parameter")
    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]
    assert "a" * 50 not in problem["detail"]


def test_the_same_words_find_the_same_in_a_list(seeded_api: Api, seeded: Known) -> None:
    """`q` is one question wherever it is asked."""
    for noun, plural in NOUNS.items():
        for query in ("aleppo", "syria*", "war"):
            ids = [one["id"] for one in seeded_api.walk(f"/v1/{plural}?q={query}")]
            assert ids == found(seeded, query, {"type": [noun]})
