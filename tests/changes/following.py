"""A follower as a partner writes one: it goes from page to page, and keeps every page."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from app.changes.views import ChangesAnswer
from tests.support.api import Api

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
GENESIS = "0" * 64
Change = dict[str, Any]


@dataclass
class Followed:
    """What a follower has seen."""

    changes: list[Change] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def seqs(self) -> list[int]:
        """Return the seqs of what was delivered, in the order in which it came."""
        return [one["seq"] for one in self.changes if not one["bare"]]

    @property
    def next(self) -> str:
        """Return where to go on."""
        return str(self.pages[-1]["links"]["next"])


def page(api: Api, path: str, *, declared: bool = True) -> dict[str, Any]:
    """Return one page, after holding it against what the route declares."""
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    if declared:
        ChangesAnswer.model_validate_json(answer.content, strict=True)
    found: dict[str, Any] = json.loads(answer.content)
    meta = found["meta"]
    assert meta["complete"] is (meta["through"] >= meta["seq"])
    seqs = [one["seq"] for one in found["data"]]
    assert seqs == sorted(set(seqs))
    assert all(meta["after"] < seq <= meta["through"] for seq in seqs)
    assert meta["verifiable"] is (len(seqs) == meta["through"] - meta["after"])
    assert len(seqs) <= meta["limit"]
    return found


def pages(api: Api, path: str, *, declared: bool = True) -> Iterator[dict[str, Any]]:
    """Yield pages until there is nothing more to be had."""
    while True:
        found = page(api, path, declared=declared)
        yield found
        if found["meta"]["complete"]:
            return
        path = found["links"]["next"]


def follow(api: Api, path: str = "/v1/changes") -> Followed:
    """Follow the feed from a path on, until there is nothing more to be had."""
    seen = Followed()
    for found in pages(api, path):
        seen.pages.append(found)
        seen.changes += found["data"]
    return seen


def verify(changes: list[Change], chain: str = GENESIS) -> str:
    """Recompute every link and every commitment by the published rules alone; return the chain at the end."""
    for one in changes:
        envelope = {name: one[name] for name in ENVELOPE}
        link = b"onrecord-v1" + bytes.fromhex(chain) + rfc8785.dumps(envelope)
        chain = hashlib.sha256(link).hexdigest()
        assert chain == one["chain"], one["seq"]
        for part in ("body", "note"):
            content = (one["contents"] or {}).get(part)
            if content is not None:
                committed = bytes.fromhex(content["salt"]) + rfc8785.dumps(content["value"])
                assert hashlib.sha256(committed).hexdigest() == one[f"{part}_commitment"]
    return chain
