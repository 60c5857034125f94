"""The examples of `docs/api.md`: what is sent, what is answered, and what may differ each time."""

import json
import re
from collections.abc import Callable
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
# Shown for an example without a body yet: what differs in each run is a placeholder.
NEW_BODY = '{"meta": {"builtAt": "<instant>", "buildId": "<build>"}}'
WIDTH = 140
# What OpenAPI shows for a placeholder.
SAMPLES = {
    "<instant>": "2026-03-31T09:00:04Z",
    "<build>": 412,
    "<cursor>": "8kq1c2l0Zc2OqA3mJr5b9QmZr0tqg0dGAAAZHVx8k2bQAAAAAAAFgQWFsbA",
}


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
    """The values of placeholders, learned from the answers that show them."""

    def __init__(self, **values: str) -> None:
        self._values = {f"<{name.replace('_', ' ')}>": value for name, value in values.items()}

    def filled(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: self._values[found[0]], text)

    def text(self, shown: str, got: str) -> str:
        """What the page shows for `got`: `shown` where its placeholders stand for the rest."""
        pattern, names = "", []
        for part in re.split(f"({PLACEHOLDER.pattern})", shown):
            if PLACEHOLDER.fullmatch(part):
                names.append(part)
                pattern += f"({KINDS.get(part, OTHER_KIND).replace('(', '(?:')})"
            else:
                pattern += re.escape(part)
        found = re.fullmatch(pattern, got)
        if not found:
            return got
        self._values.update(zip(names, found.groups(), strict=True))
        return shown

    def json(self, shown: Any, got: Any) -> Any:
        """What the page shows for `got`: its values, with the placeholders and gaps of `shown`."""
        if isinstance(shown, str) and PLACEHOLDER.search(shown):
            text = got if isinstance(got, str) else json.dumps(got, default=str)
            return shown if self.text(shown, text) == shown else got
        if isinstance(shown, dict) and isinstance(got, dict):
            return {name: self.json(shown.get(name), value) for name, value in got.items()}
        if isinstance(shown, list) and isinstance(got, list):
            return self._list(shown, got)
        return got

    def _list(self, shown: list[Any], got: list[Any]) -> list[Any]:
        if AND_SO_ON in shown:
            before = shown.index(AND_SO_ON)
            after = len(shown) - before - 1
            first, last = got[:before], got[len(got) - after :]
            fields = {str(set(each)) for each in [*first, *last]}
            # Items are left out only where those around them look alike.
            if len(got) >= len(shown) and {str(set(each)) for each in got} == fields:
                return [
                    *map(self.json, shown[:before], first),
                    AND_SO_ON,
                    *map(self.json, shown[before + 1 :], last),
                ]
            return got
        return [
            self.json(shown[place] if place < len(shown) else None, item)
            for place, item in enumerate(got)
        ]


def read(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def written(value: Any, indent: str = "", before: str = "") -> str:
    """JSON digit by digit; an object or list without others inside on one line where it fits.

    `before`: the start of its line.
    """
    if isinstance(value, Decimal):
        return str(value)
    if not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    members = (
        [(f"{json.dumps(name)}: ", each) for name, each in value.items()]
        if isinstance(value, dict)
        else [("", each) for each in value]
    )
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    if not members:
        return opening + closing
    if not any(isinstance(each, dict | list) for _, each in members):
        inside = ", ".join(name + written(each) for name, each in members)
        line = f"{opening} {inside} {closing}"
        if len(before) + len(line) < WIDTH:
            return line
    deeper = indent + "  "
    lines = [deeper + name + written(each, deeper, deeper + name) for name, each in members]
    return f"{opening}\n" + ",\n".join(lines) + f"\n{indent}{closing}"


def answer_block(known: Known, shown: Message, got: httpx.Response, body: str) -> str:
    """The block of an answer as it is now, with the placeholders of the block that is shown."""
    assert shown.start == f"HTTP/1.1 {got.status_code}", body
    head = [shown.start]
    for name, value in shown.headers.items():
        if name == "Analytics-Meta":
            meta = known.json(read(value), read(got.headers[name]))
            head.append(f"{name}: {json.dumps(meta, separators=(',', ':'))}")
        else:
            head.append(f"{name}: {known.text(value, got.headers[name])}")
    if not body.strip():
        return "\n".join(head) + "\n"
    if got.headers.get("Content-Type", "").startswith("application/json"):
        content = written(known.json(read(shown.body or NEW_BODY), read(body)))
    else:
        content = known.text(shown.body, body.replace("\r\n", "\n").strip("\n"))
    return "\n".join([*head, "", content, ""])


def rendered(text: str, answer: Callable[[Example], str]) -> str:
    """The document with each answer as it is now; `answer` returns the block of one."""
    blocks = iter([answer(example) for example in examples(text)])

    def block(found: re.Match[str]) -> str:
        if not found[2].startswith("HTTP/"):
            return found[0]
        return found[0].replace(found[2], next(blocks))

    return BLOCK.sub(block, text)


def openapi_examples() -> dict[str, Any]:
    """Of each operation about an agent, its first example in JSON that succeeds."""
    found: dict[str, Any] = {}
    for example in examples():
        is_of_the_agent = example.request.headers.get("Authorization") == "Bearer <token>"
        if is_of_the_agent and example.status in {200, 201} and example.answer.body[:1] == "{":
            request = {"request": read(example.request.body)} if example.request.body else {}
            answer = _without_placeholders(read(example.answer.body))
            found.setdefault(f"{example.method} {example.path}", {**request, "answer": answer})
    return found


def _without_placeholders(shown: Any) -> Any:
    if isinstance(shown, dict):
        return {name: _without_placeholders(value) for name, value in shown.items()}
    if isinstance(shown, list):
        return [_without_placeholders(item) for item in shown if item != AND_SO_ON]
    return SAMPLES.get(shown, shown) if isinstance(shown, str) else shown
