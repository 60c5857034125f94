"""One demo per home: what other commands learn about the demo that holds the locks."""

import json
import os
import threading
from pathlib import Path

from cli.demo.lock import Addresses, Running, only_demo, running_demo
from tests.support.silent_terminal import silent_terminal
from tests.support.waiting import PATIENCE, wait_until
from warehouse.embedded.file_locks import held_lock, is_held

KILLED = {
    "pid": 2**30,
    "addresses": {"api": "http://127.0.0.1:8000", "dagster": "http://127.0.0.1:3000"},
    "is_ready": True,
}


def test_a_demo_that_waits_for_a_killed_one_has_no_addresses_yet(tmp_path: Path) -> None:
    (tmp_path / "up.json").write_text(json.dumps(KILLED))
    assert running_demo(tmp_path) is None
    has_entered, may_end = threading.Event(), threading.Event()

    def next_demo() -> None:
        with silent_terminal() as terminal, only_demo(tmp_path, terminal):
            has_entered.set()
            assert may_end.wait(PATIENCE)

    thread = threading.Thread(target=next_demo)
    with held_lock(tmp_path / "services.lock", seconds=0):
        thread.start()
        expected = Running(os.getpid(), Addresses(), is_ready=False)
        wait_until(lambda: running_demo(tmp_path) == expected)
        assert not has_entered.is_set()
    assert has_entered.wait(PATIENCE)
    assert running_demo(tmp_path) == expected
    may_end.set()
    thread.join(PATIENCE)
    assert not is_held(tmp_path / "up.lock")
