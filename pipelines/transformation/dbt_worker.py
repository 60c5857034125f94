"""The process in which dbt runs, as `dbt_process` asks it to.

Its argument is the folder of the project. On standard input comes the URL of the warehouse, and
later what is to be built, each a line of JSON; where that ends, whoever asked is gone. On standard
output go lines of JSON: `{"event": ...}` for each node that is finished, then what came of it all.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.settings import Settings
from pipelines.dagster_support.gc_tuning import collect_garbage_rarely
from pipelines.transformation.dbt_project import (
    DbtError,
    dbt_environment,
    directory_options,
    invoke,
    parse,
)
from warehouse.niceness import lower_priority

Tell = Callable[[dict[str, Any]], None]

RESULT_EVENTS = {"LogModelResult", "LogTestResult", "LogSeedResult"}
# Of a test that has rows to show.
FOUND = {"fail", "warn"}
PARTIAL_PARSE = "partial_parse.msgpack"
LONGEST_BUILD_SECONDS = 86_400
CANCEL_SECONDS = 5.0


def main() -> None:
    told = os.fdopen(os.dup(1), "w")
    # What anything else prints is no event.
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _interrupt)
    collect_garbage_rarely()
    lower_priority()
    telling = threading.Lock()

    def tell(message: dict[str, Any]) -> None:
        with telling:
            told.write(f"{json.dumps(message)}\n")
            told.flush()

    with suppress(KeyboardInterrupt, BrokenPipeError):
        _serve(Settings(), json.loads(sys.stdin.readline()), Path(sys.argv[1]), tell)


def _serve(settings: Settings, warehouse_url: str, project: Path, tell: Tell) -> None:
    home = settings.home / "dbt"
    home.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(home)
    with tempfile.TemporaryDirectory(dir=home, prefix="build-") as target:
        try:
            _parse_and_build(settings, warehouse_url, project, Path(target), tell)
        finally:
            # Nothing is to break off what removes the folder.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _parse_and_build(
    settings: Settings, warehouse_url: str, project: Path, target: Path, tell: Tell
) -> None:
    parsed_before = settings.home / "dbt" / PARTIAL_PARSE
    if parsed_before.exists():
        shutil.copy(parsed_before, target)
    try:
        manifest = parse(settings, warehouse_url, project, target, "--no-write-json")
    except DbtError as error:
        tell({"success": False, "exception": str(error), "failed": []})
        return
    (target / PARTIAL_PARSE).replace(parsed_before)
    if asked := sys.stdin.readline():
        threading.Thread(target=_end_with_owner, daemon=True).start()
        with dbt_environment(settings, warehouse_url):
            tell(_build(manifest, directory_options(project, target), json.loads(asked), tell))


def _interrupt(_number: int, _frame: object) -> None:
    """As Ctrl-C, and once: dbt then cancels the statements that it runs; it need not tell of it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    raise KeyboardInterrupt


def _remove_left_behind(home: Path) -> None:
    """The folders of builds that were killed."""
    for directory in home.glob("build-*"):
        with suppress(FileNotFoundError):
            if time.time() - directory.stat().st_mtime > LONGEST_BUILD_SECONDS:
                shutil.rmtree(directory)


def _end_with_owner() -> None:
    """Whatever dbt makes of the interruption: the build lock has gone with the owner."""
    # Not through Python's reader, which a process cannot end beside.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(CANCEL_SECONDS)
    os._exit(1)


def _build(manifest: Any, where: list[str], asked: dict[str, Any], tell: Tell) -> dict[str, Any]:
    from dbt_common.events.functions import msg_to_dict

    def note(event: Any) -> None:
        if event.info.name in RESULT_EVENTS:
            finished = msg_to_dict(event)
            node = manifest.nodes[finished["data"]["node_info"]["unique_id"]]
            has_found = finished["data"].get("status") in FOUND
            tell({"event": finished, "query": node.compiled_code if has_found else None})

    command = ["--no-write-json", "build", *asked["arguments"]]
    command += ["--vars", json.dumps(asked["variables"]), *where]
    outcome = invoke(command, manifest=manifest, callbacks=[note])
    return {
        "success": outcome.success,
        "exception": str(outcome.exception) if outcome.exception else None,
        "failed": [
            {
                "unique_id": result.node.unique_id,
                "name": result.node.name,
                "status": str(result.status),
                "message": str(result.message),
            }
            for result in outcome.result or ()
            if str(result.status) in ("error", "fail")
        ],
    }


if __name__ == "__main__":
    main()
