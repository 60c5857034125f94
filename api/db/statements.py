"""SQL statements: one file each, checked to filter the rows of the requesting agent."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from config.paths import ROOT

OWN_ROWS = (
    "agent_id = %(agent_id)s",
    "agent_id = any(%(agent_ids)s)",
    "%(agent_id)s as agent_id",
)
TABLES_OF_AGENTS = re.compile(r"\bserving\.(?:agents|agent_\w+|restatements)\b")


@dataclass(frozen=True, eq=False)
class Statement:
    """A file of a folder `queries`; `rendered` is its text where the file is a template.

    Statements are constants, so they are compared and hashed by identity.
    """

    path: Path
    is_about_an_agent: bool = True
    rendered: str | None = None

    @classmethod
    def of_template(cls, path: Path, **parts: str) -> Self:
        """The statement of a file with a placeholder `{name}` for each part."""
        return cls(path, rendered=path.read_text("utf-8").format(**parts))

    @property
    def name(self) -> str:
        return self.path.stem

    @functools.cache  # noqa: B019 - as many as there are files
    def sql(self) -> bytes:
        """The text; ValueError where a table of agents has no filter on the agent."""
        text = self.path.read_text("utf-8") if self.rendered is None else self.rendered
        if self.is_about_an_agent and not filters_own_rows(text):
            raise ValueError(f"{self.path.name} does not filter {' or '.join(OWN_ROWS)}")
        return text.encode()


def filters_own_rows(text: str) -> bool:
    """Whether there is a filter for each table that holds rows of agents, and one at least."""
    filters = sum(text.count(own_rows) for own_rows in OWN_ROWS)
    return filters >= max(1, len(TABLES_OF_AGENTS.findall(text)))


BUILD = Statement(ROOT / "warehouse" / "sql" / "served_build.sql", is_about_an_agent=False)
"""The served build; one row, or none before the first publish."""
