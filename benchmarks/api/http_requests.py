"""Requests per second of `GET kpis`, cached and uncached, compared with limits and peers.

    python -m benchmarks.api.http_requests [--home DIR] [--rounds 5] [--seconds 3] [--smoke]

All candidates run at the same time and are measured in turns by 16 connections of this process,
which takes one core from all of them alike.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import polars as pl
import psycopg

from benchmarks.harness.figures import Figure, table
from benchmarks.harness.load_generator import LoadError, answer, get, post, requests_per_second
from benchmarks.harness.servers import Home, api, refreshed_home, server, token, uvicorn
from benchmarks.peers.installed import POSTGRAPHILE, ROAPI, install
from warehouse.embedded.server import find_binaries, free_port

KPIS = "/agent/analytics/kpis"
WINDOWS = (30, 365)
SIZE = "S"
AGENTS, DAYS = 100, 730
SMOKE_AGENTS, SMOKE_DAYS = 20, 60
COMPARED = ("leadsHandled", "totalRevenue", "satisfactionScore", "satisfactionCount")
CACHED, UNCACHED, CONSTANT = "cached", "uncached", "constant"
PGBENCH = """select leads_handled, leads_this_week, conversion_rate_pct, total_revenue,
    response_time_hours, response_time_median_hours, satisfaction_score, satisfaction_count
from serving.agent_kpis where agent_id = :agent and date_range = '30';
"""
GRAPHQL = """query ($agent: String!, $window: Int!) {
  agentKpiByAgentIdAndDateRange(agentId: $agent, dateRange: $window) {
    leadsHandled leadsThisWeek conversionRatePct totalRevenue responseTimeHours
    responseTimeMedianHours satisfactionScore satisfactionCount
  }
}"""


@dataclass(frozen=True)
class Candidate:
    """A server, its request for one agent's window, and how to read the figures in its answer."""

    name: str
    port: int
    request: Callable[[str, int], bytes]
    figures: Callable[[bytes], dict[str, object]]
    windows: tuple[int, ...] = (30,)

    def requests(self, agents: Sequence[str], window: int) -> list[bytes]:
        return [self.request(agent, window) for agent in agents]


@contextmanager
def candidates(home: Home, folder: Path) -> Iterator[list[Candidate]]:
    """Starts our API with and without its cache, and the peers that answer the same."""
    install()
    with ExitStack() as stack:
        cached, _ = stack.enter_context(api(home))
        uncached, _ = stack.enter_context(api(home, API_CACHE_BYTES="0"))
        tokens = {agent: token(agent) for agent in home.agents}

        def ours(agent: str, window: int) -> bytes:
            return get(f"{KPIS}?dateRange={window}", tokens[agent])

        _, body = answer(cached, ours(home.agents[0], 30))
        (folder / "constant.json").write_bytes(body)
        constant, _ = stack.enter_context(
            uvicorn(
                "benchmarks.peers.constant:app",
                "/",
                home.environment(CONSTANT_ANSWER=str(folder / "constant.json")),
                "--lifespan",
                "off",
            )
        )
        computed, _ = stack.enter_context(
            uvicorn(
                "benchmarks.peers.computed:app",
                f"/kpis?{urlencode({'agent': home.agents[0], 'days': 30})}",
                home.environment(
                    COMPUTED_FROM=home.databases.operational, COMPUTED_AS_OF=home.as_of
                ),
            )
        )
        postgraphile = stack.enter_context(_postgraphile(home))
        roapi = stack.enter_context(_roapi(home, folder))
        yield [
            Candidate(CONSTANT, constant, lambda *_: get("/"), lambda _: {}),
            Candidate(CACHED, cached, ours, lambda body: _fields(body)["kpis"]),
            Candidate(UNCACHED, uncached, ours, lambda body: _fields(body)["kpis"]),
            Candidate("PostGraphile 4", postgraphile, _graphql, _of_graphql),
            Candidate("ROAPI", roapi, _filter, _of_rows),
            Candidate("FastAPI from leads", computed, _computed, _fields, WINDOWS),
        ]


@contextmanager
def _postgraphile(home: Home) -> Iterator[int]:
    port = free_port(None)
    command = [str(POSTGRAPHILE), "--connection", home.databases.warehouse, "--schema", "serving"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--max-pool-size", "16"]
    command += ["--disable-query-log"]
    environment = {**os.environ, "NODE_ENV": "production"}
    with server(command, port, "/graphiql", environment):
        yield port


@contextmanager
def _roapi(home: Home, folder: Path) -> Iterator[int]:
    with psycopg.connect(home.databases.warehouse) as connection:
        cursor = connection.execute("select * from serving.agent_kpis")
        names = [column.name for column in cursor.description or ()]
        rows = pl.DataFrame(cursor.fetchall(), schema=names, orient="row")
    rows.write_parquet(folder / "agent_kpis.parquet")
    port = free_port(None)
    command = [str(ROAPI), "--table", f"agent_kpis={folder / 'agent_kpis.parquet'}"]
    for option, number in (("http", port), ("postgres", free_port(None)), ("flight-sql", None)):
        command += [f"--addr-{option}", f"127.0.0.1:{number or free_port(None)}"]
    with server(command, port, "/health", home.environment(RUST_LOG="error")):
        yield port


def _graphql(agent: str, window: int) -> bytes:
    # One text for all, so that it is parsed and planned once.
    variables = {"agent": agent, "window": window}
    return post("/graphql", json.dumps({"query": GRAPHQL, "variables": variables}).encode())


def _of_graphql(body: bytes) -> dict[str, object]:
    found: dict[str, object] = _fields(body)["data"]["agentKpiByAgentIdAndDateRange"]
    return found


def _filter(agent: str, window: int) -> bytes:
    of_agent = quote(f"'{agent}'")
    return get(
        f"/api/tables/agent_kpis?filter%5Bagent_id%5D={of_agent}&filter%5Bdate_range%5D={window}"
    )


def _of_rows(body: bytes) -> dict[str, object]:
    [row] = json.loads(body, parse_float=Decimal)
    return {re.sub("_([a-z])", lambda match: match[1].upper(), name): row[name] for name in row}


def _computed(agent: str, window: int) -> bytes:
    return get(f"/kpis?{urlencode({'agent': agent, 'days': window})}")


def _fields(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body, parse_float=Decimal)
    return found


def check(found: Sequence[Candidate], agents: Sequence[str]) -> None:
    """Raises LoadError if two candidates differ in the figures of an agent and window."""
    reference = next(each for each in found if each.name == UNCACHED)
    for agent in agents:
        for window in WINDOWS:
            expected = _figures(reference, agent, window)
            for each in found:
                if each.name != CONSTANT and _figures(each, agent, window) != expected:
                    raise LoadError(f"{each.name} differs for {agent} over {window} days")
    cached = next(each for each in found if each.name == CACHED)
    for agent in agents:
        bodies = {
            answer(each.port, each.request(agent, 30))[1]
            for each in (reference, cached, cached, cached)
        }
        if len(bodies) != 1:
            raise LoadError(f"cached and uncached answers differ for {agent}")


def _figures(candidate: Candidate, agent: str, window: int) -> list[Decimal | None]:
    status, body = answer(candidate.port, candidate.request(agent, window))
    if status != 200:
        raise LoadError(f"{candidate.name} answered {status}")
    figures = candidate.figures(body)
    values = [figures[name] for name in COMPARED]
    return [None if value is None else Decimal(str(value)) for value in values]


def single_row_selects(home: Home, folder: Path, seconds: float) -> float:
    """Prepared selects per second by pgbench, as the API's role, row-level security on."""
    script = folder / "select.sql"
    script.write_text(PGBENCH)
    agent = home.agents[len(home.agents) // 2]
    done = subprocess.run(
        [
            str(find_binaries() / "pgbench"),
            *("--no-vacuum", "--protocol", "prepared", "--client", "16", "--jobs", "2"),
            *("--time", str(max(1, round(seconds))), "--define", f"agent='{agent}'"),
            *("--file", str(script), home.databases.api_warehouse),
        ],
        env={"PGOPTIONS": f"-c analytics.agent_id={agent}", "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def measure(
    directory: Path | None = None, rounds: int = 5, seconds: float = 3.0, *, smoke: bool = False
) -> list[Figure]:
    """Returns the rates, after a check that all candidates agree; a smoke is quick and small."""
    agents, days = (SMOKE_AGENTS, SMOKE_DAYS) if smoke else (AGENTS, DAYS)
    with (
        refreshed_home(directory, agents, days) as home,
        tempfile.TemporaryDirectory() as folder,
        candidates(home, Path(folder)) as found,
    ):
        check(found, home.agents[:5] if smoke else home.agents[:20])
        samples: dict[tuple[str, int], list[float]] = {}
        selects = []
        for each in found:
            # Node compiles while it runs: PostGraphile is five times as fast after some seconds.
            requests_per_second(each.port, each.requests(home.agents, 30), 2 * seconds)
        for _ in range(rounds):
            for each in found:
                for window in each.windows:
                    requests = each.requests(home.agents, window)
                    rate = requests_per_second(each.port, requests, seconds)
                    samples.setdefault((each.name, window), []).append(rate)
            selects.append(single_row_selects(home, Path(folder), seconds))
    return _report(samples, selects)


def _report(samples: dict[tuple[str, int], list[float]], selects: list[float]) -> list[Figure]:
    cached, uncached = samples[CACHED, 30], samples[UNCACHED, 30]
    peers = {
        f"{name}, {window} days" if name.startswith("FastAPI") else name: rates
        for (name, window), rates in samples.items()
        if name not in {CACHED, UNCACHED, CONSTANT}
    }
    best = max(peers, key=lambda name: statistics.median(peers[name]))
    rows = [
        _figure("GET kpis, cached", cached, "uvicorn, a constant", samples[CONSTANT, 30], 0.5),
        _figure("GET kpis, uncached", uncached, "pgbench, prepared select", selects, 0.06),
        _figure("GET kpis, cached", cached, f"the best peer, {best}", peers[best], 2.0),
    ]
    rows += [
        _figure("GET kpis, uncached", uncached, name, rates, 1.0) for name, rates in peers.items()
    ]
    return rows


def _figure(what: str, ours: list[float], name: str, other: list[float], wanted: float) -> Figure:
    value, limit = statistics.median(ours), statistics.median(other)
    return Figure(
        what=f"{what}, vs {name}",
        size=SIZE,
        value=value,
        unit="requests/s",
        limit_name=name,
        limit=limit,
        ratio=value / limit,
        goal=f"at least {wanted:g} x",
        meets_goal=value >= wanted * limit,
        samples=ours,
        limit_samples=other,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="A home with a published build and its data.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--smoke", action="store_true", help="Small data, one short round.")
    options = parser.parse_args()
    if options.smoke:
        options.rounds, options.seconds = 1, 0.5
    print(table(measure(options.home, options.rounds, options.seconds, smoke=options.smoke)))


if __name__ == "__main__":
    main()
