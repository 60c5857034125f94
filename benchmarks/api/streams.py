"""Delivery latency of one worker to many open streams: JSON on standard output.

    python -m benchmarks.api.streams --streams 1000 --events-per-second 200 --seconds 20

Everything runs on this machine and in a temporary folder, and stops at the end.
"""

import argparse
import asyncio
import json
import os
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import jwt
import psycopg

from benchmarks.harness.figures import Figure
from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from warehouse.databases import EMBEDDED_DATABASES
from warehouse.embedded.server import free_port
from warehouse.embedded.shared_server import Server, embedded_server
from warehouse.migrate import migrate_warehouse

STREAM = "/agent/analytics/activities/stream"
SETTLING_SECONDS = 3.0
OPENING_AT_ONCE = 50
FILES = 10_000
LIMIT_MILLISECONDS = 600.0


class Deliveries:
    """Times at which each activity was committed and at which its stream delivered it."""

    def __init__(self) -> None:
        self.committed_at: dict[str, float] = {}
        self.heard_at: dict[str, float] = {}
        self.repeated = 0

    def record_delivery(self, title: str) -> None:
        self.repeated += title in self.heard_at
        self.heard_at[title] = time.monotonic()

    def milliseconds(self) -> list[float]:
        pairs = ((self.heard_at[title], at) for title, at in self.committed_at.items())
        return sorted(1000 * max(0.0, received - committed) for received, committed in pairs)

    def lost(self) -> int:
        return len(self.committed_at.keys() - self.heard_at.keys())


@contextmanager
def served(server: Server, secret: str) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    port = free_port(None)
    environment = {
        **os.environ,
        "OPERATIONAL_DATABASE_URL": server.url("operational"),
        "WAREHOUSE_DATABASE_URL": server.url("warehouse"),
        "API_OPERATIONAL_URL": server.api_url("operational"),
        "API_WAREHOUSE_URL": server.api_url("warehouse"),
        "JWT_ALGORITHM": "HS256",
        "JWT_SECRET": secret,
    }
    command = ["-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    command += ["--log-level", "warning", "--timeout-graceful-shutdown", "4"]
    process = subprocess.Popen([sys.executable, *command], env=environment)
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


async def listen(port: int, token: str, deliveries: Deliveries, opened: asyncio.Event) -> None:
    """Reads one stream from a socket: a full client would cost more CPU than the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {STREAM} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(request.encode())
    try:
        status = await reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"a stream was rejected: {status.decode().strip()}")
        while line := await reader.readline():
            if line.startswith(b": open"):
                opened.set()
            elif line.startswith(b"data: "):
                deliveries.record_delivery(json.loads(line[6:])["title"])
    finally:
        writer.close()


def write(url: str, agents: int, rate: float, seconds: float, deliveries: Deliveries) -> None:
    """Writes activities of random agents, one per transaction."""
    random = Random(1)
    with psycopg.connect(url, autocommit=True) as connection:
        began = time.monotonic()
        for number in range(int(rate * seconds)):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            agent = f"agent-{random.randrange(agents)}"
            connection.execute(
                "select log_agent_activity(%s, 'L1', 'call', %s)", [agent, str(number)]
            )
            deliveries.committed_at[str(number)] = time.monotonic()


def usage(pid: int) -> tuple[float, float]:
    """Resident memory in MiB and CPU seconds of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return int(resident.split()[1]) / 1024, ticks / os.sysconf("SC_CLK_TCK")


def poller(url: str) -> int:
    with psycopg.connect(url) as connection:
        [(pid,)] = connection.execute(
            "select pid from pg_stat_activity where application_name = 'agent-analytics-streams'"
        ).fetchall()
    return int(pid)


async def measured(
    process: "subprocess.Popen[bytes]",
    port: int,
    url: str,
    secret: str,
    options: argparse.Namespace,
) -> dict[str, Any]:
    deliveries = Deliveries()
    memory_before, _ = usage(process.pid)
    began = time.monotonic()
    listeners = []
    opening = asyncio.Semaphore(OPENING_AT_ONCE)

    async def open_one(number: int) -> None:
        claims = {
            "sub": f"agent-{number % options.agents}",
            "role": "agent",
            "exp": time.time() + 3600,
        }
        token = jwt.encode(claims, secret, algorithm="HS256")
        opened = asyncio.Event()
        async with opening:
            listeners.append(asyncio.create_task(listen(port, token, deliveries, opened)))
            await asyncio.wait_for(opened.wait(), 60)

    await asyncio.gather(*(open_one(number) for number in range(options.streams)))
    opened_in = time.monotonic() - began
    await asyncio.sleep(SETTLING_SECONDS)
    backend = poller(url)
    before = [usage(pid)[1] for pid in (process.pid, backend)]
    arguments = (url, options.agents, options.events_per_second, options.seconds, deliveries)
    writing = threading.Thread(target=write, args=arguments)
    began = time.monotonic()
    writing.start()
    await asyncio.to_thread(writing.join)
    lasted = time.monotonic() - began
    after = [usage(pid)[1] for pid in (process.pid, backend)]
    await asyncio.sleep(SETTLING_SECONDS)
    memory_after, _ = usage(process.pid)
    for listener in listeners:
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    milliseconds = deliveries.milliseconds()
    return {
        "streams": options.streams,
        "agents": options.agents,
        "events": len(deliveries.committed_at),
        "events_per_second": round(len(deliveries.committed_at) / lasted, 1),
        "lost": deliveries.lost(),
        "repeated": deliveries.repeated,
        "p50_ms": round(statistics.median(milliseconds)),
        "p99_ms": round(milliseconds[int(0.99 * (len(milliseconds) - 1))]),
        "max_ms": round(milliseconds[-1]),
        "opening_seconds": round(opened_in, 2),
        "api_cpu_pct": round(100 * (after[0] - before[0]) / lasted),
        "poller_backend_cpu_pct": round(100 * (after[1] - before[1]) / lasted),
        "api_memory_mib": round(memory_after),
        "api_memory_of_a_stream_kib": round(
            (memory_after - memory_before) * 1024 / options.streams
        ),
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    options.agents = options.agents or options.streams
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    secret = secrets.token_hex(32)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        directory = Path(folder) / "postgres"
        with embedded_server(directory, databases=EMBEDDED_DATABASES, durable=False) as server:
            url = server.url("operational")
            migrate_operational(url, LeadsMapping(), server.api_url("operational"))
            migrate_warehouse(server.url("warehouse"), server.api_url("warehouse"))
            with served(server, secret) as (process, port):
                wait_until_live(port)
                return asyncio.run(measured(process, port, url, secret, options))


def measure(rounds: int = 3) -> list[Figure]:
    """Measures 1,000 streams and 200 events a second, several times."""
    reports = [run(arguments([])) for _ in range(rounds)]
    if any(report["lost"] or report["repeated"] for report in reports):
        raise SystemExit("events were lost or repeated")
    slowest = [float(report["p99_ms"]) for report in reports]
    memory = [float(report["api_memory_mib"]) for report in reports]
    value = statistics.median(slowest)
    return [
        Figure(
            what="p99 delivery to 1,000 open streams, 200 events/s",
            size="any",
            value=value,
            unit="ms",
            goal=f"under {LIMIT_MILLISECONDS:g} ms",
            meets_goal=value < LIMIT_MILLISECONDS,
            samples=slowest,
        ),
        Figure(
            what="memory of the API with 1,000 open streams",
            size="any",
            value=statistics.median(memory),
            unit="MiB",
            goal="stated",
            samples=memory,
        ),
    ]


def arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--agents", type=int, help="Default: the number of streams.")
    parser.add_argument("--events-per-second", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    return parser.parse_args(given)


def main() -> None:
    print(json.dumps(run(arguments(None)), indent=2))


def wait_until_live(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            asyncio.run(asyncio.open_connection("127.0.0.1", port))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the API does not start")


if __name__ == "__main__":
    main()
