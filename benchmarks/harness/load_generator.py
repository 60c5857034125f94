"""Load generators over plain sockets: closed loop, and open loop at a given rate.

Small enough not to be the bottleneck: some 10 microseconds of this process for a request.
"""

import asyncio
import re
import select
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

HOST = "127.0.0.1"
CONNECTIONS = 16
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE_SECONDS = 30.0
# Servers close what is idle, uvicorn after 5 s.
IDLE_SECONDS = 2.0


class LoadError(RuntimeError):
    """A server under measurement gave a wrong answer."""


def get(path: str, token: str | None = None) -> bytes:
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {path} HTTP/1.1\r\nHost: benchmark\r\n{bearer}\r\n".encode()


def post(path: str, content: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: benchmark\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


def whole(data: bytes) -> bool:
    """Returns whether the bytes are a complete answer."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return False
    length = LENGTH.search(data, 0, head)
    if length is None:
        raise LoadError(f"answer without Content-Length: {data[:head]!r}")
    return len(data) >= head + 4 + int(length[1])


def answer(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body of one request."""
    with socket.create_connection((HOST, port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        data = b""
        while not whole(data):
            received = connection.recv(2**16)
            if not received:
                raise LoadError("the connection was closed early")
            data += received
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head[9:12]), body


def requests_per_second(port: int, requests: Sequence[bytes], seconds: float) -> float:
    """Each of 16 connections sends its next request when it has the answer to its last."""
    turn = cycle(requests)
    waiting: dict[int, tuple[socket.socket, bytes]] = {}
    poll = select.epoll()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection((HOST, port), PATIENCE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection, select.EPOLLIN)
        waiting[connection.fileno()] = connection, b""
        connection.send(next(turn))
    answered = 0
    began = time.perf_counter()
    try:
        while (now := time.perf_counter()) < began + seconds:
            for number, _ in poll.poll(PATIENCE_SECONDS):
                connection, before = waiting[number]
                data = before + connection.recv(2**16)
                if not whole(data):
                    waiting[number] = connection, data
                    continue
                if data[9:12] != b"200":
                    raise LoadError(f"answered {data[:200]!r}")
                answered += 1
                waiting[number] = connection, b""
                connection.send(next(turn))
    finally:
        for connection, _ in waiting.values():
            connection.close()
        poll.close()
    return answered / (now - began)


@dataclass
class Latencies:
    """Of every request, counted from when it should have been sent; and what else was answered."""

    milliseconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)

    def percentile(self, part: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[int(part * (len(ordered) - 1))]


async def at_rate(
    port: int, requests: Sequence[bytes], per_second: float, seconds: float
) -> Latencies:
    """Sends by the clock, whether or not the answers keep up (open loop)."""
    found = Latencies()
    free: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def one(request: bytes, due: float) -> None:
        try:
            idle_since, reader, writer = free.pop() if free else (0.0, None, None)
            if not reader or not writer or time.perf_counter() - idle_since > IDLE_SECONDS:
                reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if length := LENGTH.search(head):
                await reader.readexactly(int(length[1]))
        except OSError as error:
            found.failures[type(error).__name__] += 1
            return
        except asyncio.IncompleteReadError:
            found.failures["closed early"] += 1
            return
        found.milliseconds.append(1000 * (time.perf_counter() - due))
        if head[9:12] not in {b"200", b"304"}:
            found.failures[head[9:12].decode()] += 1
        free.append((time.perf_counter(), reader, writer))

    began = time.perf_counter()
    running = set()
    for number, request in zip(range(int(per_second * seconds)), cycle(requests), strict=False):
        due = began + number / per_second
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        task = asyncio.create_task(one(request, due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    for _, _, writer in free:
        writer.close()
    return found
