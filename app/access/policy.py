"""Why this file exists: the whole permission policy on one page.

Every operation of the API names the permission that it needs; an operation that is not in the table cannot be built
into a route, so a new route without a declared permission fails at start and in the tests.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """What an operation needs."""

    READ_PUBLIC = "read_public"
    OBSERVE = "observe"


class Role(StrEnum):
    """In what role somebody asks; whoever shows nothing is anonymous."""

    ANONYMOUS = "anonymous"


GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {Role.ANONYMOUS: frozenset({Permission.READ_PUBLIC, Permission.OBSERVE})}
)

POLICY: Mapping[str, Permission] = MappingProxyType(
    {
        "get_claim": Permission.READ_PUBLIC,
        "list_claims": Permission.READ_PUBLIC,
        "list_claims_of_report": Permission.READ_PUBLIC,
        "list_claims_of_actor": Permission.READ_PUBLIC,
        "get_figure": Permission.READ_PUBLIC,
        "list_figures": Permission.READ_PUBLIC,
        "list_figures_of_report": Permission.READ_PUBLIC,
        "list_figures_of_claim": Permission.READ_PUBLIC,
        "get_report": Permission.READ_PUBLIC,
        "list_reports": Permission.READ_PUBLIC,
        "get_crisis": Permission.READ_PUBLIC,
        "get_crisis_overview": Permission.READ_PUBLIC,
        "list_crises": Permission.READ_PUBLIC,
        "get_actor": Permission.READ_PUBLIC,
        "list_actors": Permission.READ_PUBLIC,
        "get_place": Permission.READ_PUBLIC,
        "list_places": Permission.READ_PUBLIC,
        "get_relation": Permission.READ_PUBLIC,
        "list_relations": Permission.READ_PUBLIC,
        "get_vocabulary": Permission.READ_PUBLIC,
        "list_vocabularies": Permission.READ_PUBLIC,
        "list_revisions_of_claim": Permission.READ_PUBLIC,
        "get_revision_of_claim": Permission.READ_PUBLIC,
        "list_revisions_of_figure": Permission.READ_PUBLIC,
        "get_revision_of_figure": Permission.READ_PUBLIC,
        "list_revisions_of_report": Permission.READ_PUBLIC,
        "get_revision_of_report": Permission.READ_PUBLIC,
        "list_revisions_of_crisis": Permission.READ_PUBLIC,
        "get_revision_of_crisis": Permission.READ_PUBLIC,
        "list_revisions_of_actor": Permission.READ_PUBLIC,
        "get_revision_of_actor": Permission.READ_PUBLIC,
        "list_revisions_of_place": Permission.READ_PUBLIC,
        "get_revision_of_place": Permission.READ_PUBLIC,
        "list_revisions_of_relation": Permission.READ_PUBLIC,
        "get_revision_of_relation": Permission.READ_PUBLIC,
        "list_revisions_of_vocabulary": Permission.READ_PUBLIC,
        "get_revision_of_vocabulary": Permission.READ_PUBLIC,
        "compare": Permission.READ_PUBLIC,
        "compare_claims": Permission.READ_PUBLIC,
        "search": Permission.READ_PUBLIC,
        "export_vocabularies": Permission.READ_PUBLIC,
        "export_places": Permission.READ_PUBLIC,
        "export_actors": Permission.READ_PUBLIC,
        "export_reports": Permission.READ_PUBLIC,
        "export_claims": Permission.READ_PUBLIC,
        "export_figures": Permission.READ_PUBLIC,
        "export_attributions": Permission.READ_PUBLIC,
        "export_appearances": Permission.READ_PUBLIC,
        "export_relations": Permission.READ_PUBLIC,
        "get_datapackage": Permission.READ_PUBLIC,
        "get_catalogue": Permission.READ_PUBLIC,
        "get_context": Permission.READ_PUBLIC,
        "list_changes": Permission.READ_PUBLIC,
        "get_ledger_head": Permission.READ_PUBLIC,
        "get_service": Permission.READ_PUBLIC,
        "get_problem": Permission.READ_PUBLIC,
        "get_openapi": Permission.READ_PUBLIC,
        "get_docs": Permission.READ_PUBLIC,
        "get_docs_asset": Permission.READ_PUBLIC,
        "get_health": Permission.OBSERVE,
        "get_readiness": Permission.OBSERVE,
        "get_metrics": Permission.OBSERVE,
    }
)


class UndeclaredOperation(KeyError):
    """A route whose operation is not in the policy."""


def permission_of(operation_id: str | None) -> Permission:
    """Return the permission that an operation needs; raises UndeclaredOperation."""
    if operation_id is None or operation_id not in POLICY:
        raise UndeclaredOperation(f"operation {operation_id!r} has no permission in app/access/policy.py")
    return POLICY[operation_id]


def holds(role: Role, permission: Permission) -> bool:
    """Whether a role holds a permission."""
    return permission in GRANTS[role]
