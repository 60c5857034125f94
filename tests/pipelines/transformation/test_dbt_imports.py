"""dbt is imported where a project is parsed or built, and leaves the root logger as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

LOADED = """
import json, logging, sys
import cli.main
import cli.refresh
import pipelines.resources

before = [name for name in sys.modules if name.partition(".")[0] == "dbt"]

import pipelines.definitions
from pipelines.dbt_project import invoke

invoke(["debug", "--config-dir", "--log-path", sys.argv[1]])
after = [name for name in sys.modules if name == "dbt.cli.main"]
print(json.dumps([before, after, [repr(each) for each in logging.getLogger().handlers]]))
"""


def test_commands_load_no_dbt_and_a_build_leaves_no_log_handler(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(tmp_path)],
        env={**os.environ, "DO_NOT_TRACK": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [[], ["dbt.cli.main"], []]
