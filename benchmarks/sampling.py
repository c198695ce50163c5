"""What is asked of a world: a thousand claims from everywhere in it, and pages that find claims. Nothing is scanned."""

import random
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection, Table, func, select

from app.claims.listing import CLAIMS
from app.claims.tables import ClaimPlace, ClaimTheme
from app.kit import cursors
from app.record.queries import RECORD
from app.store.base import table_of
from benchmarks import questions
from benchmarks.questions import COMMON, RARE, Ask, Values

LOOKED_UP, NEWEST, OF_PAGE = 1000, 2000, 50
# A page far down; in a smaller world, as far down as its claims go.
DEEP = 5000
# Filters that are asked alone: by word, by ancestry, by who speaks, by time, and by one of few words.
FIVE = ("theme", "place", "voice", "event", "kind")
SEARCHES = tuple(
    f"{order}, {kind}" for order in ("newest", "relevance", "relevance with three facets") for kind in (COMMON, RARE)
)
_CLAIMS = (RECORD.c.type == "claim", RECORD.c.public)


class Sample(NamedTuple):
    """Ids of claims, and the theme and place that the filtered page asks for."""

    claims: list[str]
    theme: str
    place: str


def sample(connection: Connection) -> Sample:
    """Return what is asked; the same for the same world."""
    newest = connection.execute(select(func.max(RECORD.c.recorded)).where(*_CLAIMS)).scalar_one()
    chance = random.Random(newest)
    following = select(RECORD.c.id).where(*_CLAIMS).order_by(RECORD.c.recorded).limit(1)
    claims = [
        connection.execute(following.where(RECORD.c.recorded >= chance.randint(1, newest))).scalar_one()
        for _ in range(LOOKED_UP)
    ]
    theme = _commonest(connection, table_of(ClaimTheme), "theme")
    return Sample(claims, theme, _commonest(connection, table_of(ClaimPlace), "place_id"))


def _commonest(connection: Connection, table: Table, column: str) -> str:
    """Return what most of the newest claims have themselves, so that the idiomatic path finds as many as ours."""
    some = select(RECORD.c.id).where(*_CLAIMS).order_by(RECORD.c.recorded.desc()).limit(NEWEST).subquery()
    each, often = table.c[column], func.count()
    query = select(each).join(some, some.c.id == table.c.claim_id).group_by(each).order_by(often.desc(), each).limit(1)
    return str(connection.execute(query).scalar_one())


def plain() -> str:
    """Return the path of the newest page."""
    return f"/v1/claims?limit={OF_PAGE}"


def filtered(chosen: Sample) -> str:
    """Return the path of the newest page of what is said of a theme and a place."""
    return f"/v1/claims?{urlencode({'theme': chosen.theme, 'place': chosen.place, 'limit': OF_PAGE})}"


def asks(connection: Connection) -> Iterator[Ask]:
    """Yield what is asked one at a time: filters, pairs, searches, comparisons, and pages near and far."""
    values = Values(connection)
    for one in CLAIMS.all_filters:
        if one.name in FIVE:
            for kind, texts in values.of(CLAIMS, one).items():
                if kind in (COMMON, RARE):
                    yield questions.ask("filter", f"{one.name}, {kind}", "/v1/claims", *texts)
    yield from questions.ten_pairs(values)
    yield from (one for one in questions.searches(values) if one.name in SEARCHES)
    yield from questions.comparisons(values)
    yield Ask("page", "1", plain())
    yield from _deep(connection)


def _deep(connection: Connection) -> Iterator[Ask]:
    """Yield a page far down: where its cursor begins is counted in the index, not walked to."""
    for number in (DEEP, DEEP // 5, DEEP // 50):
        place = select(RECORD.c.recorded).where(*_CLAIMS).order_by(RECORD.c.recorded.desc())
        recorded = connection.execute(place.offset((number - 1) * OF_PAGE - 1).limit(1)).scalar()
        if recorded is not None:
            cursor = cursors.encode(cursors.binding("/v1/claims", {}), (recorded,))
            yield Ask("page", f"{number:,}", f"{plain()}&cursor={cursor}")
            return
