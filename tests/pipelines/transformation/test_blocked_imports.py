"""dbt is not loaded where Dagster is, until a changed project has to be parsed there."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.transformation.import_blocker import hidden

LOADED = """
import json, logging, sys
import pipelines.definitions
from pipelines.transformation.dbt_project import invoke

before = [name for name in sys.modules if name.partition(".")[0] == "dbt"]
invoke(["debug", "--config-dir", "--log-path", sys.argv[1]])
after = [name for name in sys.modules if name == "dbt.cli.main"]
print(json.dumps([before, after, [repr(each) for each in logging.getLogger().handlers]]))
"""


def test_the_pipeline_is_imported_without_dbt_which_later_leaves_no_handler_of_logs(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(tmp_path)],
        env={**os.environ, "DO_NOT_TRACK": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [[], ["dbt.cli.main"], []]


@pytest.mark.parametrize("was_imported", [True, False])
def test_a_hidden_package_is_back_after_the_block(
    was_imported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = importlib.import_module("xml.dom.minidom")
    if not was_imported:
        for name in [name for name in sys.modules if name.partition(".")[0] == "xml"]:
            monkeypatch.delitem(sys.modules, name)
    with hidden("xml"):
        for name in ("xml", "xml.dom", "xml.dom.minidom"):
            with pytest.raises(ImportError):
                importlib.import_module(name)
    assert (importlib.import_module("xml.dom.minidom") is before) == was_imported
