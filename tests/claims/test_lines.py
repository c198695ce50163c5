"""The promise: the readable lines are ready to show, made of the text's own words, and no renaming rewrites them."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims import attribution
from tests.claims.hops import PUBLISHER, hop, mention, said, unknown, unnamed

LINE = mention("The Media Line", "act_line")
KIKI = {"label": "Laila Kiki", "capacity": "media lead", "affiliation": mention("the Syria Campaign", "act_campaign")}
UNHCR = mention("UNHCR", "act_unhcr")
HELMETS = {"label": "The Syria Civil Defense", "short_label": "White Helmets"}
MONDAY = {"edtf": "2016-12-12", "text": None, "basis": "completed", "reasoning": "why"}


def origin(**changes: Any) -> dict[str, Any]:
    return hop("originator", **{"medium": "unspecified", **changes})


OWN = origin(label="The Media Line", actor=PUBLISHER, medium="news_report")
CASES: list[tuple[dict[str, Any], str, str]] = [
    (said(OWN, form="narration"), "The Media Line, in its own words", "The Media Line"),
    (said(origin(label="Renad Mansour", capacity="fellow", affiliation=mention("Chatham House"), medium="interview",
     addressee=LINE)), "Renad Mansour (fellow, Chatham House), in an interview with The Media Line", "Renad Mansour"),
    (said(origin(**HELMETS, capacity="first responders", medium="message"), said_on=MONDAY),
     "The Syria Civil Defense (first responders), in a message", "White Helmets, 12 Dec 2016"),
    (said(origin(label="citizens of the besieged area", short_label="citizens of the east")),
     "Citizens of the besieged area", "Citizens of the east"),
    (said(unnamed("sources close to Assad")), "Sources close to Assad", "Sources close to Assad"),
    (said(unnamed("some analysts", "s4")), "Some analysts", "Some analysts"),
    (said(unknown(), hop("relay", **KIKI, medium="interview", addressee=LINE)),
     "An unknown source, passed on by Laila Kiki (media lead, the Syria Campaign) in an interview with The Media Line",
     "An unknown source"),
    (said(origin(label="Lina Shamy", capacity="resident", medium="social_media_video", addressee=mention("all"))),
     "Lina Shamy (resident), in a video on social media to all", "Lina Shamy"),
    (said(origin(label="Dr. Khaula Sawah", capacity="CEO", affiliation=mention("Union of X (UX)", "act_u"),
     on_behalf_of=mention("UX", "act_u"), medium="press_release")),
     "Dr. Khaula Sawah (CEO, Union of X (UX)), in a press release", "Dr. Khaula Sawah"),
    (said(origin(label="Firas Al Khateeb", capacity="spokesman", affiliation=UNHCR, on_behalf_of=UNHCR)),
     "Firas Al Khateeb (spokesman, UNHCR)", "Firas Al Khateeb"),
    (said(origin(label="Firas Al Khateeb", capacity="spokesman", on_behalf_of=UNHCR)),
     "Firas Al Khateeb (spokesman, for UNHCR)", "Firas Al Khateeb"),
    (said(origin(label="A. B.", affiliation=mention("A House", "act_h"), on_behalf_of=UNHCR)),
     "A. B. (A House, for UNHCR)", "A. B."),
    (said(origin(label="UNHCR", actor="act_unhcr", on_behalf_of=UNHCR)), "UNHCR", "UNHCR"),
    (said(origin(label="Zaid al-Saleh", capacity="Lieutenant-General", affiliation=mention("Syrian Army"))),
     "Zaid al-Saleh (Lieutenant-General, Syrian Army)", "Zaid al-Saleh"),
    (said(origin(label="Russia", medium="official_statement")), "Russia, in an official statement", "Russia"),
    (said(origin(label="Russia"), origin(label="Turkey")), "Russia and Turkey", "Russia and Turkey"),
    (said(origin(label="Russia", medium="official_statement"), origin(label="Turkey", medium="official_statement")),
     "Russia and Turkey, in an official statement", "Russia and Turkey"),
    (said(origin(label="A", medium="message"), origin(label="B"), origin(label="C", medium="interview")),
     "A, B and C, in a message, in an interview", "A, B and C"),
    (said(unnamed("sources"), unknown()), "Sources and an unknown source", "Sources and an unknown source"),
    (said(origin(label="A Doctor"), hop("relay", label="An Agency"), hop("relay", label="A Wire", medium="message")),
     "A Doctor, passed on by An Agency in a news report, passed on by A Wire in a message", "A Doctor"),
    (said(origin(label="A Doctor"), unknown("relay")), "A Doctor, passed on by an unknown source", "A Doctor"),
    (said(origin(label="a group", medium="social_media_post"), said_on={**MONDAY, "edtf": "2016-12-13?"}),
     "A group, in a post on social media", "A group, 13 Dec 2016?"),
    (said(OWN, form="narration", said_on=MONDAY), "The Media Line, in its own words", "The Media Line, 12 Dec 2016"),
    (said(origin(label="A", addressee=LINE)), "A, to The Media Line", "A"),
    (said(origin(label="écoles sans frontières")), "Écoles sans frontières", "Écoles sans frontières"),
    (said(origin(label="منظمة", medium="message")), "منظمة, in a message", "منظمة"),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "text", "short"), CASES, ids=[row[1][:40] for row in CASES])
def test_the_lines_case_by_case(stated: dict[str, Any], text: str, short: str) -> None:
    """Who, in what capacity and for whom, through what, passed on by whom; and the short form with its date."""
    assert attribution.readable(stated) == text
    assert attribution.short(stated) == short


# Nobody is called None here, so that a missing part that is written out is seen.
words = st.from_regex(r"[A-Za-z][a-z'.]{0,8}( [A-Za-z][a-z]{0,6}){0,2}", fullmatch=True).filter(
    lambda text: "None" not in text
)
mentions = st.none() | st.builds(mention, words, st.none() | st.sampled_from(["act_a", "act_b"]))
media = st.sampled_from(sorted(attribution._MEDIA))
details = st.fixed_dictionaries(
    {"capacity": st.none() | words, "affiliation": mentions, "medium": media, "addressee": mentions}
)
behalf = st.none() | st.builds(mention, words, st.sampled_from(["act_a", "act_b"]))


def _hop(role: str, label: str, more: dict[str, Any], on_behalf_of: Any, short_label: str | None) -> dict[str, Any]:
    return hop(role, label=label, on_behalf_of=on_behalf_of, short_label=short_label, **more)


def hops_of(role: str) -> st.SearchStrategy[dict[str, Any]]:
    named = st.builds(_hop, st.just(role), words, details, behalf, st.none() | words)
    return named | st.builds(unknown, st.just(role))


stated = st.builds(
    lambda origins, relays, on: said(*origins, *relays, said_on=on),
    st.lists(hops_of("originator"), min_size=1, max_size=4),
    st.lists(hops_of("relay"), max_size=2),
    st.none() | st.just(MONDAY),
)


@given(one=stated)
def test_a_line_is_one_clean_line_that_names_every_originator(one: dict[str, Any]) -> None:
    """Never empty, begins with a capital, has no double spaces, and leaves no originator out."""
    for line, name in ((attribution.readable(one), "label"), (attribution.short(one), "short_label")):
        assert line
        assert line[0].isupper()
        assert line == line.strip()
        assert not re.search(r"\s\s|\n|\( |\(\)| ,|,,|None", line)
        assert line.count("(") == line.count(")")
        for source in attribution.originators(one["chain"]):
            expected = (source[name] or source["label"]) if source["known"] else "unknown source"
            assert expected.casefold() in line.casefold()


@given(one=stated)
def test_a_line_names_the_capacity_and_the_institution(one: dict[str, Any]) -> None:
    """In what capacity and for whom somebody spoke is never lost on the way to the line."""
    line = attribution.readable(one)
    for source in one["chain"]:
        if source["role"] in ("originator", "relay") and source["known"]:
            assert source["capacity"] is None or source["capacity"] in line
            assert source["affiliation"] is None or source["affiliation"]["label"] in line
    assert line.count("passed on by") == [source["role"] for source in one["chain"]].count("relay")


@given(one=stated)
def test_the_lines_are_made_of_the_texts_words_alone(one: dict[str, Any]) -> None:
    """Whoever the actors are and whatever they are called, the lines are the same, and making them changes nothing."""
    before = copy.deepcopy(one)
    lines = attribution.readable(one), attribution.short(one)
    assert one == before
    for number, source in enumerate(one["chain"]):
        source["actor"] = source["actor"] and f"act_{number}"
    assert (attribution.readable(one), attribution.short(one)) == lines
