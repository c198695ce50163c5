"""Why this file exists: the arithmetic of the ledger, pure: commitments and the chain.

    commitment = SHA-256(salt (32 bytes) ‖ JCS(value))
    chain_n    = SHA-256("onrecord-v1" ‖ chain_{n-1} (32 bytes) ‖ JCS(envelope_n)),   chain_0 = 32 zero bytes

JCS is RFC 8785. Digests and salts are written as 64 lower-case hexadecimal digits.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.kit.canonical import canonical
from app.kit.clock import instant_text

DOMAIN = b"onrecord-v1"
GENESIS = "0" * 64
SALT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the chain is made over: everything about a revision but its contents."""

    ledger: str
    seq: int
    record_type: str
    record_id: str
    version: int
    operation: str
    cause: str | None
    recorded_at: datetime
    role: str
    body_commitment: str
    note_commitment: str | None

    def value(self) -> dict[str, Any]:
        """Return the envelope as the JSON value that is hashed."""
        return {
            "ledger": self.ledger,
            "seq": self.seq,
            "record_type": self.record_type,
            "record_id": self.record_id,
            "version": self.version,
            "operation": self.operation,
            "cause": self.cause,
            "recorded_at": instant_text(self.recorded_at),
            "role": self.role,
            "body_commitment": self.body_commitment,
            "note_commitment": self.note_commitment,
        }


def commitment(salt: str, value: bytes) -> str:
    """Return the commitment to the canonical bytes of a value under a salt in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + value).hexdigest()


def link(previous: str, envelope: Envelope) -> str:
    """Return the next link of the chain."""
    return hashlib.sha256(DOMAIN + bytes.fromhex(previous) + canonical(envelope.value())).hexdigest()
