"""The OpenAPI document, with the endpoints' examples as they are."""

from typing import Any

from fastapi import FastAPI

from api import examples, goal_routes
from api.endpoints import ENDPOINTS
from api.goal_models import AskedGoals
from api.media import JSON
from api.timeline.routes import ACTIVITIES_PATH

ANSWERS = [
    *((endpoint.path, "get", "200", endpoint.example) for endpoint in ENDPOINTS),
    (ACTIVITIES_PATH, "get", "200", examples.ACTIVITIES),
    (goal_routes.PATH, "get", "200", examples.GOALS),
    (goal_routes.PATH, "post", "201", examples.GOALS),
    (goal_routes.PATH, "put", "200", examples.GOALS),
]


class DocumentedAPI(FastAPI):
    """FastAPI drops every null of an example, where a null is what an agent may get."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        for path, method, status, example in ANSWERS:
            answer = document["paths"][path][method]["responses"][status]
            answer["content"][JSON]["example"] = example
        # A body that is read only once it is known who sends it, which FastAPI would not wait for.
        asked = AskedGoals.model_json_schema(ref_template="#/components/schemas/{model}")
        nested = asked.pop("$defs")
        document["components"]["schemas"] |= {**nested, AskedGoals.__name__: asked}
        return document
