"""The OpenAPI document: FastAPI's own, with complete examples and the body of goals."""

from typing import Any

from fastapi import FastAPI

from api.activities.examples import ACTIVITIES
from api.activities.routes import ACTIVITIES_PATH
from api.analytics.endpoints import ENDPOINTS
from api.goals.examples import GOALS
from api.goals.routes import PATH as GOALS_PATH
from api.goals.schemas import GoalsRequest
from api.http.content_negotiation import JSON

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
