"""Seconds of each step of one refresh, as JSON: `python -m benchmarks.pipeline.refresh_steps`."""

import argparse
import json
import sys
from contextlib import ExitStack
from datetime import date

from cli.console import Terminal
from config.settings import Settings
from pipelines.dagster_support.gc_tuning import collect_garbage_rarely
from pipelines.run_options import RefreshOptions
from warehouse.databases import open_databases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--days", nargs=2, type=date.fromisoformat, metavar=("FROM", "TO"))
    options = parser.parse_args()
    settings, terminal = Settings(), Terminal()
    wanted = RefreshOptions(
        (options.days[0], options.days[1]) if options.days else None, is_full=options.full
    )
    with open_databases(settings) as databases, ExitStack() as stack:
        # As the command does, and in its order.
        collect_garbage_rarely()
        from pipelines.dagster_support.instance import dagster_instance
        from pipelines.refresh import RunReporter, refresh

        instance = stack.enter_context(dagster_instance(settings.home, databases))
        with terminal.step("refresh") as step:
            reporter = RunReporter(terminal.say, step.show)
            done = refresh(instance, reporter, settings.analytics_timezone, wanted)
        steps = {
            stats.step_key: stats.end_time - stats.start_time
            for stats in instance.get_run_step_stats(done.run_id)
            if stats.start_time and stats.end_time
        }
    json.dump(
        {
            "steps": steps,
            "build_id": done.build_id,
            "is_new": done.is_new,
            "rows": done.rows,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
