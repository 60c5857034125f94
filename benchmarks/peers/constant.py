"""Limit: a bare ASGI application under uvicorn that returns constant bytes."""

import os
from pathlib import Path
from typing import Any

BODY = Path(os.environ["CONSTANT_ANSWER"]).read_bytes()
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-length", str(len(BODY)).encode()),
        (b"content-type", b"application/json"),
    ],
}


async def app(_scope: Any, _receive: Any, send: Any) -> None:
    await send(START)
    await send({"type": "http.response.body", "body": BODY})
