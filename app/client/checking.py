"""Why this file exists: a copy held against itself, without a server, and when asked against a server's ledger.

Itself: every link of the chain, every commitment, the heads that were seen, and the flat tables against the documents.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.client import layout
from app.client.copy import Copy
from app.client.databases import quoted
from app.client.errors import ClientError
from app.client.proof import Place, check_head, check_page, commitment_of, linked
from app.client.pulling import Server
from app.exports.tables import TABLES
from app.kit.canonical import JSON, canonical, parse
from app.ledger.chain import GENESIS

Step = Callable[[int], None]
MOST_PROBLEMS = 100


@dataclass
class Verdict:
    """What a check saw; the copy is intact when there is no problem."""

    place: Place
    revisions: int = 0
    withheld: int = 0
    problems: list[str] = field(default_factory=list)

    def problem(self, text: str) -> None:
        """Take note of a problem; after very many, more tell nothing new."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(text)


def check(copy: Copy, step: Step = lambda _: None) -> Verdict:
    """Recompute everything in a copy, without a server."""
    verdict = Verdict(copy.state.place)
    heads: dict[int, str] = dict(copy.db.rows("SELECT seq, chain FROM pull_head"))
    _walk(copy, verdict, heads, step)
    for table in TABLES.values():
        _rows_of(copy, verdict, table.name)
    return verdict


def _walk(copy: Copy, verdict: Verdict, heads: dict[int, str], step: Step) -> None:
    seq, chain, ledger = 0, GENESIS, None
    for row in _revisions(copy):
        verdict.revisions += 1
        if row["seq"] != seq + 1:
            verdict.problem(f"seq {row['seq']}: expected {seq + 1}; a revision is missing or was inserted")
        seq, ledger = row["seq"], row["ledger"]
        if linked(chain, row) != row["chain"]:
            verdict.problem(f"seq {seq}: the chain does not follow; this revision or one before it was altered")
        chain = row["chain"]
        if heads.get(seq, chain) != chain:
            verdict.problem(f"seq {seq}: the chain is not the one of the head that the server showed")
        _contents(verdict, row)
        step(1)
    if (ledger, seq, chain) != (verdict.place.ledger, verdict.place.seq, verdict.place.chain):
        verdict.problem(f"the copy says that it stands at seq {verdict.place.seq}, its last revision is {seq}")


def _revisions(copy: Copy) -> Iterator[JSON]:
    names = (*layout.REVISION, "body_salt", "body", "note_salt", "note", "known")
    columns = ", ".join(f"r.{one}" for one in layout.REVISION)
    query = (
        f"SELECT {columns}, c.body_salt, c.body, c.note_salt, c.note, c.seq IS NOT NULL"  # noqa: S608 - names of ours
        " FROM revision r LEFT JOIN revision_content c ON c.seq = r.seq ORDER BY r.seq"
    )
    return (dict(zip(names, row, strict=True)) for row in copy.db.each(query))


def _contents(verdict: Verdict, row: JSON) -> None:
    if bool(row["bare"]) == bool(row["known"]):
        verdict.problem(f"seq {row['seq']}: its contents are missing, or there without reason")
    for part in ("body", "note"):
        salt, value, committed = row[f"{part}_salt"], row[part], row[f"{part}_commitment"]
        if value is None:
            verdict.withheld += part == "body" and not row["bare"]
        elif committed is None or not _holds(salt, value, committed):
            verdict.problem(f"seq {row['seq']}: the {part} is not what was committed to")


def _holds(salt: str, value: str, committed: str) -> bool:
    try:
        parsed = parse(value)
        return canonical(parsed).decode() == value and commitment_of({"salt": salt, "value": parsed}) == committed
    except (ValueError, TypeError):
        return False


def _rows_of(copy: Copy, verdict: Verdict, name: str) -> None:
    """Check that a flat table has a row for every document that makes one, and no other."""
    table = TABLES[name]
    column = quoted(layout.owner(table))
    stray = copy.db.rows(
        f"SELECT DISTINCT {column} FROM {quoted(name)} WHERE {column} NOT IN"  # noqa: S608 - names of ours
        " (SELECT id FROM document WHERE member AND type = ?)",
        (table.noun,),
    )
    with_rows = f"SELECT {column} FROM {quoted(name)}"  # noqa: S608 - names of ours
    lacking = copy.db.rows(
        f"SELECT id FROM document WHERE member AND type = ? AND id NOT IN ({with_rows})",  # noqa: S608
        (table.noun,),
    )
    for (one,) in stray:
        verdict.problem(f"{name}: {one} has rows, and is not in the copy")
    for (one,) in lacking:
        verdict.problem(f"{name}: {one} has no rows")


def check_against(copy: Copy, server: Server, verdict: Verdict, step: Step = lambda _: None) -> None:
    """Hold the copy's chain against the server's whole ledger, revision by revision."""
    state = copy.state
    try:
        head = server.head()
        check_head(head, state.pinned)
        if head["seq"] < state.place.seq:
            verdict.problem(f"the server's ledger ends at seq {head['seq']}, before this copy's {state.place.seq}")
        place = Place()
        while place.seq < min(state.place.seq, head["seq"]):
            page = server.envelopes(place)
            now = check_page(place, page, head["forks"])
            if now == place:
                break
            _compare(copy, verdict, page["data"])
            step(len(page["data"]))
            place = now
    except ClientError as error:
        verdict.problem(f"the server: {error}")


def _compare(copy: Copy, verdict: Verdict, rows: list[JSON]) -> None:
    seqs = [one["seq"] for one in rows]
    ours: dict[int, str] = dict(copy.db.among("SELECT seq, chain FROM revision WHERE seq IN (…)", seqs))
    for row in rows:
        if ours.get(row["seq"], row["chain"]) != row["chain"]:
            verdict.problem(f"seq {row['seq']}: the server's revision is not the one of this copy")
