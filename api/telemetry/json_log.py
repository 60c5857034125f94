"""Log lines as JSON. Of an exception its kind and place, never its message, which may hold data."""

import logging
import traceback
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg

FIELDS = "fields"
ACCESS = logging.getLogger("api.access")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            # asyncio tells of a task's exception below its first line, message and all.
            "message": record.getMessage().partition("\n")[0],
        }
        line.update(getattr(record, FIELDS, {}))
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _told(record.exc_info[1])
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode()


def _told(error: BaseException) -> list[dict[str, Any]]:
    """The error and what caused it, the outermost first."""
    told: list[dict[str, Any]] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 8:
        frames = traceback.extract_tb(cause.__traceback__)
        entry: dict[str, Any] = {
            "kind": f"{type(cause).__module__}.{type(cause).__qualname__}",
            "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        if isinstance(cause, psycopg.Error) and cause.sqlstate:
            entry["sqlstate"] = cause.sqlstate
        told.append(entry)
        cause = cause.__cause__ or cause.__context__
    return told
