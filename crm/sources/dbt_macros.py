"""The dbt project's macros, rendered as plain SQL for where dbt does not run.

Used in a CRM's database, and by the API for free ranges of dates.
"""

from collections.abc import Mapping
from typing import Any, LiteralString

from jinja2 import Environment, StrictUndefined
from psycopg import sql

from config import paths

FILES = (
    "text.sql",
    "words.sql",
    "conversions.sql",
    "agent_days.sql",
    "percentile.sql",
    "period_numbers.sql",
    "period_sums.sql",
    "ratio.sql",
    "spans.sql",
)


class Macros:
    """`macros("name", *arguments)` returns what a call of that macro in a model renders to."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        environment = Environment(undefined=StrictUndefined)  # noqa: S701 - makes SQL, no HTML
        environment.globals["var"] = variables.__getitem__
        directory = paths.DBT_PROJECT / "macros"
        texts = [(directory / file).read_text() for file in FILES]
        self._module = environment.from_string("\n".join(texts)).module

    def __call__(self, name: str, *arguments: str) -> sql.SQL:
        return sql.SQL(self.text(name, *arguments))

    def text(self, name: str, *arguments: str) -> LiteralString:
        """Return the rendered text, to pass it on to another macro.

        LiteralString holds: it is made of the project's own text, never of user input.
        """
        return str(getattr(self._module, name)(*arguments))
