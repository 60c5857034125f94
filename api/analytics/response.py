"""Prepared response of a cached answer: sent whole, or as 304 where the client holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from api.http.data_response import data_body, data_headers
from api.http.etag import is_held


@dataclass(frozen=True)
class PreparedResponse:
    """Built once, sent to every request with the same cache key."""

    tag: str
    headers: Mapping[str, str]
    whole: Response

    @classmethod
    def of(cls, content: bytes, meta: bytes, tag: str, media_type: str) -> "PreparedResponse":
        headers = data_headers(meta, media_type, ETag=tag)
        body = data_body(content, meta, media_type)
        whole = Response(body, headers=headers, media_type=media_type)
        return cls(tag, headers, whole)

    def conditional(self, if_none_match: Sequence[str]) -> Response:
        """The response to a request with these If-None-Match headers."""
        if is_held(self.tag, if_none_match):
            return Response(status_code=304, headers=self.headers)
        return self.whole
