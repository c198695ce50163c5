"""Why this file exists: one problem shape (RFC 9457) for everything that goes wrong, and the table of all problems.

`{type, title, status, detail, instance, code, errors, request_id}`; `errors` names each fault by JSON Pointer or
parameter. A problem never echoes a body, a secret, or a parameter's value.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import Field

from app.kit.schema import View

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of problem."""

    status: int
    title: str
    advice: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "invalid_parameter": Kind(400, "Invalid parameter", "Correct the parameters that `errors` names."),
        "unknown_parameter": Kind(400, "Unknown parameter", "Use the names that /openapi.json lists."),
        "repeated_parameter": Kind(400, "Repeated parameter", "Give each parameter once; lists are comma-separated."),
        "invalid_cursor": Kind(400, "Invalid cursor", "Follow links.next as it is, or start again without cursor."),
        "bad_request": Kind(400, "Bad request", "Correct what `detail` says."),
        "forbidden": Kind(403, "Forbidden", "This role may not do this."),
        "not_found": Kind(404, "Not found", "Check the path; ids and slugs come from the lists."),
        "method_not_allowed": Kind(405, "Method not allowed", "Use a method that the header Allow names."),
        "not_acceptable": Kind(406, "Not acceptable", "Accept application/json."),
        "ledger_forked": Kind(
            409,
            "Ledger forked",
            "Go back to the last revision of both ledgers, which `forked` names, and follow from there; when it names "
            "none, begin anew, and ask the operator what happened.",
        ),
        "retracted": Kind(410, "Retracted", "The record was withdrawn; forget your copy of it."),
        "protected": Kind(410, "Protected", "Read the record as it is now, and forget your copy of this revision."),
        "redacted": Kind(410, "Redacted", "It was erased and stays so; forget your copy of it."),
        "head_too_large": Kind(431, "Request head too large", "Send a shorter path, or fewer or shorter headers."),
        "unavailable": Kind(503, "Unavailable", "Try again after the seconds that the header Retry-After names."),
        "internal": Kind(500, "Internal error", "Report it with the request_id; it is logged."),
    }
)


@dataclass(frozen=True)
class ParameterFault:
    """One parameter that is at fault."""

    parameter: str
    detail: str
    code: str


@dataclass
class Problem(Exception):
    """Raised anywhere below a route; becomes the answer."""

    code: str
    detail: str
    errors: list[ParameterFault] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Return the HTTP status of this kind of problem."""
        return KINDS[self.code].status


class ProblemErrorView(View):
    """One fault."""

    pointer: str | None = Field(description="JSON Pointer into the body, or null.", examples=["/value"])
    parameter: str | None = Field(description="The parameter, or null.", examples=["limit"])
    detail: str = Field(description="What was expected.", examples=["expected a whole number from 1 to 1000"])
    code: str = Field(description="Stable code of the fault.", examples=["out_of_range"])


class RetractionView(View):
    """When and why a record was retracted."""

    at: str = Field(description="When (UTC).")
    cause: str = Field(description="Why (vocabulary `cause`).", examples=["publisher_correction"])
    note: str | None = Field(description="The public note, or null.")
    seq: int = Field(description="The revision that retracted it.")


class ForkedView(View):
    """Where a follower and the ledger parted."""

    ledger: str = Field(description="Id of the ledger now.")
    last_common_seq: int | None = Field(
        description="The last revision of both, or null when that is not known.", examples=[214]
    )
    chain: str | None = Field(
        description="The chain there, to hold against yours; null when that is not known.",
        examples=["9f2c6c1d0f0c5bb2f6d3a41b6a3e1f7d0a5f4c8e2b7d6190c3e4f5a6b7c8d9e0"],
    )


class ProblemView(View):
    """What every error answers (RFC 9457)."""

    type: str = Field(description="Where this kind of problem is described.", examples=["/problems/not_found"])
    title: str = Field(description="The kind of problem.", examples=["Not found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What happened here, and what was expected.")
    instance: str = Field(description="The path that was asked for.", examples=["/v1/claims/clm_0"])
    code: str = Field(
        description="Stable code, for programs.", examples=["not_found"], json_schema_extra={"enum": [*KINDS]}
    )
    errors: list[ProblemErrorView] = Field(description="Every fault; empty when there is nothing to point at.")
    request_id: str = Field(description="Names this request in our logs.")
    retracted: RetractionView | None = Field(default=None, description="Only with `retracted`: when and why.")
    forked: ForkedView | None = Field(default=None, description="Only with `ledger_forked`: where you parted.")


def problem_value(problem: Problem, path: str, request_id: str) -> dict[str, Any]:
    """Return the body of a problem."""
    kind = KINDS[problem.code]
    return {
        "type": f"/problems/{problem.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "instance": path,
        "code": problem.code,
        "errors": [{"pointer": None, **asdict(fault)} for fault in problem.errors],
        "request_id": request_id,
        **problem.extra,
    }
