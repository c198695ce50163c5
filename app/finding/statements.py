"""Why this file exists: the statements of lists, built from the conditions that are there, each shape once.

A statement has a driver, which gives keys in order, and checks, which each key must pass:

- `terms`  the postings of a term, newest first; several terms are several such streams, merged
- `words`  what the index of words finds, newest first
- `every`  all records of the noun, newest first, or in the order of a date
- `few`    a set known to be small, which is gathered and then sorted

Bound names: the driver's begin with `d`, the checks' with `c0`, `c1` …; `type`, `limit`, and of the place in the list
`key` and `after`.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)

from app.finding.conditions import Condition, Findable, HasTerm, Saying, field_number
from app.index.tables import FIELD_BITS
from app.index.writing import FIELD, POSTING, SPAN, TERM
from app.ledger.append import HEAD
from app.record.queries import DOCUMENT, RECORD, STATE
from app.store import fulltext
from app.store.joins import in_order

_TYPE = bindparam("type", type_=String())
_KEY = bindparam("key", type_=BigInteger())
_AFTER = bindparam("after", type_=BigInteger())
_LIMIT = bindparam("limit", type_=Integer())
# The newest matches that facets count and relevance ranks.
MOST_COUNTED = 5_000


@dataclass(frozen=True)
class Order:
    """In what order a list goes: by `recorded`, or by the dates of a field; `down` is newest or greatest first."""

    field: str | None = None
    down: bool = True


@dataclass(frozen=True)
class Plan:
    """How the records of one question are found."""

    record_type: str
    driver: Findable | None
    few: bool
    checks: tuple[Condition, ...]

    @property
    def shape(self) -> tuple[Any, ...]:
        """Return what decides the SQL."""
        driver = None if self.driver is None else self.driver.shape
        return (not self.record_type, driver, self.few, *(check.shape for check in self.checks))

    def values(self, dialect: str) -> dict[str, Any]:
        """Return the values to bind."""
        found: dict[str, Any] = {"type": self.record_type}
        if self.driver is not None:
            found.update(self.driver.values("d"))
        if isinstance(self.driver, Saying):
            found.update(self.driver.expression(dialect, "d"))
        for index, check in enumerate(self.checks):
            found.update(check.values(f"c{index}"))
        return found

    def passed(self, recorded: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """Return the clauses that a record passes every check."""
        return [check.check(f"c{index}", recorded) for index, check in enumerate(self.checks)]


def shape_of(given: Any) -> Any:
    """Return what decides the SQL of a plan, or of a pair with one."""
    if isinstance(given, Plan):
        return given.shape
    if isinstance(given, tuple):
        return tuple(shape_of(one) for one in given)
    return (given.field is None, given.down) if isinstance(given, Order) else given


def is_led_by_words(given: Any) -> bool:
    """Return whether words lead a plan: how common they are decides how they are looked for."""
    made = given[0] if isinstance(given, tuple) and given else given
    return isinstance(made, Plan) and isinstance(made.driver, Saying)


# --- keys in the order of recording ----------------------------------------------------------------------------------


def _beyond(recorded: ColumnElement[int], down: bool) -> ColumnElement[bool]:
    return recorded < _AFTER if down else recorded > _AFTER


def _in_order(query: Select[Any], recorded: ColumnElement[int], down: bool) -> Select[Any]:
    return query.order_by(recorded.desc() if down else recorded.asc()).limit(_LIMIT)


def by_recorded(plan: Plan, down: bool = True) -> Select[Any]:
    """Return the first keys beyond `after`, in the order of recording, as a column named `recorded`."""
    if isinstance(plan.driver, HasTerm) and not plan.few:
        streams = [_stream(plan, term, down) for term in plan.driver.terms("d")]
        if len(streams) == 1:
            return streams[0]
        # The first of a union are among the first of each.
        merged = union(*(select(stream.subquery(f"s{at}").c.recorded) for at, stream in enumerate(streams))).subquery(
            "m"
        )
        return _in_order(select(merged.c.recorded), merged.c.recorded, down)
    recorded, query = _source(plan)
    return _in_order(query.where(_beyond(recorded, down), *plan.passed(recorded)), recorded, down)


def _stream(plan: Plan, term: Any, down: bool) -> Select[Any]:
    recorded = POSTING.c.recorded
    query = select(recorded).where(POSTING.c.term == term, _beyond(recorded, down), *plan.passed(recorded))
    return _in_order(query, recorded, down)


def _source(plan: Plan) -> tuple[ColumnElement[int], Select[Any]]:
    """Return the column of keys and an unordered SELECT of it."""
    if plan.driver is None:
        public = (RECORD.c.type == _TYPE, RECORD.c.public == true())
        return RECORD.c.recorded, select(RECORD.c.recorded).where(*public)
    if isinstance(plan.driver, Saying) and not plan.few:
        return fulltext.RECORDED, plan.driver.found("d")
    few = gathered(plan.driver)
    return few.c.recorded, select(few.c.recorded)


def gathered(driver: Findable) -> CTE:
    """Return a small set, made first and once."""
    return driver.found("d").cte("few").prefix_with("MATERIALIZED")


# --- keys in the order of a date -------------------------------------------------------------------------------------


def by_date(plan: Plan, down: bool) -> Select[Any]:
    """Return the first keys beyond (`key`, `after`), in the order of the field bound as `sort`."""
    key = SPAN.c.down if down else SPAN.c.up
    query = select(SPAN.c.recorded, key.label("key")).where(SPAN.c.field == field_number("sort"))
    if plan.driver is not None:
        few = gathered(plan.driver)
        query = query.select_from(in_order(few, SPAN, SPAN.c.recorded == few.c.recorded))
    place, here = tuple_(_KEY, _AFTER), tuple_(key, SPAN.c.recorded)
    query = query.where(here < place if down else here > place, *plan.passed(SPAN.c.recorded))
    ends = (key.desc(), SPAN.c.recorded.desc()) if down else (key.asc(), SPAN.c.recorded.asc())
    return query.order_by(*ends).limit(_LIMIT)


# --- whole answers ---------------------------------------------------------------------------------------------------


def page(plan: Plan, order: Order) -> CompoundSelect[Any]:
    """Return the statement of a page, in one snapshot: the head as (chain, generation, seq, null), and each record of
    the page as (null, key, recorded, document), in no order.

    The head stands in a row of its own, and whoever asks puts 50 rows in order: SQLite gives 50 claims in 38 µs so, and
    in 51 when every row repeats the head; its own sorting, which copies the documents, makes that 66 to 145.
    """
    keys = (by_recorded(plan, order.down) if order.field is None else by_date(plan, order.down)).subquery("page")
    key: ColumnElement[Any] = literal_column("0") if order.field is None else keys.c.key
    head = (
        select(HEAD.c.chain, STATE.c.generation.label("key"), HEAD.c.seq.label("recorded"), null().label("body"))
        .select_from(HEAD)
        .join(STATE, true())
        .where(HEAD.c.id == 1, STATE.c.id == 1)
    )
    each = select(null(), key, keys.c.recorded, DOCUMENT.c.body).select_from(
        keys.outerjoin(DOCUMENT, DOCUMENT.c.recorded == keys.c.recorded)
    )
    return union_all(head, each)


def newest_of(plan: Plan) -> CTE:
    """Return the newest matches, at most `limit`, gathered first and once; whoever needs more of them goes from here.

    Join from it with `in_order`: it is small beside the tables, which no planner can know.
    """
    return by_recorded(plan).cte("newest").prefix_with("MATERIALIZED")


def texts(plan: Plan) -> Select[Any]:
    """Return (recorded, head, body) of the newest matches, with the words that search covers."""
    newest = newest_of(plan)
    each = in_order(newest, fulltext.SEARCH, newest.c.recorded == fulltext.RECORDED)
    return select(newest.c.recorded, fulltext.HEAD, fulltext.BODY).select_from(each)


def sharing(terms: HasTerm) -> Select[Any]:
    """Return the records that have the most of some terms, most first."""
    recorded, shared = POSTING.c.recorded, func.count()
    among = POSTING.c.term.in_(terms.terms("d"))
    return select(recorded).where(among).group_by(recorded).order_by(shared.desc(), recorded).limit(_LIMIT)


def counted(plan: Plan) -> Select[Any]:
    """Return how many records there are."""
    if isinstance(plan.driver, HasTerm) and not plan.few:
        found = plan.driver.found("d").subquery("found")
        return select(func.count()).select_from(found).where(*plan.passed(found.c.recorded))
    recorded, query = _source(plan)
    return select(func.count()).select_from(query.where(*plan.passed(recorded)).subquery("found"))


def bounded(driver: Findable) -> Select[Any]:
    """Return how many records a driver finds, counted up to `limit`."""
    found = driver.found("d")
    if isinstance(driver, Saying):
        # In the order in which entries lie: so a common word is counted on a walk that stops at the limit.
        found = found.order_by(fulltext.RECORDED.desc())
    return select(func.count()).select_from(found.limit(_LIMIT).subquery("found"))


def facets(plan: Plan, fields: int, selected: int) -> Select[Any]:
    """Return rows (field, value, term, total) of the fields whose numbers are bound as `n0`, `n1` …, the commonest
    `most` values of each.

    The first row is (null, null, null, matches counted): only the newest are. Terms bound as s0, s1 … always come.
    """
    newest = newest_of(plan)
    # A field is the upper half of a term. One look at each posting of a record costs less than a range for each field.
    field = POSTING.c.term.op(">>", return_type=BigInteger())(literal_column(str(FIELD_BITS)))
    among = field.in_([bindparam(f"n{at}", type_=BigInteger()) for at in range(fields)])
    theirs = in_order(newest, POSTING, and_(POSTING.c.recorded == newest.c.recorded, among))
    total = func.count().label("total")
    each = select(POSTING.c.term, total).select_from(theirs).group_by(POSTING.c.term).subquery("each")
    named = select(TERM.c.field, TERM.c.value, TERM.c.id, each.c.total, *_ranks(each.c.total, selected)).select_from(
        in_order(each, TERM, each.c.term == TERM.c.id)
    )
    nothing = (null().label(name) for name in ("field", "value", "id"))
    whole = select(*nothing, func.count().label("total")).select_from(newest)
    return union_all(whole, _commonest(named))  # type: ignore[return-value]


def field_numbers(fields: int) -> Select[Any]:
    """Return (name, number) of the fields bound as `g0`, `g1` …, of those that anything was ever found by."""
    return select(FIELD.c.name, FIELD.c.no).where(FIELD.c.name.in_(_names(fields)))


def _names(fields: int) -> list[Any]:
    return [bindparam(f"g{at}", type_=String()) for at in range(fields)]


def totals(fields: int, selected: int) -> Select[Any]:
    """Return rows (field, value, term, total) as `facets` does, over all public records."""
    named = select(TERM.c.field, TERM.c.value, TERM.c.id, TERM.c.total, *_ranks(TERM.c.total, selected))
    return _commonest(named.where(TERM.c.field.in_(_names(fields)), TERM.c.total > 0))


def _ranks(total: ColumnElement[int], selected: int) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return a value's place among those of its field, and whether it is asked for."""
    place = func.row_number().over(partition_by=TERM.c.field, order_by=(total.desc(), TERM.c.value)).label("place")
    chosen = [bindparam(f"s{at}", type_=BigInteger()) for at in range(selected)]
    return place, (case((TERM.c.id.in_(chosen), 1), else_=0) if chosen else literal_column("0")).label("chosen")


def _commonest(named: Select[Any]) -> Select[Any]:
    top = named.subquery("top")
    most = bindparam("most", type_=Integer())
    return select(top.c.field, top.c.value, top.c.id, top.c.total).where(or_(top.c.place <= most, top.c.chosen == 1))
