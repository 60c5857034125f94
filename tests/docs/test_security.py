"""`docs/security.md` names a test for each threat, and each of them exists."""

import ast
import re

import pytest

from tests.support.paths import DOCS, REPOSITORY

TEXT = (DOCS / "security.md").read_text()
ROW = re.compile(r"^\| (API\d+) .*$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = {found[1]: NAMED.findall(found[0]) for found in ROW.finditer(TEXT)}


def names_in(path: str) -> set[str]:
    tree = ast.parse((REPOSITORY / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_threat_of_the_ten_has_its_row() -> None:
    assert list(ROWS) == [f"API{number}" for number in range(1, 11)]


@pytest.mark.parametrize("threat", ROWS)
def test_every_test_that_a_threat_names_exists(threat: str) -> None:
    assert ROWS[threat]
    for path, name in ROWS[threat]:
        assert name.startswith("test_")
        assert name in names_in(path), f"{path}::{name}"


def test_every_file_that_the_page_names_exists() -> None:
    for path in re.findall(r"`((?:tests|api|docs)/[\w/.-]+\.\w+)`", TEXT):
        assert (REPOSITORY / path).is_file(), path
