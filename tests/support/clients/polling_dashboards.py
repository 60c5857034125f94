"""Dashboards of agents that ask the API again and again, in a process of their own."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import httpx

from tests.support.servers.api_server import bearer, token
from tests.support.servers.refresh_process import CHILDREN
from tests.support.waiting import PATIENCE

CLIENTS = 8
PAUSE_SECONDS = 0.05  # or they would take the machine from the refreshes


class Answer(NamedTuple):
    """All that an answer says but its date and length."""

    agent: str
    path: str
    status: int
    etag: str
    text: str

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.text, parse_float=Decimal)
        return body

    @property
    def build_id(self) -> int:
        return int(self.body["meta"]["buildId"])


class Received:
    """The different answers that the clients have got, once they have stopped."""

    def __init__(self) -> None:
        self.answers: Counter[Answer] = Counter()


@contextmanager
def polling(url: str, questions: list[tuple[str, str]], report: Path) -> Iterator[Received]:
    """Eight clients request `questions` (agent, path) in random order until the block ends.

    Their answers can be read after it.
    """
    received, stop = Received(), report.with_suffix(".stop")
    process = CHILDREN.Process(target=_poll, args=(url, questions, stop, report), daemon=True)
    process.start()
    try:
        yield received
        stop.touch()
        process.join(PATIENCE)
        assert process.exitcode == 0, "the clients have not come to a good end"
        for *answer, times in json.loads(report.read_text()):
            received.answers[Answer(*answer)] = times
    finally:
        process.kill()
        process.join()


def _poll(url: str, questions: list[tuple[str, str]], stop: Path, report: Path) -> None:
    def poll(client: int) -> Counter[Answer]:
        answers: Counter[Answer] = Counter()
        random = Random(client)
        with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) as connection:
            while not stop.exists():
                agent, path = random.choice(questions)
                answer = connection.get(path, headers=bearer(token(agent)))
                etag = answer.headers.get("ETag", "")
                answers[Answer(agent, path, answer.status_code, etag, answer.text)] += 1
                time.sleep(PAUSE_SECONDS)
        return answers

    with ThreadPoolExecutor(CLIENTS) as clients:
        received = sum(clients.map(poll, range(CLIENTS)), Counter[Answer]())
    report.write_text(json.dumps([[*answer, times] for answer, times in received.items()]))
