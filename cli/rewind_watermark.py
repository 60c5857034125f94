"""Rows written into the CRM with times of change of long ago, which a refresh has to go back to."""

from collections.abc import Mapping
from datetime import datetime

import psycopg

from cli.console import Terminal
from config.user_error import UserError
from warehouse.advisory_locks import table_lock
from warehouse.connect import connect_or_fail
from warehouse.served_build import is_migrated

FIND = "run `agent-analytics refresh --reconcile`, which finds the imported rows"


def rewind_watermark(
    warehouse_url: str, oldest: Mapping[str, datetime], terminal: Terminal
) -> None:
    """Makes the next refresh read each source table from its `oldest` time of change on.

    Called once the rows are committed. Where the warehouse is away, or Ctrl-C ends the wait for a
    load that is under way, says what to do instead.
    """
    if not oldest:
        return
    try:
        with connect_or_fail(warehouse_url, "warehouse") as warehouse:
            if is_migrated(warehouse):
                for table, instant in oldest.items():
                    _lower_mark(warehouse, table, instant)
    except (UserError, psycopg.OperationalError) as error:
        terminal.say(f"{' '.join(str(error).split())}: once it is back, {FIND}")
    except KeyboardInterrupt:
        terminal.say(f"the rows are written, and the next refresh may not see them: {FIND}")
        raise


def _lower_mark(warehouse: psycopg.Connection, table: str, instant: datetime) -> None:
    """A load that has read the source before the rows came moves the mark up: it ends first."""
    with table_lock(warehouse, table):
        warehouse.execute(
            "update raw.source_marks set low_water = %(instant)s"
            " where table_name = %(table)s and low_water > %(instant)s",
            {"table": table, "instant": instant},
        )
