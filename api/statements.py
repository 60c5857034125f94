"""The SQL that the API may run: one file per statement, each bound to the asking agent."""

import functools
import re
from dataclasses import dataclass
from importlib import resources

OWN_ROWS = (
    "agent_id = %(agent_id)s",
    "agent_id = any(%(agent_ids)s)",
    "%(agent_id)s as agent_id",
)
OF_AGENTS = re.compile(r"\bserving\.(?:agent_\w+|restatements)")


@dataclass(frozen=True)
class Statement:
    """A file of `api/queries`, by its name."""

    name: str
    is_about_an_agent: bool = True

    @functools.cache  # noqa: B019 - as many as there are files
    def sql(self) -> bytes:
        """The text; ValueError where it forgets to ask for the agent's (the agents') own rows."""
        text = resources.files("api").joinpath("queries", f"{self.name}.sql").read_text("utf-8")
        if self.is_about_an_agent and not asks_for_own_rows(text):
            raise ValueError(f"{self.name}.sql does not filter {' or '.join(OWN_ROWS)}")
        return text.encode()


def asks_for_own_rows(text: str) -> bool:
    """Whether there is a filter for each table that holds rows of agents, and one at least."""
    filters = sum(text.count(own_rows) for own_rows in OWN_ROWS)
    return filters >= max(1, len(OF_AGENTS.findall(text)))


BUILD = Statement("build", is_about_an_agent=False)
