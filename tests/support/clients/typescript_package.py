"""The TypeScript client in a folder of its own, built as an installation gets it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from dashboard.build import find_node
from tests.support.paths import DOCS, REPOSITORY
from tests.support.waiting import PATIENCE

SOURCES = shutil.ignore_patterns("node_modules", "dist", "schema.d.ts")


def run(folder: Path, *command: str, **variables: str) -> str:
    """Runs Node, or a program of an installed package; what it printed."""
    programs = find_node().programs
    path = os.pathsep.join([str(folder / "node_modules" / ".bin"), str(programs), "/usr/bin:/bin"])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built_client(folder: Path) -> Path:
    """Copies what the client is made from, installs by its lock, generates and compiles."""
    client = folder / "clients" / "typescript"
    shutil.copytree(REPOSITORY / "clients" / "typescript", client, ignore=SOURCES)
    shutil.copytree(DOCS / "openapi", folder / "docs" / "openapi")
    run(client, *find_node().npm, "ci")
    run(client, *find_node().npm, "run", "build")
    return client


def a_program(client: Path, source: Path) -> Path:
    """A package that holds this program and depends on the client."""
    program = client.parent / "program"
    scope = program / "node_modules" / "@agent-analytics"
    scope.mkdir(parents=True)
    (scope / "client").symlink_to(client)
    (program / "node_modules" / ".bin").symlink_to(client / "node_modules" / ".bin")
    (program / "package.json").write_text(json.dumps({"type": "module", "private": True}))
    shutil.copy(source, program / "program.ts")
    return program
