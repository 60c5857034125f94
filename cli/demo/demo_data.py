"""Data of the demo: loaded once, recorded in the home, replaced on request."""

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import sql
from psycopg.conninfo import make_conninfo

from cli.console import Terminal
from cli.data import Simulation, import_csv, simulate_history
from cli.tokens import is_embedded
from config.settings import Settings
from config.user_error import UserError
from crm.sources.mapping import LeadsMapping
from warehouse.connect import connect_or_fail
from warehouse.databases import Databases

CSV_FILES = ("leads.csv", "agent_activity_log.csv")


Source = Path | Simulation


def requested_source(directory: Path | None, **simulation: int | None) -> Source | None:
    """Returns the source that the options name, or None. Raises UserError if they conflict."""
    given = {name: value for name, value in simulation.items() if value is not None}
    if directory and given:
        raise UserError("--data cannot be combined with --agents, --days or --seed")
    if directory:
        return directory.resolve()
    return Simulation(**given) if given else None


class DemoData:
    """Leads of the operational database that the demo has loaded."""

    def __init__(
        self, settings: Settings, databases: Databases, mapping: LeadsMapping, terminal: Terminal
    ) -> None:
        self._settings = settings
        self._databases = databases
        self._mapping = mapping
        self._terminal = terminal
        self._note = settings.home / "demo.json"

    def make_room(self, requested: Source | None) -> Source | None:
        """Returns the source to load after the migration; None if the existing data stay.

        Drops databases with other data of an earlier demo; all other data stay.
        """
        if isinstance(requested, Path) and not (requested / CSV_FILES[0]).is_file():
            raise UserError(f"{requested}: there is no {CSV_FILES[0]} in it")
        if not self._has_leads():
            if requested is None and not is_embedded(self._settings):
                self._terminal.say(
                    "data: none; a CRM of your own is filled only with --data or --agents"
                )
                return None
            return requested or Simulation()
        loaded = self._loaded()
        if loaded is None:
            ignored = f"; {requested} is not loaded" if requested else ""
            self._terminal.say(f"data: existing leads stay{ignored}")
            return None
        if requested is None or requested == loaded:
            if isinstance(loaded, Path) and requested and self._is_changed(loaded):
                return loaded
            self._terminal.say(f"data: {loaded}, loaded before")
            return None
        self._terminal.say(f"data: replacing {loaded} by {requested}, in new databases")
        self._drop()
        return requested

    def load(self, source: Source) -> None:
        """Loads the whole source or nothing. Writes the note first, so that a kill is detected."""
        self._write(source, None)
        databases, mapping = self._databases, self._mapping
        if isinstance(source, Path):
            files = self._files(source)
            import_csv(databases, source, mapping, self._terminal)
            self._write(source, files)
        else:
            time_zone = self._settings.analytics_timezone
            simulate_history(databases, source, mapping, time_zone, self._terminal)

    def newest_lead_at(self) -> datetime | None:
        """Returns the newest creation time of a lead; reads a plain timestamp as UTC."""
        query = sql.SQL("select max({}) from {}").format(
            self._mapping.column("created_at"), self._mapping.identifier
        )
        with connect_or_fail(self._databases.operational, "operational") as connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        newest: datetime | None = row[0]
        return newest.replace(tzinfo=UTC) if newest and newest.tzinfo is None else newest

    def _has_leads(self) -> bool:
        table = self._mapping.identifier
        with connect_or_fail(self._databases.operational, "operational") as connection:
            name = table.as_string(connection)
            if connection.execute("select to_regclass(%s)", [name]).fetchone() == (None,):
                return False
            found = connection.execute(
                sql.SQL("select exists (select from {})").format(table)
            ).fetchone()
        return found == (True,)

    def _drop(self) -> None:
        server = make_conninfo(self._databases.operational, dbname="postgres")
        with connect_or_fail(server, "embedded") as connection:
            for name in ("warehouse", "operational"):
                database = sql.Identifier(name)
                connection.execute(sql.SQL("drop database {} with (force)").format(database))
                connection.execute(sql.SQL("create database {}").format(database))
        if self._settings.lake_path.is_relative_to(self._settings.home):
            shutil.rmtree(self._settings.lake_path, ignore_errors=True)

    def _loaded(self) -> Source | None:
        """Returns the source that the demo has loaded, None if the leads are not its own."""
        if not is_embedded(self._settings) or not self._note.exists():
            return None
        note = json.loads(self._note.read_text())
        return Path(note["directory"]) if "directory" in note else Simulation(**note["simulation"])

    def _is_changed(self, directory: Path) -> bool:
        files = json.loads(self._note.read_text()).get("files")
        return bool(self._files(directory) != files)

    def _write(self, source: Source, files: dict[str, list[int]] | None) -> None:
        note: dict[str, Any] = (
            {"directory": str(source), "files": files}
            if isinstance(source, Path)
            else {"simulation": asdict(source)}
        )
        unfinished = self._note.with_suffix(".new")
        unfinished.write_text(json.dumps(note))
        unfinished.replace(self._note)

    def _files(self, directory: Path) -> dict[str, list[int]]:
        """Returns size and modification time of each file, to detect changes."""
        files = [directory / name for name in CSV_FILES if (directory / name).exists()]
        return {file.name: [file.stat().st_size, file.stat().st_mtime_ns] for file in files}
