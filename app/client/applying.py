"""Why this file exists: what one page of the feed does to a copy, in one transaction.

First the ledger: envelopes, contents, and what may no longer be kept. Then the documents that the page brings or takes
away. Then what the page does not bring although it has changed: documents that show a changed record without a
revision of their own, which are read again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.client import layout
from app.client.copy import Copy
from app.client.moving import BELOW, EVER, Lists, Moving, texts
from app.client.names import TELLING, mentions, relabelled, shown
from app.client.proof import Place, check_contents
from app.client.shelving import Shelf
from app.kit.canonical import JSON, compact
from app.kit.ids import type_of
from app.ledger.words import Cause, Operation

BACK = (Operation.RETRACT.value, Operation.RESTORE.value)
HIDING = (Operation.SEAL.value, Operation.REDACT.value)
# When more documents than this show a record that changed, the server may still be rendering them.
FEW = 400
MOST_TOLD = 200
_ERASE = (
    "UPDATE revision_content SET body_salt = NULL, body = NULL, note_salt = NULL, note = NULL"
    " WHERE (body IS NOT NULL OR note IS NOT NULL)"
)


@dataclass
class Told:
    """What a pull has done, for the person who reads it in the morning."""

    revisions: int = 0
    erased: int = 0
    read_again: int = 0
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    changes: list[JSON] = field(default_factory=list)
    left_out: int = 0

    def hear(self, rows: Iterable[JSON]) -> None:
        """Take note of the revisions of a page."""
        for row in rows:
            self.revisions += 1
            if row["bare"]:
                continue
            self.counts[row["operation"], row["record_type"], row["cause"] or ""] += 1
            if row["operation"] == Operation.CREATE.value:
                continue
            if len(self.changes) < MOST_TOLD:
                kept = ("seq", "operation", "record_type", "record_id", "cause", "note", "withheld", "recorded_at")
                self.changes.append({name: row[name] for name in kept})
            else:
                self.left_out += 1


class Applying:
    """Applies pages to a copy."""

    def __init__(self, copy: Copy, source: Lists, told: Told) -> None:
        self._copy = copy
        self._db = copy.db
        self._source = source
        self.told = told
        self.shelf = Shelf(copy, source)
        self.moving = Moving(copy, source, self.shelf)

    def apply(self, before: Place, now: Place, page: JSON) -> None:
        """Apply a page that was checked; all of it, or nothing."""
        rows: list[JSON] = page["data"]
        read_at: int = page["meta"]["seq"]
        try:
            with self._db.transaction():
                self._copy.stand(before, now, rows[-1]["recorded_at"] if rows else None)
                self._record(rows)
                self._withhold(rows)
                self._shelve(rows, read_at)
                if any(row["operation"] == Operation.RESTORE.value for row in rows):
                    self._ask_for_contents()
                self.moving.follow(rows, now.seq)
        except BaseException:
            self.shelf.forget()
            raise
        self.told.hear(rows)

    # --- the ledger ---------------------------------------------------------------------------------------------------

    def _record(self, rows: list[JSON]) -> None:
        envelopes, contents = [], []
        last: dict[str, JSON] = {}
        for row in rows:
            envelopes.append((*(row[name] for name in layout.ENVELOPE), row["chain"], row["bare"]))
            if not row["bare"]:
                contents.append((row["seq"], *texts(row)))
            last[row["record_id"]] = row
        self._db.add("revision", layout.REVISION, envelopes)
        self._db.add("revision_content", layout.CONTENT, contents)
        numbers = self.shelf.numbers(last)
        facts = ("seq", "version", "operation", "cause", "recorded_at")
        self._db.many(
            "UPDATE record SET seq = ?, version = ?, operation = ?, cause = ?, changed_at = ? WHERE n = ?",
            [(*(row[name] for name in facts), numbers[one]) for one, row in last.items()],
        )

    def _withhold(self, rows: list[JSON]) -> None:
        """Erase what is protected from now on: of every revision before it, whether or not the copy follows it."""
        erased, protecting = 0, False
        for row in rows:
            lasting = row["operation"] in HIDING or (
                row["cause"] == Cause.PROTECTION.value and row["operation"] not in BACK
            )
            # Of what does not match, the envelope alone says so.
            gone = row["operation"] == Operation.RETRACT.value and row["cause"] == Cause.PROTECTION.value
            hidden = row["withheld"] is not None or (gone and row["bare"])
            protecting |= lasting or hidden or gone
            if lasting or hidden:
                erased += self._erase(row["record_id"], row["seq"] + hidden)
            if hidden and gone:
                erased += self._erase_below(row["record_id"])
        self.told.erased += erased
        if protecting:
            # Not only contents: a document that showed a name is as telling when it is gone from its table.
            self._copy.mark_purge()

    def _erase(self, record_id: str, before: int) -> int:
        these = "AND seq IN (SELECT seq FROM revision WHERE record_id = ? AND seq < ?)"
        return self._db.run(f"{_ERASE} {these}", (record_id, before))

    def _erase_below(self, record_id: str) -> int:
        """Erase what goes with a record that is gone, though it had gone before, and what ever named it."""
        naming = f'%"{record_id}"%'
        erased = 0
        for below in BELOW.get(type_of(record_id), ()):
            query = (
                "SELECT DISTINCT r.record_id FROM revision_content c JOIN revision r ON r.seq = c.seq"
                " JOIN record o ON o.id = r.record_id WHERE c.body LIKE ? AND r.record_type = ? AND o.operation = ?"
            )
            for (one,) in self._db.rows(query, (naming, below, Operation.RETRACT.value)):
                erased += self._erase_below(one) + self._erase(one, EVER)
        return erased + self._db.run(f"{_ERASE} AND body LIKE ?", (naming,))

    def _ask_for_contents(self) -> None:
        """Ask again for contents that were withheld: what comes back from protection brings its past."""
        for seq in self._copy.missing():
            row = self._source.revision(seq)
            if row is None or row["contents"] is None:
                continue
            known = self._db.rows("SELECT body_commitment, note_commitment FROM revision WHERE seq = ?", (seq,))
            check_contents({**row, "body_commitment": known[0][0], "note_commitment": known[0][1]})
            self._db.run(
                "UPDATE revision_content SET body_salt = ?, body = ?, note_salt = ?, note = ? WHERE seq = ?",
                (*texts(row), seq),
            )

    # --- documents ----------------------------------------------------------------------------------------------------

    def _shelve(self, rows: list[JSON], read_at: int) -> None:
        brought: dict[str, JSON | None] = {}
        for row in rows:
            if row["bare"]:
                continue
            if row["document"] is not None:
                brought[row["record_id"]] = row["document"]
            elif row["matches"]["after"] is False:
                brought[row["record_id"]] = None
        stale = self._stale(rows, {one for one, document in brought.items() if document is None})
        gone = [one for one, document in brought.items() if document is None]
        self.shelf.drop(gone)
        changed = self.shelf.put([one for one in brought.values() if one is not None], read_at)
        self._read_again(stale.keys() - brought.keys(), changed, read_at)

    def _stale(self, rows: list[JSON], gone: set[str]) -> Mapping[str, int]:
        """Return the documents here that may tell of these revisions, were read before them, and by which latest."""
        oldest = self._db.rows("SELECT min(read_at) FROM document")[0][0]
        if not rows or oldest is None or oldest >= rows[-1]["seq"]:
            return {}
        said: dict[str, int] = {}
        changing: dict[str, int] = {}
        old = self._copy.documents({row["record_id"] for row in rows if row["operation"] != Operation.CREATE.value})
        for row in rows:
            one, seq = row["record_id"], row["seq"]
            for other in self._named(row, old.get(one)):
                said[other] = seq
            # Of what the page brings it is known whether others show something else; of all else it is not.
            if row["operation"] != Operation.CREATE.value and (row["bare"] or row["document"] is None or one in gone):
                changing[one] = seq
            if row["record_type"] == "vocabulary" and row["operation"] == Operation.CORRECT.value:
                said |= dict.fromkeys(self._speaking(row, old.get(one)), int(seq))
        said |= self._crises(said)
        held = self._copy.held(said)
        stale = {one: seq for one, seq in said.items() if one in held and held[one][0] < seq}
        if changing:
            numbers = self.shelf.numbers(changing)
            latest = max(changing.values())
            stale.update(dict.fromkeys(self._copy.showing((numbers[one] for one in changing), latest), latest))
        return stale

    def _named(self, row: JSON, old: JSON | None) -> set[str]:
        """Return the records that count or list this one, before or after its revision."""
        if row["record_type"] not in ("report", "claim", "figure"):
            return set()
        one, found = row["record_id"], set()
        if row["contents"] and row["contents"]["body"]:
            found |= set(shown(compact(row["contents"]["body"]["value"]), one))
        for document in (row["document"], old):
            found |= set(shown(compact(document), one)) if document else set()
        return {other for other in found if type_of(other) in TELLING}

    def _crises(self, said: Mapping[str, int]) -> dict[str, int]:
        """Return the crises of the reports among some records: what is counted in a report counts there too."""
        reports = [one for one in said if one.startswith("rep_")]
        return {str(found["crisis"]["id"]): said[one] for one, found in self._copy.documents(reports).items()}

    def _speaking(self, row: JSON, old: JSON | None) -> list[str]:
        """Return the documents that show a term of a vocabulary that changed."""
        new = row["document"]
        if old is None or new is None:
            query = "SELECT id FROM document WHERE type <> 'vocabulary' AND read_at < ?"
            return [one for (one,) in self._db.rows(query, (row["seq"],))]
        found = []
        for code in relabelled(old, new):
            query = "SELECT id FROM document WHERE body LIKE ? AND read_at < ?"
            found += self._db.rows(query, (mentions(code), row["seq"]))
        return [one for (one,) in found]

    def _read_again(self, stale: Iterable[str], changed: list[str], seq: int) -> None:
        """Read documents again, then those that show what has changed by it, until nothing more does."""
        waiting = set(stale)
        while changed or waiting:
            numbers = self.shelf.numbers(changed)
            waiting |= set(self._copy.showing((numbers[one] for one in changed), seq))
            if len(waiting) > FEW:
                self._copy.read_again(waiting)
            if not waiting:
                return
            found, seq = self._source.documents(sorted(waiting))
            self.told.read_again += len(waiting)
            self.shelf.drop(waiting - found.keys())
            changed = self.shelf.put(found.values(), seq, member=None)
            waiting = set()

    def settle(self, tables: str) -> None:
        """Make flat tables of another version anew; read again what the server may not have finished last time."""
        if tables != layout.signature():
            with self._db.transaction():
                self.shelf.flatten_again()
        waiting = self._copy.again()
        if not waiting:
            return
        with self._db.transaction():
            self._db.run("DELETE FROM pull_again")
            # Nothing that has not changed since is marked again: `put` says so.
            held = self._copy.held(waiting)
            found, seq = self._source.documents(sorted(held))
            self.shelf.drop(held.keys() - found.keys())
            self._read_again((), self.shelf.put(found.values(), seq, member=None), seq)
