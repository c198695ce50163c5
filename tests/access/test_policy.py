"""The policy promises: every operation has one permission, and what a role does not hold it cannot do."""

from types import MappingProxyType

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.access import policy
from app.access.policy import GRANTS, POLICY, Permission, Role, UndeclaredOperation, permission_of
from app.serving.strict import JsonRoute, StrictRoute
from tests.support.api import Api
from tests.support.routes import NAMES, ROUTES, path_of, problem_of


@pytest.mark.parametrize("name", NAMES)
def test_the_anonymous_caller_is_answered_as_the_policy_says(seeded_api: Api, name: str) -> None:
    """Whoever shows nothing reads exactly what its permissions cover."""
    lawful = POLICY[name] in GRANTS[Role.ANONYMOUS]
    assert (seeded_api.get(path_of(seeded_api, name)).status_code == 200) is lawful


@pytest.mark.parametrize("name", NAMES)
def test_every_route_asks_the_policy(seeded_api: Api, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No route answers a role that holds nothing: not its record, and not whether there is one."""
    path = path_of(seeded_api, name)
    monkeypatch.setattr(policy, "GRANTS", MappingProxyType({Role.ANONYMOUS: frozenset[Permission]()}))
    answer = seeded_api.get(path)
    assert answer.status_code == 403
    assert problem_of(answer)["code"] == "forbidden"


def test_policy_and_routes_name_the_same_operations() -> None:
    """There is no route without a permission and no permission without a route."""
    assert set(POLICY) == set(ROUTES)


def test_every_route_is_of_a_kind_that_checks() -> None:
    """The check of permission and parameters is part of the route's class; the framework's own class has none."""
    assert [name for name in NAMES if not isinstance(ROUTES[name], StrictRoute)] == []


@pytest.mark.parametrize("operation", ["get_nothing", None, "", "GET_CLAIM"])
def test_an_operation_without_permission_cannot_become_a_route(operation: str | None) -> None:
    """A forgotten entry is found when the application is built, not when somebody comes by."""

    async def endpoint(_: Request) -> Response:
        return Response()

    with pytest.raises(UndeclaredOperation):
        permission_of(operation)
    app = FastAPI()
    with pytest.raises(UndeclaredOperation):
        app.router.routes.append(JsonRoute("/nothing", endpoint, operation_id=operation))
    assert not any(isinstance(route, APIRoute) for route in app.routes)


def test_every_role_is_in_the_table_of_grants() -> None:
    """A role without a line would fail when it asks, not when it is added."""
    assert set(GRANTS) == set(Role)
