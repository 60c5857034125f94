"""The OpenAPI document: FastAPI's own, with complete examples and the body of goals."""

from typing import Any

from fastapi import FastAPI

from api.content_negotiation import JSON
from api.endpoints import ENDPOINTS
from api.goal_examples import GOALS
from api.goal_models import GoalsRequest
from api.goal_routes import PATH as GOALS_PATH
from api.timeline.examples import ACTIVITIES
from api.timeline.routes import ACTIVITIES_PATH

EXAMPLES = [
    *((endpoint.path, "get", "200", endpoint.example) for endpoint in ENDPOINTS),
    (ACTIVITIES_PATH, "get", "200", ACTIVITIES),
    (GOALS_PATH, "get", "200", GOALS),
    (GOALS_PATH, "post", "201", GOALS),
    (GOALS_PATH, "put", "200", GOALS),
]


class DocumentedAPI(FastAPI):
    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        # FastAPI drops every null of an example, but agents do get nulls.
        for path, method, status, example in EXAMPLES:
            answer = document["paths"][path][method]["responses"][status]
            answer["content"][JSON]["example"] = example
        # FastAPI parses a declared body before it runs dependencies. This one is read only once
        # its sender is admitted, so FastAPI does not know it.
        body = GoalsRequest.model_json_schema(ref_template="#/components/schemas/{model}")
        nested = body.pop("$defs")
        document["components"]["schemas"] |= {**nested, GoalsRequest.__name__: body}
        return document
