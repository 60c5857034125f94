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


def data_response(content: bytes, meta: bytes, media_type: str, *, status: int = 200) -> Response:
    headers = data_headers(meta, media_type)
    return Response(data_body(content, meta, media_type), status, headers, media_type)


def data_headers(meta: bytes, media_type: str, **more: str) -> dict[str, str]:
    """CSV holds rows alone, so its `meta` is a header."""
    headers = {**PRIVATE, **more}
    if media_type == CSV:
        headers["Analytics-Meta"] = meta.decode()
    return headers


def data_body(content: bytes, meta: bytes, media_type: str) -> bytes:
    """`meta` is the last member of a JSON object."""
    return content if media_type == CSV else with_meta(content, meta)


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
        headers = {**data_headers(meta, CSV), **csv_headers}
        return Response(as_csv(model, body[rows]), headers=headers, media_type=CSV)
    return data_response(as_json(body), meta, JSON)
