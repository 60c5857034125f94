"""Plain English in docstrings, help texts, descriptions and documents.

Module docstrings begin with a noun phrase or a verb and end with a period. Docstrings, CLI help,
Dagster and dbt descriptions and the documents use none of the BANNED words.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.support.paths import DOCS, REPOSITORY

PACKAGES = (
    "api",
    "benchmarks",
    "cli",
    "config",
    "crm",
    "dashboard",
    "goals",
    "pipelines",
    "tests",
    "warehouse",
)
QUESTION = re.compile(r"(What|Which|Who|Whose|Whom|Where|When|How|Why)\b")
BANNED = (
    "anew",
    "as it stands",
    "asked",
    "asking",
    "asks",
    "at once",
    "beside",
    "for which",
    "forgets",
    "give way",
    "gives way",
    "goes on",
    "heard",
    "hears",
    "kept",
    "makes up for",
    "mends",
    "nobody",
    "of which",
    "once more",
    "owes",
    "refuses",
    "remembers",
    "so much",
    "somebody",
    "tells",
    "told",
    "what there is",
    "whoever",
)
BANNED_WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
CODE = re.compile(r"``?[^`]+``?")
# Keyword arguments with texts for users: Typer's and argparse's `help`, Dagster's and FastAPI's
# `description`.
SHOWN_ARGUMENTS = {"help", "description"}
DBT_PROJECT = REPOSITORY / "dbt_project"
GENERATED = {"docs/database-schema.md", "docs/metrics.md"}

# File, line, text.
Text = tuple[str, int, str]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path, ast.parse(path.read_text())


def docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text:
                yield node.body[0].lineno, text


def shown_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields string arguments named in SHOWN_ARGUMENTS."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SHOWN_ARGUMENTS:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


def python_texts() -> Iterator[Text]:
    for path, tree in modules():
        for line, text in (*docstrings(tree), *shown_texts(tree)):
            yield str(path.relative_to(REPOSITORY)), line, text


def dbt_descriptions() -> Iterator[Text]:
    for path in sorted(DBT_PROJECT.rglob("*.yml")):
        if "target" in path.parts or "dbt_packages" in path.parts:
            continue
        for node in walk(yaml.compose(path.read_text())):
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == "description" and isinstance(value, yaml.ScalarNode):
                        name = str(path.relative_to(REPOSITORY))
                        yield name, value.start_mark.line + 1, value.value


def walk(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if node is None:
        return
    yield node
    children = node.value if isinstance(node, yaml.CollectionNode) else []
    for child in children:
        for part in child if isinstance(child, tuple) else (child,):
            yield from walk(part)


def documents() -> Iterator[Text]:
    """Yields the prose of README.md, CONTRIBUTING.md and docs/*.md, without code blocks."""
    roots = (REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md"))
    for path in (*roots, *sorted(DOCS.glob("*.md"))):
        name = str(path.relative_to(REPOSITORY))
        if name in GENERATED or not path.exists():
            continue
        is_code = False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith("```"):
                is_code = not is_code
            elif not is_code and not line.startswith("    "):
                yield name, number, line


def blank(code: re.Match[str]) -> str:
    """Blanks code, but keeps its line breaks, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", code[0])


def banned_words(texts: Iterator[Text]) -> list[str]:
    """Returns `file:line: word` for each banned word outside of `code`."""
    return [
        f"{name}:{start + text[: match.start()].count(chr(10))}: {match[0]}"
        for name, start, text in texts
        for match in BANNED_WORDS.finditer(CODE.sub(blank, text))
    ]


def test_module_docstrings_are_statements_with_a_period() -> None:
    wrong = []
    for path, tree in modules():
        text = ast.get_docstring(tree)
        if text:
            first = text.split("\n\n")[0].rstrip()
            if QUESTION.match(first) or not first.endswith((".", ":")):
                wrong.append(f"{path.relative_to(REPOSITORY)}:1: {first}")
    assert wrong == []


def test_docstrings_and_help_texts_have_no_banned_word() -> None:
    assert banned_words(python_texts()) == []


def test_dbt_descriptions_have_no_banned_word() -> None:
    assert banned_words(dbt_descriptions()) == []


def test_documents_have_no_banned_word() -> None:
    assert banned_words(documents()) == []
