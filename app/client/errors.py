"""Why this file exists: the whole tree of what can go wrong for whoever asks, on one page.

ClientError
├── Unreachable        nobody answered, after every try
├── Refused            the server said no, in its own words (`problem`, RFC 9457)
│   ├── NotFound           there is nothing by this name (404)
│   ├── Gone               it was retracted, or is kept back to protect somebody (410): forget your copy
│   ├── LedgerForked       the server's ledger is no longer the one that was followed (409)
│   └── Busy               too much is asked of the server, or it is away (429, 502 to 504), after every try
├── NotUnderstood      the answer leaves out what the contract promises: this is not Onrecord, or not this version
├── NotProven          what the feed says does not follow from what it said before: somebody rewrote something
└── CopyFault          the copy here cannot be used as it is asked
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.kit.canonical import JSON, parse


class ClientError(Exception):
    """Anything that goes wrong; its text is for the person who asked."""


class Unreachable(ClientError):
    """Nobody answered."""


class Refused(ClientError):
    """The server said no; `problem` holds its own words."""

    def __init__(self, problem: JSON) -> None:
        self.problem = problem
        self.status: int = problem["status"]
        self.code: str = problem["code"]
        self.detail: str = problem["detail"]
        self.request_id: str = problem.get("request_id", "")
        told = f" (request {self.request_id})" if self.request_id else ""
        super().__init__(f"{self.status} {self.code}: {self.detail}{told}")


class NotFound(Refused):
    """There is nothing by this name."""


class Gone(Refused):
    """The record was withdrawn; `retracted` says when and why, when that may be said."""

    @property
    def retracted(self) -> JSON | None:
        """Return {at, cause, note, seq}, or null."""
        return self.problem.get("retracted")


class LedgerForked(Refused):
    """The server's ledger is no longer the one that was followed; `forked` says from where on."""

    @property
    def forked(self) -> JSON | None:
        """Return {ledger, last_common_seq, chain}, or null."""
        return self.problem.get("forked")


class Busy(Refused):
    """Too much is asked of the server, or it is away."""


class NotUnderstood(ClientError):
    """The answer leaves out what the contract promises."""


class NotProven(ClientError):
    """What the feed says does not follow from what it said before."""


class CopyFault(ClientError):
    """The copy here cannot be used as it is asked."""


BUSY = frozenset({429, 502, 503, 504})
_BY_STATUS: Mapping[int, type[Refused]] = MappingProxyType(
    {404: NotFound, 410: Gone, 409: LedgerForked, **dict.fromkeys(BUSY, Busy)}
)


def refusal(status: int, content: bytes) -> Refused:
    """Return the refusal of an answer; what is no problem of ours, such as a proxy's page, is told by its status."""
    problem: dict[str, Any]
    try:
        problem = {"status": status, **parse(content)}
        problem = {"code": f"http_{status}", "detail": str(problem.get("title", "")), **problem}
    except (ValueError, TypeError):
        problem = {"status": status, "code": f"http_{status}", "detail": "the answer says no more"}
    return _BY_STATUS.get(status, Refused)(problem)
