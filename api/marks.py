"""Marks: where a client stands, as text that it can send back but neither make nor pass on."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error

from api.errors import ForeignDataError
from config.settings import Settings

CURSOR = "cursor"
EVENT = "event"
LABEL = b"agent-analytics marks"
SEAL_BYTES = 15
OWNER_BYTES = 9


class MarkError(ValueError):
    """The text is no mark of ours, or not of this kind."""


def marks_key(settings: Settings, api_url: str) -> bytes:
    """The same key in every worker: from JWT_SECRET, and where there is none from the API's URL.

    Stretched in that case, so that no mark tells a short password to whoever tries them all.
    """
    if settings.jwt_algorithm.startswith("HS") and settings.jwt_secret:
        return hmac.digest(settings.jwt_secret.encode(), LABEL, "sha256")
    return hashlib.scrypt(api_url.encode(), salt=LABEL, n=2**14, r=8, p=1, dklen=32)


class Marks:
    """Seals and opens marks; each is of one kind and belongs to one agent."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, kind: str, agent: str, content: bytes) -> str:
        owned = self._digest("owner", agent.encode())[:OWNER_BYTES] + content
        sealed = self._digest(kind, owned)[:SEAL_BYTES] + owned
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, kind: str, agent: str, text: str) -> bytes:
        """The content; MarkError for what is no such mark, ForeignDataError for another agent's."""
        try:
            sealed = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        except (NotBase64Error, ValueError) as error:
            raise MarkError from error
        seal, owned = sealed[:SEAL_BYTES], sealed[SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._digest(kind, owned)[:SEAL_BYTES]):
            raise MarkError
        owner, content = owned[:OWNER_BYTES], owned[OWNER_BYTES:]
        if not hmac.compare_digest(owner, self._digest("owner", agent.encode())[:OWNER_BYTES]):
            raise ForeignDataError
        return content

    def _digest(self, label: str, content: bytes) -> bytes:
        return hmac.digest(self._key, label.encode() + b"\0" + content, "sha256")
