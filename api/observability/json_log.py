"""JSON log lines; an exception is logged by type and place, as its message may hold data."""

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
            # asyncio appends a task's exception, with its message, below the first line.
            "message": record.getMessage().partition("\n")[0],
        }
        line.update(getattr(record, FIELDS, {}))
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _causes(record.exc_info[1])
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode()


def _causes(error: BaseException) -> list[dict[str, Any]]:
    """The error and what caused it, the outermost first."""
    causes: list[dict[str, Any]] = []
    cause: BaseException | None = error
    while cause is not None and len(causes) < 8:
        frames = traceback.extract_tb(cause.__traceback__)
        entry: dict[str, Any] = {
            "kind": f"{type(cause).__module__}.{type(cause).__qualname__}",
            "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
        }
        if isinstance(cause, psycopg.Error) and cause.sqlstate:
            entry["sqlstate"] = cause.sqlstate
        causes.append(entry)
        cause = cause.__cause__ or cause.__context__
    return causes
