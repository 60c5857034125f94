"""Cleanup of scratch databases, which a killed dry run or metric diff leaves behind."""

import hashlib
import logging
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from warehouse.advisory_locks import scratch_lock

EARLIER_NAME = "trial"

log = logging.getLogger(__name__)


def scratch_name(warehouse: psycopg.Connection) -> str:
    """Returns one name per warehouse, within Postgres's 63 bytes."""
    return f"agent_analytics_preview_{_digest(warehouse)}"


def scratch_home(home: Path) -> Path:
    """Folder of the runs on the scratch database in a home directory."""
    return home / "preview"


def remove_scratch(warehouse: psycopg.Connection, home: Path) -> None:
    """Drops the scratch database and its lake, also under the names of earlier versions."""
    shutil.rmtree(scratch_home(home) / "lake", ignore_errors=True)
    shutil.rmtree(home / EARLIER_NAME, ignore_errors=True)
    earlier = f"agent_analytics_{EARLIER_NAME}_{_digest(warehouse)}"
    for name in (scratch_name(warehouse), earlier):
        warehouse.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def remove_leftover(warehouse: psycopg.Connection, home: Path) -> None:
    """Drops the scratch database of a killed command, unless it is in use or of another role."""
    try:
        with scratch_lock(warehouse) as is_alone:
            if is_alone:
                remove_scratch(warehouse, home)
    except psycopg.errors.InsufficientPrivilege as error:
        log.warning(
            "could not drop the scratch database of a killed dry run: %s",
            error.diag.message_primary,
        )


def _digest(warehouse: psycopg.Connection) -> str:
    return hashlib.sha256(warehouse.info.dbname.encode()).hexdigest()[:12]
