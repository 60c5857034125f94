"""Routes of the analytics endpoints, made from their table."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request, Response

from api.analytics.endpoints import ENDPOINTS, Endpoint
from api.analytics.fast_path import respond
from api.analytics.parsed_request_cache import ParsedRequestCache, request_key
from api.analytics.request import AnalyticsRequest
from api.analytics.service import AnalyticsService
from api.auth.admission import Agent
from api.http.content_negotiation import CSV, JSON, prefers_csv
from api.http.dependencies import service
from api.http.error_schemas import ERROR_RESPONSES
from api.http.query_parameters import QueryParameters

Analytics = Annotated[AnalyticsService, Depends(service(AnalyticsService))]
ParsedRequests = Annotated[ParsedRequestCache, Depends(service(ParsedRequestCache))]


def add_analytics_routes(app: FastAPI) -> None:
    for endpoint in ENDPOINTS:
        content = {CSV: {"schema": {"type": "string"}}} if endpoint.csv_rows else {}
        app.add_api_route(
            endpoint.path,
            _handler(endpoint),
            name=endpoint.path.rsplit("/", 1)[-1],
            summary=endpoint.summary,
            tags=["analytics"],
            response_model=None,
            responses={
                200: {"model": endpoint.model, "description": "The answer", "content": content},
                304: {"description": "The client's copy (If-None-Match) is still right"},
                **ERROR_RESPONSES,
            },
        )


def _handler(endpoint: Endpoint) -> Callable[..., Awaitable[Response]]:
    async def handler(
        request: Request,
        agent: Agent,
        parameters: QueryParameters,
        analytics: Analytics,
        parsed_requests: ParsedRequests,
    ) -> Response:
        wants_csv = endpoint.csv_rows and prefers_csv(request.headers.get("accept", ""))
        parsed = AnalyticsRequest(endpoint, agent, parameters, CSV if wants_csv else JSON)
        response = await respond(analytics, parsed, request.scope)
        parsed_requests.add(request_key(request.scope), parsed)
        return response

    # FastAPI reads the endpoint's own parameters from here; a type checker could not.
    handler.__annotations__["parameters"] = Annotated[endpoint.parameters, Query()]
    return handler
