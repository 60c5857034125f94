"""Random histories: what a CRM writes, cut at random places into refreshes that may be killed."""

from datetime import timedelta
from random import Random
from time import sleep

import psycopg

from pipelines.partitions import today
from tests.support.crm.random_crm import DAYS, Crm
from tests.support.pipeline import Pipeline
from tests.support.servers.refresh_process import RefreshProcess, Run

WATCH_SECONDS = 0.1
SLOWEST_RUN_SECONDS = 5.0

# One statement sees one snapshot: what agents could have been served at any moment.
DISAGREEMENTS = """
with build as (select periods from serving.builds order by build_id desc limit 1),
spans as (
    select key as date_range, (value #>> '{shown,from}')::date as starts_on,
        (value #>> '{shown,to}')::date as ends_on
    from build, jsonb_each(build.periods)
),
days as (
    select agent_id, date_range, sum(leads_assigned) as leads, sum(revenue_generated) as revenue
    from serving.agent_performance_metrics, spans
    where date between starts_on and ends_on
    group by agent_id, date_range
),
sources as (
    select agent_id, date_range, sum(lead_count) as leads, sum(revenue) as revenue
    from serving.agent_lead_sources
    group by agent_id, date_range
)
select agent_id, date_range, kpis.leads_handled, funnel.assigned, days.*, sources.*
from serving.agent_kpis as kpis
full join serving.agent_funnel as funnel using (agent_id, date_range)
full join days using (agent_id, date_range)
full join sources using (agent_id, date_range)
where (kpis.leads_handled, kpis.leads_handled, kpis.leads_handled) is distinct from
    (funnel.assigned, coalesce(days.leads, 0), coalesce(sources.leads, 0))
    or (kpis.total_revenue, kpis.total_revenue) is distinct from
    (coalesce(days.revenue, 0), coalesce(sources.revenue, 0))
"""


class History:
    """Played once; `events` says what happened, for the report of a failure."""

    def __init__(self, seed: int, pipeline: Pipeline, steps: int) -> None:
        self.events: list[str] = [f"seed {seed}"]
        self._steps = steps
        self._random = Random(seed)
        self._while_running = Random(seed)
        self._pipeline = pipeline
        self._slowest = SLOWEST_RUN_SECONDS
        assert pipeline.as_of is not None
        self._crm = Crm(
            pipeline.databases.operational, Random(seed), pipeline.as_of, pipeline.time_zone
        )

    def play(self) -> None:
        """Ends with every transaction closed, and nothing of the last writes refreshed."""
        steps = [
            self._refresh,
            self._kill,
            self._backfill,
            self._run_several,
            self._kill_one_of_several,
            self._reconcile,
        ]
        weights = [3, 4, 2, 2, 2, 1]
        try:
            self._write(60)
            for step in self._random.choices(steps, weights, k=self._steps):
                step()
                self._write(self._random.randrange(30))
            self._crm.settle()
        finally:
            self._crm.close()

    def _write(self, times: int) -> None:
        self._crm.write(times)
        self.events.append(f"{times} writes, {len(self._crm.open)} transactions open")

    def _refresh(self) -> None:
        self._finish([Run()])

    def _backfill(self) -> None:
        self._finish([self._range()])

    def _reconcile(self) -> None:
        self._finish([Run(reconciles=True)])

    def _run_several(self) -> None:
        self._finish([self._any(), self._any()])

    def _kill(self) -> None:
        self._finish([], killed=self._any())

    def _kill_one_of_several(self) -> None:
        self._finish([self._any()], killed=self._any())

    def _any(self) -> Run:
        return self._random.choice(
            [Run(), Run(), self._range(), self._range(), Run(is_full=True), Run(reconciles=True)]
        )

    def _range(self) -> Run:
        last = today(self._pipeline.time_zone) - timedelta(days=self._random.randrange(DAYS))
        first = last - timedelta(days=self._random.choice([0, 1, 7, DAYS]))
        return Run(first, last)

    def _finish(self, runs: list[Run], killed: Run | None = None) -> None:
        """Writes continue meanwhile; everything served then has to be consistent."""
        kill_after = self._random.random() * self._slowest
        self.events.append(f"{runs}, to be killed after {kill_after:.2f} s: {killed}")
        victims = [RefreshProcess(self._pipeline, killed)] if killed else []
        running = [RefreshProcess(self._pipeline, run) for run in runs]
        try:
            while any(process.is_running() for process in victims + running):
                for victim in victims:
                    if victim.seconds > kill_after:
                        victim.kill()
                self._crm.write(self._while_running.choice([0, 0, 1]))
                self._check_served()
                sleep(WATCH_SECONDS)
            for process in running:
                process.end()
                self._slowest = process.seconds
        finally:
            for process in victims + running:
                process.kill()
        self.events.append(f"took {victims + running}")
        self._check_served()

    def _check_served(self) -> None:
        with psycopg.connect(self._pipeline.databases.warehouse) as connection:
            assert connection.execute(DISAGREEMENTS).fetchall() == []
