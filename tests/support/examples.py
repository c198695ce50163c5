"""The examples of the OpenAPI document: what a service that holds the seed, and nothing else, really answers.

Long lists of an answer are cut where `CUT` says so; nothing is invented. The clock stands still and nothing is random,
so that every database on every day gives the same bytes.
"""

import io
import json
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from app.catalogue import NOUNS
from app.claims.schemas import ClaimDraft
from app.ledger import queries as ledger_queries
from app.ledger.append import HEAD, Change, Ledger
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.record import queries
from app.record.desk import Desk, note
from app.seeding.seed import seed
from app.store import migrate
from app.store.engine import snapshot, transact, writer
from tests.support.api import Api, serving
from tests.support.paths import ROOT, SEED

FILE = ROOT / "app" / "web" / "examples.json"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TRAPPED = "clm_42q3w558e3a5padppj33tfb0a2"
WAITING = "fig_12v8tjshsabn9bj9v5an4q230p"
REQUESTS = {
    "get_claim": f"/v1/claims/{TRAPPED}",
    "list_claims": "/v1/claims?form=direct_quote&limit=1",
    "list_claims_of_report": "/v1/reports/aleppo-2016-12/claims?sort=report_order&limit=1",
    "list_claims_of_actor": "/v1/actors/syria-civil-defence/claims?role=originator&limit=1",
    "get_figure": f"/v1/figures/{WAITING}",
    "list_figures": "/v1/figures?measure=people_besieged&limit=1",
    "list_figures_of_report": "/v1/reports/aleppo-2016-12/figures?quantifier=just_under&limit=1",
    "list_figures_of_claim": f"/v1/claims/{TRAPPED}/figures",
    "get_report": "/v1/reports/aleppo-2016-12",
    "list_reports": "/v1/reports?count=exact&limit=1",
    "search": "/v1/search?q=civilians&facets=type&count=exact&limit=1",
    "compare": "/v1/compare?measure=people_besieged&place=east-aleppo-besieged-remainder&figures=1",
    "compare_claims": "/v1/compare/claims?report=aleppo-2016-12&voice=the-media-line&limit=1",
    "get_crisis": "/v1/crises/syria-civil-war",
    "get_crisis_overview": "/v1/crises/syria-civil-war/overview",
    "list_crises": "/v1/crises?limit=1",
    "get_actor": "/v1/actors/syria-civil-defence",
    "list_actors": "/v1/actors?kind=media&limit=1",
    "get_place": "/v1/places/east-aleppo",
    "list_places": "/v1/places?country=SYR&limit=1",
    "get_relation": "/v1/relations/rel_3jssjjhb5abk9rnk938z32f6gg",
    "list_relations": "/v1/relations?relation=conflicts_with&limit=1",
    "get_vocabulary": "/v1/vocabularies/quantifier",
    "list_vocabularies": "/v1/vocabularies?limit=1",
    "list_revisions_of_claim": f"/v1/claims/{TRAPPED}/history",
    "get_revision_of_claim": f"/v1/claims/{TRAPPED}/revisions/1",
    "list_revisions_of_figure": f"/v1/figures/{WAITING}/history",
    "get_revision_of_figure": f"/v1/figures/{WAITING}/revisions/1",
    "list_revisions_of_report": "/v1/reports/aleppo-2016-12/history",
    "get_revision_of_report": "/v1/reports/aleppo-2016-12/revisions/1",
    "list_revisions_of_crisis": "/v1/crises/syria-civil-war/history",
    "get_revision_of_crisis": "/v1/crises/syria-civil-war/revisions/1",
    "list_revisions_of_actor": "/v1/actors/syria-civil-defence/history",
    "get_revision_of_actor": "/v1/actors/syria-civil-defence/revisions/1",
    "list_revisions_of_place": "/v1/places/east-aleppo/history",
    "get_revision_of_place": "/v1/places/east-aleppo/revisions/1",
    "list_revisions_of_relation": "/v1/relations/rel_3jssjjhb5abk9rnk938z32f6gg/history",
    "get_revision_of_relation": "/v1/relations/rel_3jssjjhb5abk9rnk938z32f6gg/revisions/1",
    "list_revisions_of_vocabulary": "/v1/vocabularies/quantifier/history",
    "get_revision_of_vocabulary": "/v1/vocabularies/quantifier/revisions/1",
    "list_changes": "/v1/changes?types=report&include=body,document",
    "get_ledger_head": "/v1/ledger/head",
    "get_service": "/",
    "get_problem": "/problems/retracted",
    "get_health": "/healthz",
    "get_readiness": "/readyz",
    "get_metrics": "/metrics",
}
# Where an answer's lists are too long to be read as an example: the way to each, and how many of it are kept.
CUT: dict[str, tuple[tuple[str, int], ...]] = {
    "get_crisis_overview": (
        ("data/key_figures", 1),
        ("data/key_figures/0/rows", 1),
        ("data/timeline", 1),
        ("data/voices", 3),
        ("data/reports", 1),
    ),
    "get_vocabulary": (("data/terms", 3),),
    "get_revision_of_vocabulary": (("data/terms", 3),),
    "list_vocabularies": (("data/0/terms", 2),),
}
METRICS_SHOWN = 3
# Every kind of problem that an operation declares, and a request that meets it; a claim is retracted for one of them.
RETRACTED = "clm_0qvffmwce4az19yxwfgrpqdt6p"
PROTECTED = TRAPPED
REDACTED = WAITING
PROBLEMS = {
    "invalid_parameter": "/v1/claims?limit=5000&event_from=2016",
    "unknown_parameter": "/v1/claims?speaker=syria-civil-defence",
    "repeated_parameter": "/v1/claims?kind=warning&kind=denial",
    "invalid_cursor": "/v1/claims?cursor=eyJi",
    "bad_request": "/v1/claims?q=%FF",
    "not_found": "/v1/reports/no-such-report",
    "not_acceptable": "/v1/claims",
    "ledger_forked": f"/v1/changes?after=another-ledger:1:{'0' * 64}",
    "retracted": f"/v1/claims/{RETRACTED}",
    "protected": f"/v1/claims/{PROTECTED}/revisions/1",
    "redacted": f"/v1/figures/{REDACTED}/history",
    "unavailable": "/v1/claims",
}
SENT = {"not_acceptable": {"accept": "text/csv"}}
ASKED_AS = "example-request"
# The id of a ledger is random; that of the examples is not.
LEDGER = "0d9c1c52-6f1b-4a37-9a55-3c8de1b6a6a1"


def filled(url: str) -> Desk:
    """Fill a database with the seed, at the hour at which the clock stands."""
    desk = Desk(writer(url), NOUNS, clock=lambda: NOW, entropy=bytes)
    with desk.engine.begin() as connection:
        connection.execute(update(HEAD).values(ledger=LEDGER))
    seed(desk, SEED)
    return desk


def made(url: str, away: str) -> dict[str, Any]:
    """Return all examples, given an empty database at the newest layout, and one that is not there."""
    desk = filled(url)
    with serving(url) as api:
        answers = {name: _example(api, name) for name in REQUESTS}
        desk.write(
            WriterRole.EDITOR,
            lambda writing: writing.retract(RETRACTED, Cause.PUBLISHER_CORRECTION, note("Withdrawn by its publisher.")),
        )
        protect(desk)
        problems = {code: _problem(api, code) for code in PROBLEMS if code != "unavailable"}
    with serving(away) as api:
        pool = getattr(api.app.state.reader, "_pool", None)
        if pool is not None:
            # How long a request waits for a connection; the default would make this as slow as its caller.
            pool.timeout = 0.05
        problems["unavailable"] = _problem(api, "unavailable")
    return {"answers": answers, "problems": {code: problems[code] for code in PROBLEMS}}


def protect(desk: Desk) -> None:
    """Replace what a claim said to protect somebody, and erase what a figure said."""
    with snapshot(desk.engine) as connection:
        entries = queries.entries(connection, [PROTECTED, REDACTED])
        said = ledger_queries.bodies(connection, {PROTECTED: entries[PROTECTED].seq})[PROTECTED]
    draft = ClaimDraft.parse({**said, "sensitivity": "severe"})
    desk.write(WriterRole.EDITOR, lambda writing: writing.correct(PROTECTED, draft, Cause.PROTECTION))
    change = Change("figure", REDACTED, 2, Operation.REDACT, {}, Cause.PROTECTION)
    erased = [(entries[REDACTED].seq, Part.BODY)]
    transact(
        desk.engine,
        lambda connection: Ledger(connection, WriterRole.EDITOR, lambda: NOW, bytes).redact(change, erased),
    )


def cut(name: str, value: Any) -> Any:
    """Return an answer with its long lists cut."""
    for way, most in CUT.get(name, ()):
        *holders, last = way.split("/")
        found = value
        for part in holders:
            found = found[int(part) if part.isdigit() else part]
        found[last] = found[last][:most]
    return value


def _example(api: Api, name: str) -> dict[str, Any]:
    answer = api.get(REQUESTS[name], x_request_id=ASKED_AS)
    assert answer.status_code == 200, (name, answer.text)
    if answer.headers["content-type"] != "application/json":
        return {"request": REQUESTS[name], "answer": "\n".join(answer.text.splitlines()[:METRICS_SHOWN]) + "\n"}
    return {"request": REQUESTS[name], "answer": cut(name, json.loads(answer.content))}


def _problem(api: Api, code: str) -> dict[str, Any]:
    answer = api.request("GET", PROBLEMS[code], {"x-request-id": ASKED_AS, **SENT.get(code, {})})
    value = json.loads(answer.content)
    assert value["code"] == code, value
    return {"request": PROBLEMS[code], "answer": value}


def committed() -> Any:
    """Return the examples as they are in the project."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def written(examples: dict[str, Any]) -> str:
    """Return examples as they are committed."""
    return json.dumps(examples, indent=1, ensure_ascii=False) + "\n"


def made_in(folder: Path) -> dict[str, Any]:
    """Return the examples, made anew in a database of their own."""
    url = f"sqlite:///{folder / 'examples.db'}"
    migrate.upgrade(url)
    # The service says in its log that a database is away; whoever makes examples need not read it.
    with redirect_stdout(io.StringIO()):
        return made(url, f"sqlite:///{folder / 'nowhere' / 'away.db'}")
