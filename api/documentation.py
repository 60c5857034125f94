"""The OpenAPI document, with the endpoints' examples as they are."""

from typing import Any

from fastapi import FastAPI

from api.endpoints import ENDPOINTS
from api.media import JSON


class DocumentedAPI(FastAPI):
    """FastAPI drops every null of an example, where a null is what an agent may get."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        for endpoint in ENDPOINTS:
            answer = document["paths"][endpoint.path]["get"]["responses"]["200"]
            answer["content"][JSON]["example"] = endpoint.example
        return document
