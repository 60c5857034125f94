"""Rewinds the source's watermark, so that the next refresh reads imported rows of any age."""

from collections.abc import Mapping
from datetime import datetime

import psycopg
from psycopg import sql

from cli.console import Terminal
from config.user_error import UserError
from warehouse.advisory_locks import table_lock
from warehouse.connect import connect_or_fail
from warehouse.served_build import table_exists
from warehouse.state.watermarks import lower_watermark

RECONCILE_HINT = "run `agent-analytics refresh --reconcile`, which finds the imported rows"


def rewind_watermark(
    warehouse_url: str, oldest: Mapping[str, datetime], terminal: Terminal
) -> None:
    """Makes the next refresh read each source table from its `oldest` time of change.

    Call it after the rows are committed. If the warehouse is down, or Ctrl-C ends the wait for a
    load in progress, prints what to do instead.
    """
    if not oldest:
        return
    try:
        with connect_or_fail(warehouse_url, "warehouse") as warehouse:
            if table_exists(warehouse, sql.Identifier("state", "source_watermarks")):
                for table, instant in oldest.items():
                    # A load in progress would raise the watermark again.
                    with table_lock(warehouse, table):
                        lower_watermark(warehouse, table, instant)
    except (UserError, psycopg.OperationalError) as error:
        terminal.say(f"{' '.join(str(error).split())}: once it is back, {RECONCILE_HINT}")
    except KeyboardInterrupt:
        terminal.say(f"the rows are written, but the next refresh may miss them: {RECONCILE_HINT}")
        raise
