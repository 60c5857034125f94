"""Responses with data and `meta`, in JSON or CSV; never stored by a shared cache."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from api.http.content_negotiation import CSV, JSON, prefers_csv
from api.http.csv import as_csv
from api.http.etag import PRIVATE
from api.http.json import as_json, with_meta

NO_HEADERS: Mapping[str, str] = {}


def data_response(
    content: bytes,
    meta: bytes,
    media_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    """`meta` is the last member of a JSON object, and a header of CSV, which holds rows alone."""
    headers = {**PRIVATE, **headers}
    if media_type == CSV:
        headers["Analytics-Meta"] = meta.decode()
    else:
        content = with_meta(content, meta)
    return Response(content, status, headers, media_type)


def list_response(
    request: Request,
    body: Mapping[str, Any],
    meta: bytes,
    rows: str,
    model: type[BaseModel],
    *,
    csv_headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    """The body as JSON, or the list of `model` in its member `rows` where CSV is preferred."""
    if prefers_csv(request.headers.get("accept", "")):
        return data_response(as_csv(model, body[rows]), meta, CSV, headers=csv_headers)
    return data_response(as_json(body), meta, JSON)
