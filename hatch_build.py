"""Build hook that adds the built dashboard page to sdist and wheel, so that users need no Node."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DashboardHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the page; raises RuntimeError rather than make a package without it."""
        if version == "editable":
            return
        script = Path(self.root) / "dashboard" / "build.py"
        if subprocess.run([sys.executable, str(script)], check=False).returncode:  # noqa: S603
            raise RuntimeError("could not build the dashboard page (see above)")
