"""Why this file exists: the head of the ledger, as whoever keeps it elsewhere gets it."""

from app.changes.queries import HEAD_AND_FORKS
from app.kit.canonical import JSON
from app.kit.clock import instant_text
from app.ledger.forks import Fork, ancestry
from app.ledger.signing import Signer
from app.store.reader import Reader


async def read(reader: Reader, signer: Signer | None) -> JSON:
    """Return the head with its forks, signed when there is a key."""
    rows = await reader.rows(HEAD_AND_FORKS, {})
    ledger, seq, chain, at = rows[0][:4]
    forks = [Fork(*row[4:]) for row in rows if row[4] is not None]
    head: JSON = {
        "type": "ledger_head",
        "ledger": ledger,
        "seq": seq,
        "chain": chain,
        "recorded_at": at if at is None or isinstance(at, str) else instant_text(at),
        "forks": [one.value() for one in reversed(ancestry(ledger, forks))],
    }
    return {**head, "signature": signer.sign(head) if signer else None}
