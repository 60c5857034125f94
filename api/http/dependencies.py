"""Services of the running application as typed dependencies.

The lifespan creates one instance per type. A route names what it needs in its signature:
`Annotated[GoalService, Depends(service(GoalService))]`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict, TypeVar, cast

from fastapi import Request
from starlette.types import Scope

T = TypeVar("T")


class Services:
    def __init__(self, *instances: object) -> None:
        self._by_type: dict[type[Any], object] = {type(each): each for each in instances}

    def __getitem__(self, kind: type[T]) -> T:
        return cast("T", self._by_type[kind])


class LifespanState(TypedDict):
    """What the lifespan yields; the server copies it into the state of every request."""

    services: Services


def services_of(scope: Scope) -> Services:
    services: Services = scope["state"]["services"]
    return services


def service(kind: type[T]) -> Callable[[Request], Awaitable[T]]:
    """A dependency that returns the application's instance of a type."""

    async def dependency(request: Request) -> T:
        return services_of(request.scope)[kind]

    return dependency
