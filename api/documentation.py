"""The OpenAPI document, with the endpoints' examples as they are."""

from typing import Any

from fastapi import FastAPI

from api.endpoints import ENDPOINTS
from api.examples import ACTIVITIES
from api.media import JSON
from api.timeline.routes import ACTIVITIES_PATH

EXAMPLES = {endpoint.path: endpoint.example for endpoint in ENDPOINTS} | {
    ACTIVITIES_PATH: ACTIVITIES
}


class DocumentedAPI(FastAPI):
    """FastAPI drops every null of an example, where a null is what an agent may get."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        for path, example in EXAMPLES.items():
            answer = document["paths"][path]["get"]["responses"]["200"]
            answer["content"][JSON]["example"] = example
        return document
