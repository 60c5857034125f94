"""An answer as it is sent: whole, or as the 304 that says that the client holds it already."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from api.errors import PRIVATE
from api.etag import is_held
from api.media import CSV, JSON, with_meta


@dataclass(frozen=True)
class Served:
    """Both forms, made once and sent to everyone who asks."""

    tag: str
    whole: Response
    unchanged: Response

    @classmethod
    def of(cls, content: bytes, meta: bytes, tag: str, media_type: str) -> "Served":
        headers = {**PRIVATE, "ETag": tag}
        if media_type == CSV:
            # Rows alone have no place for it.
            headers["Analytics-Meta"] = meta.decode()
        body = with_meta(content, meta) if media_type == JSON else content
        return cls(
            tag,
            Response(body, headers=headers, media_type=media_type),
            Response(status_code=304, headers=headers),
        )

    def to(self, if_none_match: Iterable[str]) -> Response:
        """What a request with these If-None-Match headers is answered."""
        return self.unchanged if is_held(self.tag, if_none_match) else self.whole
