"""Whether the process is up, and whether it could answer an agent now."""

from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.media import JSON, as_json
from config.version import installed_version

if TYPE_CHECKING:
    from api.pool import AgentPool
    from api.query import Warehouse

router = APIRouter(prefix="/health", tags=["health"])

PATIENCE_SECONDS = 1.0


class Live(BaseModel):
    status: Literal["live"] = "live"
    version: str


@router.get("/live", summary="The process is up")
async def live() -> Live:
    return Live(version=installed_version())


@router.get("/ready", summary="Both databases answer and a build is published")
async def ready(request: Request) -> Response:
    warehouse: Warehouse = request.app.state.warehouse
    operational: AgentPool = request.app.state.operational
    build = await warehouse.build(PATIENCE_SECONDS)
    await operational.read("", (), {}, PATIENCE_SECONDS)
    return Response(
        as_json({"status": "ready", "buildId": build.build_id, "asOf": build.as_of}),
        media_type=JSON,
    )
