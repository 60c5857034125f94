"""Signed tokens (HMAC): cursors and event ids that clients send back but cannot forge or share.

A token holds the signature, a fingerprint of its agent, and its content, in URL-safe base64.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error

from api.http.errors import ForeignDataError
from config.settings import Settings

CURSOR = "cursor"
EVENT = "event"
ACTIVITY = "activity"
# Part of every derived key: with another text, tokens that clients hold become invalid.
LABEL = b"agent-analytics marks"
SIGNATURE_BYTES = 15
OWNER_BYTES = 9
PSEUDONYM_BYTES = 12


class InvalidTokenError(ValueError):
    """The text is no token of ours, or one of another kind."""


def signing_key(settings: Settings, api_url: str) -> bytes:
    """The same key in every worker: derived from JWT_SECRET, or without one from the API's URL.

    The URL's password may be short, so it is stretched (scrypt): a token must not let its holder
    find the password by trying.
    """
    if settings.jwt_algorithm.startswith("HS") and settings.jwt_secret:
        return hmac.digest(settings.jwt_secret.encode(), LABEL, "sha256")
    return hashlib.scrypt(api_url.encode(), salt=LABEL, n=2**14, r=8, p=1, dklen=32)


class TokenSigner:
    """Signs and verifies tokens; each is of one kind and belongs to one agent."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, kind: str, agent: str, content: bytes) -> str:
        owned = self._digest("owner", agent.encode())[:OWNER_BYTES] + content
        signed = self._digest(kind, owned)[:SIGNATURE_BYTES] + owned
        return urlsafe_b64encode(signed).decode().rstrip("=")

    def verify(self, kind: str, agent: str, text: str) -> bytes:
        """The content; InvalidTokenError, or ForeignDataError for another agent's token."""
        try:
            signed = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        except (NotBase64Error, ValueError) as error:
            raise InvalidTokenError from error
        signature, owned = signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._digest(kind, owned)[:SIGNATURE_BYTES]):
            raise InvalidTokenError
        owner, content = owned[:OWNER_BYTES], owned[OWNER_BYTES:]
        if not hmac.compare_digest(owner, self._digest("owner", agent.encode())[:OWNER_BYTES]):
            raise ForeignDataError
        return content

    def pseudonym(self, kind: str, content: bytes) -> str:
        """16 URL-safe characters that stand for the content and do not tell it."""
        digest = self._digest(kind, content)[:PSEUDONYM_BYTES]
        return urlsafe_b64encode(digest).decode()

    def _digest(self, label: str, content: bytes) -> bytes:
        return hmac.digest(self._key, label.encode() + b"\0" + content, "sha256")
