"""The OpenAPI document: FastAPI's own, with the examples of docs/api.md and the body of goals."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.goals.schemas import GoalsRequest
from api.http.content_negotiation import JSON

# Written by `make generate`: for each operation its request, where it has one, and its answer.
EXAMPLES = Path(__file__).parent / "openapi_examples.json"


class DocumentedAPI(FastAPI):
    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        # Not given to the routes: FastAPI drops every null of an example, but agents do get nulls.
        for operation, example in json.loads(EXAMPLES.read_text()).items():
            method, path = operation.split(" ", 1)
            described = document["paths"][path][method.lower()]
            if "request" in example:
                described["requestBody"]["content"][JSON]["example"] = example["request"]
            [answer] = [
                described["responses"].get(status)
                for status in ("200", "201")
                if status in described["responses"]
            ]
            answer["content"][JSON]["example"] = example["answer"]
        # FastAPI parses a declared body before it runs dependencies. This one is read only once
        # its sender is admitted, so FastAPI does not know it.
        body = GoalsRequest.model_json_schema(ref_template="#/components/schemas/{model}")
        nested = body.pop("$defs")
        document["components"]["schemas"] |= {**nested, GoalsRequest.__name__: body}
        return document
