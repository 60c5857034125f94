"""The benchmark of the stream runs, reports in JSON, and loses nothing itself."""

import json
import subprocess
import sys


def test_a_small_run_reports_every_event_as_heard_once() -> None:
    size = ["--streams", "5", "--events-per-second", "20", "--seconds", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.api.streams", *size],
        check=True,
        capture_output=True,
        text=True,
    )
    report = json.loads(done.stdout)
    assert (report["streams"], report["events"]) == (5, 20)
    assert (report["lost"], report["repeated"]) == (0, 0)
    assert 0 <= report["p50_ms"] <= report["p99_ms"] <= report["max_ms"]
