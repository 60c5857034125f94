"""Live simulation: ordinary statements against the CRM's tables, so that its triggers fire."""

from collections import deque
from dataclasses import dataclass
from random import Random
from threading import Event
from time import monotonic

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from crm.bulk_load import ImportCounts
from crm.simulation.agents import agent_ids
from crm.simulation.history import SimulationError, first_free_number
from crm.simulation.sources import SHARES
from crm.sources.dbt_vars import converted_words
from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

MAX_OPEN_LEADS = 1000
NEXT_STAGES = {
    "new": {"contacted": 0.85, "lost": 0.15},
    "contacted": {"interested": 0.5, "lost": 0.3, "contacted": 0.2},
    "interested": {"converted": 0.4, "lost": 0.3, "interested": 0.3},
}
ACTIVITY_TITLES = {"call": "Call", "email": "Email", "meeting": "Meeting"}


@dataclass
class OpenLead:
    id: str
    agent_id: str
    stage: str


class LiveCrm:
    """A CRM in which each `step` adds a lead or moves one to its next stage."""

    def __init__(self, connection: psycopg.Connection, seed: int, mapping: LeadsMapping) -> None:
        self.connection = connection
        self.random = Random(seed)  # noqa: S311
        self.table = mapping.identifier
        self.converted = converted_words(mapping)[0]
        self.columns = {name: mapping.column(name) for name in mapping.columns}
        self.next_number = first_free_number(connection, mapping, append=True)
        agents = connection.execute(self.statement("simulated_agents")).fetchall()
        self.agents = [agent for (agent,) in agents] or agent_ids(5)
        rows = connection.execute(self.statement("simulated_open_leads")).fetchall()
        self.open = deque((OpenLead(*row) for row in reversed(rows)), maxlen=MAX_OPEN_LEADS)

    def statement(self, name: str) -> sql.Composed:
        return statement(f"crm/simulation/sql/{name}.sql", table=self.table, **self.columns)

    def step(self) -> ImportCounts:
        """Add a lead or move an open one; the counts exclude rows that the triggers log."""
        with self.connection.transaction():
            if not self.open or self.random.random() < 0.35:
                return self.add_lead()
            return self.move_lead()

    def add_lead(self) -> ImportCounts:
        lead = OpenLead(f"L{self.next_number:07d}", self.random.choice(self.agents), "new")
        self.next_number += 1
        is_assigned = self.random.random() < 0.95
        [source] = self.random.choices(list(SHARES), list(SHARES.values()))
        self.connection.execute(
            self.statement("simulated_new_lead"),
            {
                "id": lead.id,
                "source": source or None,
                "agent_id": lead.agent_id if is_assigned else None,
            },
        )
        if is_assigned:
            self.open.append(lead)
        return ImportCounts(leads=1, activities=0)

    def move_lead(self) -> ImportCounts:
        index = self.random.randrange(len(self.open))
        lead = self.open[index]
        stages = NEXT_STAGES[lead.stage]
        [stage] = self.random.choices(list(stages), list(stages.values()))
        if stage == "converted":
            revenue = round(self.random.lognormvariate(7.8, 0.75), 2)
            self.log(lead, "conversion", "Sale Closed", {"revenue": revenue})
        else:
            activity_type = self.random.choice(list(ACTIVITY_TITLES))
            self.log(lead, activity_type, ACTIVITY_TITLES[activity_type], {"outcome": "done"})
        if stage != lead.stage:
            is_rated = self.random.random() < 0.3
            rating = self.random.choices([1, 2, 3, 4, 5], [1, 3, 8, 12, 8])[0] if is_rated else None
            self.connection.execute(
                self.statement("simulated_stage"),
                {
                    "id": lead.id,
                    "disposition": self.converted if stage == "converted" else stage,
                    "is_contact": stage == "contacted",
                    "is_interest": stage == "interested",
                    "rating": rating,
                },
            )
        lead.stage = stage
        if stage not in NEXT_STAGES:
            del self.open[index]
        return ImportCounts(leads=0, activities=1)

    def log(
        self, lead: OpenLead, activity_type: str, title: str, metadata: dict[str, object]
    ) -> None:
        self.connection.execute(
            "select public.log_agent_activity(%s, %s, %s, %s, null, %s)",
            [lead.agent_id, lead.id, activity_type, title, Jsonb(metadata)],
        )


def simulate_live(
    url: str, *, rate_per_second: float, seed: int, stop: Event, mapping: LeadsMapping
) -> ImportCounts:
    """Add activity to the existing data, one transaction per step, until `stop` is set.

    Columns without a time zone are written in the mapping's. Raises SimulationError if the rate is
    not positive.
    """
    if rate_per_second <= 0:
        raise SimulationError("rate must be positive")
    leads = activities = 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select set_config('timezone', %s, false)", [mapping.time_zone])
        crm = LiveCrm(connection, seed, mapping)
        next_step = monotonic()
        while not stop.wait(max(0.0, next_step - monotonic())):
            next_step = max(next_step, monotonic() - 1) + 1 / rate_per_second
            counts = crm.step()
            leads += counts.leads
            activities += counts.activities
    return ImportCounts(leads, activities)
