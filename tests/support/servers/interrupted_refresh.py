"""A full refresh that interrupts itself while Dagster stores an event of its dbt build.

Dagster then raises the interruption in its own frames, and the step's generator stays suspended.
Prints the error of the refresh, and ends without unwinding: a process that still had statements of
dbt would abandon them.
"""

import os
import signal

import psycopg

from config.settings import Settings
from config.user_error import UserError
from pipelines.dagster_support.instance import dagster_instance
from pipelines.refresh import RunReporter, refresh
from pipelines.run_options import RefreshOptions
from tests.support.lock_waits import statements_that_wait
from tests.support.waiting import wait_until
from warehouse.databases import open_databases


def main() -> None:
    settings = Settings()
    interrupted: list[str] = []
    with (
        open_databases(settings) as databases,
        dagster_instance(settings.home, databases) as instance,
        psycopg.connect(databases.warehouse, autocommit=True) as watching,
    ):

        def interrupt(progress: str) -> None:
            if progress.startswith("dbt build: ") and not interrupted:
                wait_until(lambda: statements_that_wait(watching))
                interrupted.append(progress)
                os.kill(os.getpid(), signal.SIGINT)

        reporter = RunReporter(lambda _: None, interrupt)
        try:
            refresh(instance, reporter, settings.analytics_timezone, RefreshOptions(is_full=True))
        except UserError as error:
            print(error, flush=True)
            os._exit(0)


if __name__ == "__main__":
    main()
