"""Health routes: liveness of the process, readiness of its databases."""

from typing import Annotated, Literal

from fastapi import Depends, FastAPI
from fastapi.responses import Response
from pydantic import BaseModel

from api.db.pool import AgentPool
from api.db.repository import ServingRepository
from api.http.content_negotiation import JSON
from api.http.dependencies import service
from api.http.json import as_json
from config.version import installed_version
from warehouse.served_build import Build

TIMEOUT_SECONDS = 1.0


class Live(BaseModel):
    status: Literal["live"] = "live"
    version: str


class Readiness:
    def __init__(self, repository: ServingRepository, operational: AgentPool) -> None:
        self._repository = repository
        self._operational = operational

    async def check(self) -> Build:
        """The served build, once both databases have answered; UnavailableError otherwise."""
        build = await self._repository.build(TIMEOUT_SECONDS)
        await self._operational.read("", (), {}, TIMEOUT_SECONDS)
        return build


def add_health_routes(app: FastAPI) -> None:
    app.add_api_route("/health/live", live, summary="The process is up", tags=["health"])
    app.add_api_route(
        "/health/ready",
        ready,
        summary="Both databases answer and a build is published",
        tags=["health"],
    )


async def live() -> Live:
    return Live(version=installed_version())


async def ready(readiness: Annotated[Readiness, Depends(service(Readiness))]) -> Response:
    build = await readiness.check()
    content = {"status": "ready", "buildId": build.build_id, "asOf": build.as_of}
    return Response(as_json(content), media_type=JSON)
