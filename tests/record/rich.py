"""Records in which every field that may be filled is filled, so that every table has rows and every column a value."""

from typing import Any

from tests.support.world import World, appearance, segment

INFERRED = {"edtf": "2016-12-13?", "text": "Tuesday", "basis": "inferred", "reasoning": "The article is of the 14th."}


def rich(world: World) -> World:
    """Fill every table of every noun."""
    actor = world.create(
        "actor",
        world.actor(
            organisation_type="media",
            short_name="Short",
            aliases=["One", "Two"],
            country="SYR",
            parent=world.publisher,
        ),
    )
    point = {"latitude": "36.2", "longitude": "-0.000001"}
    names = [{"lang": "ar", "name": "اسم"}, {"lang": "fr", "name": "Nom"}]
    coded = world.place(kind="admin1", informal=False, p_code="SY02", names=names, point=point, cod_version="v1")
    place = world.create("place", coded)
    external = [{"scheme": "glide", "value": "CE-2011-000012-SYR"}, {"scheme": "reliefweb", "value": "1"}]
    crisis = world.create(
        "crisis", world.crisis_draft(dates=INFERRED, places=[world.country, place], external_ids=external)
    )
    world.correct(world.report, _report(world, actor, place, crisis))
    claim = world.create("claim", _claim(world, actor, place))
    other = world.create("claim", world.claim())
    share = world.figure(
        claim,
        value=None,
        ratio={"numerator": 2, "denominator": 6},
        term="trapped",
        reference_period=INFERRED,
        appearance=appearance(segments=[segment(0, 5), segment(6, 9)]),
    )
    figures = [world.create("figure", share), world.create("figure", world.figure(claim, value="0.5"))]
    between = {"quantifier": "between", "value": None, "lower": "1.5", "upper": "2"}
    figures.append(world.create("figure", world.figure(claim, **between)))
    derived = {"formula": "the sum", "inputs": figures[:2]}
    world.create("figure", world.figure(claim, derived=derived, reported=None, appearance=None))
    world.create("relation", world.relation(claim, other))
    return world


def _report(world: World, actor: str, place: str, crisis: str) -> dict[str, Any]:
    (edition,) = world.report_draft()["editions"]
    editions = [edition, {**edition, "n": 2, "sha256": "ab" * 32, "retrieved_at": "2026-11-20T08:00:00.000000Z"}]
    reporters = [
        {"actor": world.reporter, "label": "A Reporter", "capacity": "student"},
        {"actor": actor, "label": "Desk"},
    ]
    lists = {"themes": ["health", "education"], "places": [world.town, place]}
    return world.report_draft(crisis=crisis, editions=editions, reporters=reporters, published=INFERRED, **lists)


def _claim(world: World, actor: str, place: str) -> dict[str, Any]:
    mention = {"actor": actor, "label": "A House"}
    cue = appearance(segments=[segment(20, 25), segment(30, 35)])
    first = world.originator(
        actor=actor,
        short_label="Speaker",
        capacity="fellow",
        affiliation=mention,
        on_behalf_of=mention,
        addressee={"label": "The Paper"},
        cue=cue,
    )
    source = world.originator(actor=None, label="sources", source_ref="s1", addressee=mention)
    unknown = {"role": "relay", "known": False, "medium": "unspecified"}
    said = world.attribution([first, source, unknown], identification="described", said_on=INFERRED, said_in=place)
    grading = {"source_reliability": "C", "information_credibility": "3", "graded_by": "editor"}
    return world.claim(
        hedge={"type": "worry"},
        event=INFERRED,
        themes=["health", "education"],
        places=[world.town, place],
        about=[{"actor": actor, "label": "they", "role": "agent"}, {"label": "people", "role": "affected"}],
        attribution=said,
        appearances=[
            appearance(segments=[segment(0, 10), segment(20, 30)]),
            appearance(part="headline", paragraph=None, locator="document", segments=[]),
        ],
        gradings=[{**grading, "graded_at": "2026-11-20T08:00:00.000000Z"}],
    )
