"""The dbt project's rules for words as plain SQL, for a database in which dbt builds nothing."""

from collections.abc import Mapping
from typing import Any, LiteralString

from jinja2 import Environment, StrictUndefined
from psycopg import sql

from config import paths

FILES = ("text.sql", "words.sql")


class Macros:
    """`macros("name", *arguments)` is what the macro of that name gives in a model."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        environment = Environment(undefined=StrictUndefined)  # noqa: S701 - makes SQL, no HTML
        environment.globals["var"] = variables.__getitem__
        directory = paths.DBT_PROJECT / "macros"
        texts = [(directory / file).read_text() for file in FILES]
        self._module = environment.from_string("\n".join(texts)).module

    def __call__(self, name: str, *arguments: str) -> sql.SQL:
        return sql.SQL(self.text(name, *arguments))

    def text(self, name: str, *arguments: str) -> LiteralString:
        """The same, to be an argument of another; the project's own text, and none of a user."""
        return str(getattr(self._module, name)(*arguments))
