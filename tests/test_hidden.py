"""dbt is not loaded where Dagster is: it works in a process of its own."""

import importlib
import json
import subprocess
import sys

import pytest

from pipelines.hidden import hidden

LOADED = """
import json, sys
import pipelines.definitions
loaded = [name for name in sys.modules if name.partition(".")[0] == "dbt"]
from dbt.cli.main import dbtRunner
print(json.dumps({"before": loaded, "later": dbtRunner.__name__}))
"""


def test_the_definitions_are_loaded_without_dbt_which_can_be_loaded_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout) == {"before": [], "later": "dbtRunner"}


@pytest.mark.parametrize("was_imported", [True, False])
def test_a_hidden_package_is_back_after_the_block(was_imported: bool) -> None:
    package = "wave"
    before = importlib.import_module(package)
    if not was_imported:
        del sys.modules[package]
    with hidden(package), pytest.raises(ImportError):
        importlib.import_module(package)
    after = importlib.import_module(package)
    assert (after is before) == was_imported
