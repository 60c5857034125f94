"""Prepared response of a cached answer: sent whole, or as 304 where the client holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from api.http.data_response import data_response
from api.http.etag import is_held

OF_THE_BODY = {"content-length", "content-type"}


@dataclass(frozen=True)
class PreparedResponse:
    """Built once, sent to every request with the same cache key."""

    tag: str
    headers: Mapping[str, str]
    whole: Response

    @classmethod
    def of(cls, content: bytes, meta: bytes, tag: str, media_type: str) -> "PreparedResponse":
        whole = data_response(content, meta, media_type, headers={"ETag": tag})
        headers = {name: text for name, text in whole.headers.items() if name not in OF_THE_BODY}
        return cls(tag, headers, whole)

    def conditional(self, if_none_match: Sequence[str]) -> Response:
        """The response to a request with these If-None-Match headers."""
        if is_held(self.tag, if_none_match):
            return Response(status_code=304, headers=self.headers)
        return self.whole
