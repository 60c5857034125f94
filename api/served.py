"""An answer as it is sent: whole, or as the 304 that says that the client holds it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from api.errors import PRIVATE
from api.etag import is_held
from api.media import CSV, JSON, with_meta


@dataclass(frozen=True)
class Served:
    """Made once and sent to everyone who asks."""

    tag: str
    headers: Mapping[str, str]
    whole: Response

    @classmethod
    def of(cls, content: bytes, meta: bytes, tag: str, media_type: str) -> "Served":
        headers = {**PRIVATE, "ETag": tag}
        if media_type == CSV:
            # Rows alone have no place for it.
            headers["Analytics-Meta"] = meta.decode()
        body = with_meta(content, meta) if media_type == JSON else content
        return cls(tag, headers, Response(body, headers=headers, media_type=media_type))

    def to(self, if_none_match: Iterable[str]) -> Response:
        """What a request with these If-None-Match headers is answered."""
        if is_held(self.tag, if_none_match):
            return Response(status_code=304, headers=self.headers)
        return self.whole
