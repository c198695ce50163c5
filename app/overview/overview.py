"""Why this file exists: what a landing page needs of a crisis, gathered in one state of the ledger."""

from typing import Any

import orjson
from sqlalchemy import BigInteger, Select, bindparam, select

from app.claims.listing import CLAIMS
from app.compare.asking import FIGURES, LIMIT, ROWS, WINDOW, Comparing
from app.compare.comparing import Comparer
from app.finding import statements
from app.finding.filters import Terms, Value
from app.finding.finder import Finder
from app.finding.found import Question
from app.finding.statements import Order
from app.kit.canonical import JSON
from app.record.queries import DOCUMENT_BY_ID, RECORD
from app.serving import facets
from app.store.joins import in_order

KEY_FIGURES, VOICES, EVENTS, REPORTS, CORRECTIONS = 12, 10, 20, 5, 10
# The newest corrected records, among which the last corrections are looked for.
MOST_CORRECTED = 10_000
NEWEST = 2**63 - 1


async def overview(finder: Finder, comparer: Comparer, crisis: str) -> JSON | None:
    """Return the overview of a public crisis by id, or null when it is not there any more."""
    rows = await finder.reader.rows(DOCUMENT_BY_ID, {"id": crisis})
    if not rows:
        return None
    voices = (await facets.of_list(finder, CLAIMS, Question("claim", _of("claim", crisis)), ["voice"]))["voice"]
    return {
        "crisis": orjson.Fragment(rows[0][4]),
        "key_figures": await _key_figures(comparer, crisis),
        "timeline": await _timeline(finder, crisis),
        "voices": voices["values"],
        "voices_approximate": voices["approximate"],
        "reports": await _reports(finder, crisis),
        "corrections": await _corrections(finder, crisis),
    }


def _of(noun: str, crisis: str) -> tuple[Terms, ...]:
    return (Terms("crisis", (f"{noun}.crisis",), (Value(crisis),), None),)


async def _key_figures(comparer: Comparer, crisis: str) -> list[JSON]:
    """Return the comparisons of the most voices."""
    numbers = ((WINDOW, 7), (ROWS, VOICES), (FIGURES, 1), (LIMIT, KEY_FIGURES))
    asked = Comparing(Question("figure", _of("figure", crisis)), None, None, None, numbers, None, (), None)
    found = await comparer.compared(asked)
    return await comparer.rendered(asked, found, found.comparisons[:KEY_FIGURES])


async def _timeline(finder: Finder, crisis: str) -> list[orjson.Fragment]:
    """Return the claims of the latest events; a claim without a date of its event is no event."""
    question = Question("claim", _of("claim", crisis), Order("claim.event", down=True))
    page = await finder.page(question, None, EVENTS)
    return [orjson.Fragment(row.body) for row in page.rows if row.key]


async def _reports(finder: Finder, crisis: str) -> list[orjson.Fragment]:
    """Return the reports published last."""
    question = Question("report", _of("report", crisis), Order("report.published", down=True))
    return [orjson.Fragment(row.body) for row in (await finder.page(question, None, REPORTS)).rows]


def _last_corrected(plan: statements.Plan) -> Select[Any]:
    """Return (when, recorded) of the records of a plan that were corrected last."""
    newest = statements.newest_of(plan)
    return (
        select(RECORD.c.corrected_at, RECORD.c.recorded)
        .select_from(in_order(newest, RECORD, newest.c.recorded == RECORD.c.recorded))
        .order_by(RECORD.c.corrected_at.desc(), RECORD.c.recorded.desc())
        .limit(bindparam("most", type_=BigInteger()))
    )


async def _corrections(finder: Finder, crisis: str) -> list[orjson.Fragment]:
    """Return the claims, figures and reports that were corrected last."""
    found: list[tuple[Any, int]] = []
    for noun in ("claim", "figure", "report"):
        corrected = Terms("corrected", (f"{noun}.corrected",), (Value("true"),), None)
        question = Question(noun, (*_of(noun, crisis), corrected))
        bound = {"after": NEWEST, "limit": MOST_CORRECTED, "most": CORRECTIONS}
        found += [
            (at, recorded) for at, recorded in await finder.gathered(question, "corrected", _last_corrected, bound)
        ]
    last = [recorded for _, recorded in sorted(found, reverse=True)[:CORRECTIONS]]
    bodies = await finder.documents(last)
    return [orjson.Fragment(bodies[one]) for one in last if one in bodies]
