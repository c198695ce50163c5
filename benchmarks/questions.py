"""What a world is asked: every documented filter with a common and a rare value, sorts, pairs, search and the rest.

The values are looked up in the index of the world itself, so that the same questions suit any world.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection, func, select

from app.actors.listing import ACTORS
from app.claims.listing import CLAIMS
from app.crises.listing import CRISES
from app.figures.finding import Numbers
from app.figures.keys import FIGURE_INDEX
from app.figures.listing import FIGURES
from app.finding.filters import Filter, Ids, Words
from app.finding.listing import Listing
from app.finding.times import Instants, Periods
from app.index.writing import FIELD, SPAN, TERM
from app.kit import ids
from app.kit.clock import instant_text
from app.ledger.append import REVISION
from app.places.listing import PLACES
from app.record.queries import RECORD
from app.relations.listing import RELATIONS
from app.reports.listing import REPORTS
from app.store import fulltext

LISTINGS = (CLAIMS, FIGURES, REPORTS, ACTORS, PLACES, RELATIONS, CRISES)
# So many entries are looked at to learn which words are common, in the middle of the world.
LOOKED_AT = 1500
# A word of so many letters says something.
LETTERS = 4
COMMON, RARE = "common", "rare"
Texts = tuple[tuple[str, str], ...]


class Ask(NamedTuple):
    """One request, and what it is called in a table."""

    group: str
    name: str
    path: str


def ask(group: str, name: str, path: str, *texts: tuple[str, str]) -> Ask:
    """Return a request for a path with its parameters."""
    return Ask(group, name, f"{path}?{urlencode(texts)}" if texts else path)


class Values:
    """What the index of a world knows: common and rare values of everything."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words: dict[str, dict[str, str]] = {}

    def of(self, listing: Listing, one: Filter) -> dict[str, Texts]:
        """Return the parameters of a filter for a common and a rare value, of those that there are."""
        noun = listing.record_type
        if isinstance(one, Ids):
            return self._ids(noun)
        if isinstance(one, Periods):
            return self._periods(f"{noun}.{one.name}", one.name)
        if isinstance(one, Instants):
            return self._instants(one.name)
        if isinstance(one, Words):
            return {kind: (("q", word),) for kind, word in self.words(noun).items() if kind in (COMMON, RARE)}
        if isinstance(one, Numbers):
            return self._numbers()
        return {kind: ((one.name, value),) for kind, value in self.terms(*one.fields(noun)).items()}

    def terms(self, *fields: str) -> dict[str, str]:
        """Return the value that the most records have, and one that the fewest have."""
        here = (TERM.c.field.in_(fields), TERM.c.total > 0)
        found = {}
        for kind, order in ((RARE, TERM.c.total), (COMMON, TERM.c.total.desc())):
            query = select(TERM.c.value).where(*here).order_by(order, TERM.c.value).limit(1)
            value = self._connection.execute(query).scalar()
            if value is not None:
                found[kind] = str(value)
        return found

    def _ids(self, noun: str) -> dict[str, Texts]:
        query = select(RECORD.c.id).where(RECORD.c.type == noun, RECORD.c.public).order_by(RECORD.c.recorded).limit(100)
        found = [one for one in self._connection.execute(query).scalars() if ids.is_id(one)]
        return {RARE: (("id", found[0]),), COMMON: (("id", ",".join(found)),)} if found else {}

    def _periods(self, field: str, name: str) -> dict[str, Texts]:
        """Return a time in which most lies, and the one day in the middle."""
        here = select(FIELD.c.no).where(FIELD.c.name == field).scalar_subquery()
        mine = select(func.avg(SPAN.c.earliest)).where(SPAN.c.field == here, SPAN.c.earliest > 1000)
        middle = self._connection.execute(mine).scalar()
        if middle is None:
            return {}
        day = date.fromordinal(int(middle))
        names = f"{name}_from", f"{name}_to"
        return {
            COMMON: ((names[0], f"{day.year - 15}-01-01"), (names[1], f"{day.year + 15}-01-01")),
            RARE: ((names[0], str(day)), (names[1], str(date.fromordinal(day.toordinal() + 1)))),
        }

    def _instants(self, name: str) -> dict[str, Texts]:
        last = self._connection.execute(select(func.max(REVISION.c.seq))).scalar() or 0
        found: dict[str, Texts] = {}
        for kind, seq in ((COMMON, last // 2), (RARE, last - 2)):
            instant = self._connection.execute(select(REVISION.c.recorded_at).where(REVISION.c.seq == seq)).scalar()
            if instant is not None:
                found[kind] = ((f"{name}_from", instant_text(instant)),)
        if COMMON in found:
            found["until then"] = ((f"{name}_to", found[COMMON][0][1]),)
        return found

    def _numbers(self) -> dict[str, Texts]:
        greatest = self._connection.execute(select(func.max(FIGURE_INDEX.c.low))).scalar()
        if greatest is None:
            return {}
        least = format(greatest, "f").rstrip("0").rstrip(".") if "." in format(greatest, "f") else format(greatest, "f")
        return {
            COMMON: (("value_min", "100"),),
            RARE: (("value_min", least),),
            "open bounds": (("value_min", "100"), ("value_max", "100000"), ("value_match", "overlap")),
        }

    def most_compared(self) -> tuple[str, str, int]:
        """Return the measure and place of which the most figures speak, and how many."""
        spoken, often = (FIGURE_INDEX.c.measure, FIGURE_INDEX.c.place_id), func.count()
        query = select(*spoken, often).group_by(*spoken).order_by(often.desc(), *spoken).limit(1)
        row = self._connection.execute(query).first()
        return (row[0], row[1], row[2]) if row else ("", "", 0)

    def words(self, noun: str) -> dict[str, str]:
        """Return queries of the words that records of a noun say; none when they say nothing."""
        if noun not in self._words:
            self._words[noun] = self._looked_up(noun)
        return self._words[noun]

    def _looked_up(self, noun: str) -> dict[str, str]:
        of_noun = (RECORD.c.type == noun, RECORD.c.public) if noun else (RECORD.c.public,)
        some = select(RECORD.c.recorded).where(*of_noun).order_by(RECORD.c.id).limit(LOOKED_AT)
        here = select(fulltext.HEAD).select_from(fulltext.SEARCH).where(fulltext.RECORDED.in_(some))
        heads = [head.split() for head in self._connection.execute(here.order_by(fulltext.RECORDED)).scalars()]
        often = Counter(word for head in heads for word in {*head} if len(word) >= LETTERS and word.isascii())
        if not often:
            return {}
        pairs = Counter(pair for head in heads for pair in {*pairwise(head)} if {*pair} <= often.keys())
        first, second = (sorted(often, key=lambda word: (-often[word], word)) * 2)[:2]
        found = {
            COMMON: first,
            RARE: min(often, key=lambda word: (often[word], word)),
            "two words": f"{first} {second}",
            "a beginning": f"{first[:2]}*",
        }
        if pairs:
            found["a phrase"] = '"{} {}"'.format(*min(pairs, key=lambda pair: (-pairs[pair], pair)))
        return found


def path_of(listing: Listing) -> str:
    """Return the path of a list."""
    return f"/v1/{ids.PLURALS[listing.record_type]}"


def filters(values: Values, listing: Listing) -> Iterator[Ask]:
    """Yield every filter of a list alone, with each of its values."""
    for one in listing.all_filters:
        for kind, texts in values.of(listing, one).items():
            yield ask("filter", f"{one.name}, {kind}", path_of(listing), *texts)


def sorts(values: Values, listing: Listing) -> Iterator[Ask]:
    """Yield every sort in both directions: of the whole list, and of what a common and a rare filter leave."""
    field = "crisis" if "crisis" in listing.by_parameter else "country"
    narrowed = values.of(listing, listing.by_parameter[field]) if field in listing.by_parameter else {}
    day = {"by day": next(iter(_days(values, listing)), ())}
    for sort in (name for name in listing.sorts if name not in ("relevance", listing.within_report)):
        for text in (sort, f"-{sort}"):
            yield ask("sort", text, path_of(listing), ("sort", text))
            for kind, texts in {**narrowed, **day}.items():
                if texts:
                    yield ask("sort", f"{text}, {kind}", path_of(listing), ("sort", text), *texts)
    if listing.within_report:
        report = values.terms(f"{listing.record_type}.report").get(COMMON)
        if report:
            texts = (("report", report), ("sort", listing.within_report))
            yield ask("sort", listing.within_report, path_of(listing), *texts)


def _days(values: Values, listing: Listing) -> Iterator[Texts]:
    for one in listing.all_filters:
        if isinstance(one, Periods):
            yield values.of(listing, one).get(RARE, ())


def all_pairs(values: Values, listing: Listing) -> Iterator[Ask]:
    """Yield pairs of filters: each one's common value with the next one's rare, and with the one's after it common."""
    known = [(one.name, found) for one in listing.all_filters if (found := values.of(listing, one))]
    for at, (name, found) in enumerate(known):
        for kind, step in ((RARE, 1), (COMMON, 2)):
            other, beside = known[(at + step) % len(known)]
            if other != name and COMMON in found and kind in beside:
                texts = (*found[COMMON], *beside[kind])
                yield ask("pair", f"{name} with {other}, {kind}", path_of(listing), *texts)


def ten_pairs(values: Values) -> Iterator[Ask]:
    """Yield ten pairs of filters of claims: common and common, common and rare, and large ones without any overlap."""
    chosen = (
        ("theme", COMMON, "place", COMMON),
        ("form", COMMON, "kind", COMMON),
        ("theme", COMMON, "event", COMMON),
        ("said", COMMON, "event", COMMON),
        ("q", COMMON, "theme", COMMON),
        ("theme", COMMON, "actor", RARE),
        ("place", COMMON, "q", RARE),
        ("publisher", COMMON, "event", RARE),
        ("kind", RARE, "place", COMMON),
    )
    for first, one, second, other in chosen:
        found = [values.of(CLAIMS, CLAIMS.by_parameter[name]) for name in _names(first, second)]
        if one in found[0] and other in found[1]:
            yield ask("pair", f"{first} {one}, {second} {other}", "/v1/claims", *found[0][one], *found[1][other])
    # What the publisher says itself always has a name: no claim is both.
    disjoint = (("form", "narration"), ("identification", "unnamed"))
    yield ask("pair", "form and identification, none is both", "/v1/claims", *disjoint)


def _names(*filters_: str) -> Iterator[str]:
    for name in filters_:
        yield name if name in CLAIMS.by_parameter else f"{name}_from"


def counts(values: Values, listing: Listing) -> Iterator[Ask]:
    """Yield exact counts and facets: of everything, and of what a common filter leaves."""
    names = [name for name in ("theme", "voice", "place", "country", "kind") if name in listing.facets][:3]
    crisis = values.terms(f"{listing.record_type}.crisis").get(COMMON)
    day = next(iter(_days(values, listing)), ())
    narrowed: dict[str, Texts] = {"of everything": (), "of one day": day}
    if crisis and "crisis" in listing.by_parameter:
        narrowed["of a crisis"] = (("crisis", crisis),)
        narrowed["of a crisis, one day"] = (("crisis", crisis), *day)
    words = values.words(listing.record_type).get(COMMON)
    if words and "q" in listing.by_parameter:
        narrowed["of a common word"] = (("q", words),)
    for kind, texts in narrowed.items():
        yield ask("count", f"count {kind}", path_of(listing), ("count", "exact"), ("limit", "1"), *texts)
        if names:
            counted = (("facets", ",".join(names)), ("limit", "1"))
            yield ask("facets", f"facets {', '.join(names)} {kind}", path_of(listing), *counted, *texts)


def searches(values: Values) -> Iterator[Ask]:
    """Yield searches, newest first and by relevance, and with three facets."""
    theme = values.terms("claim.theme").get(COMMON, "health")
    for kind, words in values.words("claim").items():
        said = (("q", words), ("limit", "20"))
        yield ask("search", f"newest, {kind}", "/v1/search", *said, ("sort", "-recorded"))
        yield ask("search", f"relevance, {kind}", "/v1/search", *said)
        facets = ("facets", "type,theme,voice")
        yield ask("search", f"relevance with three facets, {kind}", "/v1/search", *said, facets)
        narrowed = (("theme", theme), ("type", "claim"))
        yield ask("search", f"relevance with two filters, {kind}", "/v1/search", *said, *narrowed)
    yield ask("search", "nothing found, with suggestions", "/v1/search", ("q", "aleppoo hospitall"))


def comparisons(values: Values) -> Iterator[Ask]:
    """Yield comparisons of figures and of claims, and what a landing page needs."""
    measure, place, figures = values.most_compared()
    crisis = values.terms("claim.crisis").get(COMMON)
    theme = values.terms("claim.theme").get(COMMON)
    if not (figures and crisis and theme):
        return
    yield ask(
        "compare", f"one measure and place, {figures} figures", "/v1/compare", ("measure", measure), ("place", place)
    )
    yield ask("compare", "a crisis", "/v1/compare", ("crisis", crisis))
    report = values.terms("figure.report").get(COMMON, "")
    yield ask("compare", "a report", "/v1/compare", ("report", report))
    texts = (("crisis", crisis), ("theme", theme))
    yield ask("compare", "claims of a crisis and theme", "/v1/compare/claims", *texts)
    yield ask("overview", "a crisis", f"/v1/crises/{crisis}/overview")


def everything(connection: Connection) -> Iterator[Ask]:
    """Yield every kind of question that a list, a search, a comparison or an overview can be asked."""
    values = Values(connection)
    for listing in LISTINGS:
        for of_list in (filters, sorts, all_pairs, counts):
            yield from of_list(values, listing)
    for beside in (ten_pairs, searches, comparisons):
        yield from beside(values)
