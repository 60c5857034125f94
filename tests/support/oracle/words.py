"""Comparison of dispositions, and trimming of names and agent ids."""

from __future__ import annotations

import string
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

CONVERTED = ("converted", "won", "closed_won", "sold")
CLOSED = (
    "lost",
    "closed_lost",
    "not_interested",
    "disqualified",
    "unqualified",
    "rejected",
    "declined",
    "cancelled",
    "duplicate",
    "spam",
    "dead",
)
# The characters of the Unicode property White_Space.
WHITE_SPACE = "".join(
    map(
        chr,
        (
            *range(0x09, 0x0E),
            0x20,
            0x85,
            0xA0,
            0x1680,
            *range(0x2000, 0x200B),
            0x2028,
            0x2029,
            0x202F,
            0x205F,
            0x3000,
        ),
    )
)
# Zero-width space, non-joiner, joiner, word joiner and no-break space.
ZERO_WIDTH = "".join(map(chr, (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))
SPELLING = str.maketrans(
    string.ascii_uppercase,
    string.ascii_lowercase,
    WHITE_SPACE + ZERO_WIDTH + string.punctuation,
)


def trimmed(text: str | None) -> str:
    return (text or "").strip(WHITE_SPACE)


def word(text: str | None) -> str:
    """A disposition without what only spells it: ASCII case, white space, ASCII punctuation."""
    return (text or "").translate(SPELLING)


@cache
def _spelled(words: tuple[str, ...]) -> set[str]:
    return {word(listed) for listed in words} - {""}


def is_one_of(text: str | None, words: Collection[str]) -> bool:
    """Whether the text is a word of the list; an empty word is in none."""
    return word(text) in _spelled(tuple(words))


def source_name(text: str | None) -> str:
    name = trimmed(text)
    return "Unknown" if name.lower() in ("", "unknown") else name
