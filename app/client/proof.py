"""Why this file exists: what a follower checks before it believes a page of the feed, pure.

The chain goes on from where the follower stands, revision by revision; every content is what its revision committed
to; the ledger is the one that was followed, or one that goes on from it by a fork that the head names. So an altered,
dropped, reordered or inserted revision is found, whoever made it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.client.errors import NotProven, NotUnderstood
from app.kit.canonical import JSON, canonical
from app.kit.ids import type_of
from app.ledger.chain import DOMAIN, GENESIS
from app.ledger.signing import is_signed

ENVELOPE = (
    "ledger",
    "seq",
    "record_type",
    "record_id",
    "version",
    "operation",
    "cause",
    "recorded_at",
    "role",
    "body_commitment",
    "note_commitment",
)
PARTS = ("body", "note")


@dataclass(frozen=True)
class Place:
    """Where a follower stands: after a revision of a ledger, with the chain there."""

    ledger: str | None = None
    seq: int = 0
    chain: str = GENESIS

    @property
    def after(self) -> str:
        """Return the place as the feed's `after` takes it, so that the server is held to it."""
        return f"{self.ledger}:{self.seq}:{self.chain}" if self.ledger and self.seq else "0"


def follow(place: Place, rows: Iterable[JSON], forks: Iterable[JSON]) -> Place:
    """Return the place after some rows of the feed; raises NotProven where they do not go on from the one before."""
    ledger, seq, chain = place.ledger, place.seq, place.chain
    known = {(one["parent"], one["seq"], one["chain"]): one["ledger"] for one in forks}
    for row in rows:
        if row["seq"] != seq + 1:
            raise NotProven(f"seq {row['seq']}: expected {seq + 1}; a revision is missing or was inserted")
        if row["ledger"] != ledger:
            # A ledger begins at its first revision, or where a fork says that it goes on from the one before.
            if ledger is not None and known.get((ledger, seq, chain)) != row["ledger"]:
                raise NotProven(f"seq {row['seq']}: it belongs to another ledger, and no fork leads there")
            ledger = row["ledger"]
        seq, chain = row["seq"], linked(chain, row)
        if chain != row["chain"]:
            raise NotProven(f"seq {seq}: the chain does not follow; this revision or one before it was altered")
        check_contents(row)
    return Place(ledger, seq, chain)


def linked(previous: str, row: Mapping[str, Any]) -> str:
    """Return the next link of the chain over an envelope as the feed gives it."""
    envelope = canonical({name: row[name] for name in ENVELOPE})
    return hashlib.sha256(DOMAIN + bytes.fromhex(previous) + envelope).hexdigest()


def check_contents(row: JSON) -> None:
    """Hold every content of a row against its commitment; raises NotProven."""
    contents = row["contents"]
    if contents is None:
        if not row["bare"] and row["withheld"] is None:
            raise NotProven(f"seq {row['seq']}: its contents are missing, and nothing says that they are withheld")
        return
    for part in PARTS:
        committed, content = row[f"{part}_commitment"], contents[part]
        if content is None:
            if committed is not None and row["withheld"] is None:
                raise NotProven(f"seq {row['seq']}: the {part} is missing, and nothing says that it is withheld")
        elif committed is None or commitment_of(content) != committed:
            raise NotProven(f"seq {row['seq']}: the {part} is not what was committed to")
    note = contents["note"]
    if row["note"] != (None if note is None else note["value"]):
        raise NotProven(f"seq {row['seq']}: the note that is shown is not the one that was committed to")


def commitment_of(content: JSON) -> str:
    """Return the commitment to {salt, value}."""
    try:
        value = canonical(content["value"])
        # Whoever keeps it keeps these very bytes, and need not make them again.
        content["canonical"] = value.decode()
        return hashlib.sha256(bytes.fromhex(content["salt"]) + value).hexdigest()
    except (TypeError, ValueError):
        return ""


def check_page(place: Place, page: JSON, forks: Iterable[JSON]) -> Place:
    """Return the place after a page of the feed that was asked for with proof=full; raises NotProven, NotUnderstood."""
    try:
        rows, meta = page["data"], page["meta"]
        if not meta["verifiable"] or (meta["after"], meta["through"]) != (place.seq, place.seq + len(rows)):
            raise NotProven(f"after seq {place.seq}: revisions are missing, so that nothing can be verified")
        reached = follow(place, rows, forks)
        for row in rows:
            _check_row(row)
        if rows and meta["chain"] != reached.chain:
            raise NotProven(f"seq {reached.seq}: the page says another chain than its revisions give")
        return reached
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise NotUnderstood(f"this is no page of the feed that we know: {error!r}") from None


def _check_row(row: JSON) -> None:
    """Refuse what cannot be kept, and a document of another record; what a document says is the server's rendering."""
    if type_of(row["record_id"]) != row["record_type"] or not isinstance(row["matches"]["after"], bool | None):
        raise ValueError(row["record_id"])
    if row["note"] is not None and not isinstance(row["note"]["text"], str):
        raise ValueError("note")
    document = row["document"]
    if document is not None and (document["id"], document["type"]) != (row["record_id"], row["record_type"]):
        raise NotProven(f"seq {row['seq']}: the document that comes with it is of another record")


def check_head(head: JSON, pinned: str | None) -> None:
    """Refuse a head that is not signed by the key that the copy was begun with; raises NotProven."""
    if pinned is not None and not is_signed(head, pinned):
        signed = head.get("signature")
        told = "is not signed" if signed is None else "is not signed by the key that this copy knows"
        raise NotProven(f"the head of the ledger {told}")
