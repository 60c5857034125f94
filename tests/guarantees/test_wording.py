"""Plain English in docstrings, messages, help texts, descriptions and documents.

Module docstrings begin with a noun phrase or a verb and end with a period. Docstrings, messages of
exceptions, of the console, of logs and of SQL, help of the command line and of make, Dagster and
dbt descriptions and the documents use none of the BANNED words.
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
BANNED_IN_NAMES = {"anew", "asked", "kept", "mend", "mends", "nobody", "told"}
BANNED_WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
CODE = re.compile(r"``?[^`]+``?")
# Keyword arguments with texts for users: Typer's and argparse's `help`, Dagster's and FastAPI's
# `description`.
SHOWN_ARGUMENTS = {"help", "description"}
# Calls whose arguments are messages; `__init__` is that of an exception.
SAYING = {
    *("__init__", "error", "exception", "info", "print", "warn", "warning"),
    *("say", "_say", "show", "_show"),
}
SQL_STATES = "exception|warning|notice|info|log"
# One text, in which a quote is doubled.
SQL_RAISE = re.compile(rf"\braise\s+(?:{SQL_STATES})\s+'((?:[^']|'')*)'", re.IGNORECASE)
MAKE_HELP = re.compile(r"^[a-z-]+:.*?## (.*)$", re.MULTILINE)
DBT_PROJECT = REPOSITORY / "dbt_project"
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md")
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


def messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields string arguments of raised exceptions and of calls in SAYING."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            call = node.exc
        elif isinstance(node, ast.Call) and called(node) in SAYING:
            call = node
        else:
            continue
        for argument in call.args:
            for part in ast.walk(argument):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


def called(call: ast.Call) -> str:
    """Returns the name of the called function or method."""
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", ""))


def python_texts() -> Iterator[Text]:
    for path, tree in modules():
        for line, text in (*docstrings(tree), *shown_texts(tree), *messages(tree)):
            yield str(path.relative_to(REPOSITORY)), line, text


def sql_messages() -> Iterator[Text]:
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.sql")):
            text = path.read_text()
            for message in SQL_RAISE.finditer(text):
                line = text.count("\n", 0, message.start(1)) + 1
                yield str(path.relative_to(REPOSITORY)), line, message[1]


def make_help() -> Iterator[Text]:
    text = (REPOSITORY / "Makefile").read_text()
    for target in MAKE_HELP.finditer(text):
        yield "Makefile", text.count("\n", 0, target.start()) + 1, target[1]


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
    """Yields the prose of DOCUMENTS and docs/*.md, without code blocks."""
    for path in (*(REPOSITORY / name for name in DOCUMENTS), *sorted(DOCS.glob("*.md"))):
        name = str(path.relative_to(REPOSITORY))
        if name in GENERATED:
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


def test_docstrings_messages_and_help_texts_have_no_banned_word() -> None:
    assert banned_words(python_texts()) == []


def test_names_of_tests_have_no_banned_word() -> None:
    wrong = [
        node.name
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and BANNED_IN_NAMES & set(node.name.split("_"))
    ]
    assert wrong == []


def test_messages_of_sql_have_no_banned_word() -> None:
    texts = list(sql_messages())
    assert "agent-analytics could not log changes of % leads: %" in {text for _, _, text in texts}
    assert banned_words(iter(texts)) == []


def test_the_help_of_make_has_no_banned_word() -> None:
    texts = list(make_help())
    assert "Show this help" in {text for _, _, text in texts}
    assert banned_words(iter(texts)) == []


def test_dbt_descriptions_have_no_banned_word() -> None:
    assert banned_words(dbt_descriptions()) == []


def test_documents_have_no_banned_word() -> None:
    assert banned_words(documents()) == []
