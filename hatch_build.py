"""Puts the dashboard's built page into sdist and wheel: who installs one needs no Node."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DashboardHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Builds the page; RuntimeError where that fails, instead of a package without it."""
        if version == "editable":
            return
        script = Path(self.root) / "dashboard" / "build.py"
        if subprocess.run([sys.executable, str(script)], check=False).returncode:  # noqa: S603
            raise RuntimeError("the dashboard's page could not be built, see above")
