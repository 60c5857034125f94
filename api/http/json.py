"""JSON serialisation that keeps every decimal digit and every byte of JSON that Postgres made."""

import json
from decimal import Decimal
from typing import Any

import orjson


class RawJson:
    """JSON text that is passed on as it is written."""

    def __init__(self, text: str) -> None:
        self.text = text


def _fragment(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, RawJson):
        return orjson.Fragment(value.text)
    raise TypeError(type(value).__name__)


def as_json(content: object) -> bytes:
    """JSON with every decimal digit by digit and instants in UTC with a Z."""
    return orjson.dumps(content, default=_fragment, option=orjson.OPT_UTC_Z)


def parse_exact(content: bytes) -> Any:
    """Parsed JSON, with every fraction as a Decimal."""
    return json.loads(content, parse_float=Decimal)


def merge_objects(first: bytes, second: bytes) -> bytes:
    """Two serialised JSON objects, neither of them empty, as one; parses neither."""
    return first[:-1] + b"," + second[1:]


def with_meta(content: bytes, meta: bytes) -> bytes:
    """A serialised JSON object with `meta` as its last member."""
    return merge_objects(content, b'{"meta":' + meta + b"}")
