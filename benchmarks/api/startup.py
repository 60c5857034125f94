"""Seconds from the start of the API's process to its first answer with an agent's figures.

python -m benchmarks.api.startup [--home DIR] [--rounds 5]
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness.figures import Figure
from benchmarks.harness.load_generator import LoadError, answer, get
from benchmarks.harness.servers import (
    COMMAND,
    END_SECONDS,
    START_SECONDS,
    Home,
    refreshed_home,
    run_and_print,
    token,
)
from warehouse.embedded.server import free_port

KPIS = "/agent/analytics/kpis"
LIMIT_SECONDS = 2.0
AGENTS, DAYS = 20, 60


def commands(port: int) -> dict[str, list[str]]:
    uvicorn = ["-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    return {
        "agent-analytics serve": [COMMAND, "serve", "--port", str(port)],
        "uvicorn api.app:create_app": [sys.executable, *uvicorn, "--log-level", "warning"],
    }


def seconds_to_first_answer(home: Home, command: list[str], port: int) -> float:
    request = get(KPIS, token(home.agents[0]))
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=home.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() < began + START_SECONDS and process.poll() is None:
            try:
                status, _ = answer(port, request)
            except (OSError, LoadError):
                status = 0
            if status == 200:
                return time.perf_counter() - began
            time.sleep(0.005)
        raise LoadError(f"{command[0]} does not answer")
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def measure(directory: Path | None = None, rounds: int = 5) -> list[Figure]:
    """The databases are up already; both ways to start it take turns."""
    samples: dict[str, list[float]] = {}
    with refreshed_home(directory, AGENTS, DAYS) as home:
        for _ in range(rounds):
            port = free_port(None)
            for name, command in commands(port).items():
                took = seconds_to_first_answer(home, command, port)
                samples.setdefault(name, []).append(took)
    return [
        Figure(
            what=f"API start to first answer, {name}",
            size="any",
            value=statistics.median(seconds),
            unit="s",
            goal=f"under {LIMIT_SECONDS:g} s",
            meets_goal=statistics.median(seconds) < LIMIT_SECONDS,
            samples=seconds,
        )
        for name, seconds in samples.items()
    ]


if __name__ == "__main__":
    run_and_print(__doc__, measure)
