"""The examples of `docs/api.md`: what is sent, what is answered, and what may differ each time."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import httpx

from tests.support.paths import DOCS

DOCUMENT = DOCS / "api.md"
BLOCK = re.compile(r"^```http(?: on=([\w-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"<[a-z0-9 -]+>")
KINDS = {
    "<instant>": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "<build>": r"\d+",
    "<tag>": r'W?/?"[^"]+"',
    "<version>": r"\d+(\.\w+)+",
}
OTHER_KIND = r"[\w-]+"
AND_SO_ON = "..."


@dataclass(frozen=True)
class Message:
    """The first line, the headers and the body of one block."""

    start: str
    headers: dict[str, str]
    body: str

    @classmethod
    def parse(cls, text: str) -> "Message":
        head, _, body = text.partition("\n\n")
        start, *lines = head.strip().splitlines()
        headers = dict(line.split(": ", 1) for line in lines)
        return cls(start, headers, body.strip("\n"))


@dataclass(frozen=True)
class Example:
    """A request on one of the servers that the tests know, and its answer."""

    server: str
    request: Message
    answer: Message

    @property
    def method(self) -> str:
        return self.request.start.split(" ")[0]

    @property
    def target(self) -> str:
        return self.request.start.split(" ")[1]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def status(self) -> int:
        return int(self.answer.start.split(" ")[1])


def examples(text: str | None = None) -> list[Example]:
    """In the order of the document; every request is followed by its answer."""
    blocks = BLOCK.findall(DOCUMENT.read_text() if text is None else text)
    messages = [(server or "usual", Message.parse(content)) for server, content in blocks]
    found = [
        Example(server, request, answer)
        for (server, request), (_, answer) in pairwise(messages)
        if not request.start.startswith("HTTP/") and answer.start.startswith("HTTP/")
    ]
    assert 2 * len(found) == len(messages), "a request without an answer, or the reverse"
    return found


class Known:
    """What placeholders stand for, once an answer has told it."""

    def __init__(self, **values: str) -> None:
        self._values = {f"<{name.replace('_', ' ')}>": value for name, value in values.items()}

    def filled(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: self._values[found[0]], text)

    def assert_text(self, shown: str, got: str) -> None:
        pattern, names = "", []
        for part in re.split(f"({PLACEHOLDER.pattern})", shown):
            if PLACEHOLDER.fullmatch(part):
                names.append(part)
                pattern += f"({KINDS.get(part, OTHER_KIND).replace('(', '(?:')})"
            else:
                pattern += re.escape(part)
        found = re.fullmatch(pattern, got)
        assert found, f"shown:\n{shown}\ngot:\n{got}"
        self._values.update(zip(names, found.groups(), strict=True))

    def assert_json(self, shown: Any, got: Any) -> None:
        if isinstance(shown, str) and PLACEHOLDER.search(shown):
            self.assert_text(shown, got if isinstance(got, str) else json.dumps(got))
        elif isinstance(shown, dict):
            assert isinstance(got, dict)
            assert list(shown) == list(got)
            for name, value in shown.items():
                self.assert_json(value, got[name])
        elif isinstance(shown, list):
            self._assert_list(shown, got)
        else:
            # Digit by digit: 1, 1.0 and 1.00 are three answers.
            assert (type(shown), str(shown)) == (type(got), str(got)), f"{shown} is {got} now"

    def _assert_list(self, shown: list[Any], got: list[Any]) -> None:
        if AND_SO_ON in shown:
            place = shown.index(AND_SO_ON)
            after = len(shown) - place - 1
            assert len(got) > len(shown) - 1, "nothing is left out"
            kept = [*got[:place], *got[len(got) - after :]]
            assert {str(set(each)) for each in got} == {str(set(each)) for each in kept}
            shown, got = [*shown[:place], *shown[place + 1 :]], kept
        assert len(shown) == len(got)
        for one, other in zip(shown, got, strict=True):
            self.assert_json(one, other)


def read(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def assert_answered(known: Known, shown: Message, got: httpx.Response, body: str) -> None:
    assert shown.start == f"HTTP/1.1 {got.status_code}", body
    for name, value in shown.headers.items():
        if name == "Analytics-Meta":
            known.assert_json(read(value), read(got.headers[name]))
        else:
            known.assert_text(value, got.headers[name])
    if got.headers.get("Content-Type", "").startswith("application/json"):
        known.assert_json(read(shown.body), read(body))
    else:
        known.assert_text(shown.body, body.replace("\r\n", "\n").strip("\n"))
