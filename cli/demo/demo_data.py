"""Which data the demo shows: loaded once, noted in the home, replaced when others are asked for."""

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
    """What options ask for, None where they ask for nothing; UserError where they contradict."""
    given = {name: value for name, value in simulation.items() if value is not None}
    if directory and given:
        raise UserError("--data brings its own activity: leave out --agents, --days and --seed")
    if directory:
        return directory.resolve()
    return Simulation(**given) if given else None


class DemoData:
    """The leads of the operational database, as far as the demo has loaded them."""

    def __init__(
        self, settings: Settings, databases: Databases, mapping: LeadsMapping, terminal: Terminal
    ) -> None:
        self._settings = settings
        self._databases = databases
        self._mapping = mapping
        self._terminal = terminal
        self._note = settings.home / "demo.json"

    def make_room(self, asked: Source | None) -> Source | None:
        """What is to be loaded after the migration; None where the data that are there stay.

        Databases with other data of an earlier demo are dropped; all other data are kept.
        """
        if isinstance(asked, Path) and not (asked / CSV_FILES[0]).is_file():
            raise UserError(f"{asked}: there is no {CSV_FILES[0]} in it")
        if not self._has_leads():
            if asked is None and not is_embedded(self._settings):
                self._terminal.say("data: none; the CRM's own database is not filled unasked")
                return None
            return asked or Simulation()
        loaded = self._loaded()
        if loaded is None:
            kept = f": they stay, {asked} is not loaded" if asked else ""
            self._terminal.say(f"data: leads that were there before{kept}")
            return None
        if asked is None or asked == loaded:
            if isinstance(loaded, Path) and asked and self._files(loaded) != self._loaded_files():
                return loaded
            self._terminal.say(f"data: {loaded}, loaded before")
            return None
        self._terminal.say(f"data: {loaded} make way for {asked}: databases made anew")
        self._drop()
        return asked

    def load(self, source: Source) -> None:
        """Loads all of it or nothing; the note is written first, so that a kill leaves no doubt."""
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
        """When the newest lead was created; a plain timestamp of the CRM is read as UTC."""
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
        """What the demo has loaded; None where the leads are not its own."""
        if not is_embedded(self._settings) or not self._note.exists():
            return None
        note = json.loads(self._note.read_text())
        return Path(note["directory"]) if "directory" in note else Simulation(**note["simulation"])

    def _loaded_files(self) -> Any:
        return json.loads(self._note.read_text()).get("files")

    def _write(self, source: Source, files: dict[str, list[int]] | None) -> None:
        told: dict[str, Any] = (
            {"directory": str(source), "files": files}
            if isinstance(source, Path)
            else {"simulation": asdict(source)}
        )
        unfinished = self._note.with_suffix(".new")
        unfinished.write_text(json.dumps(told))
        unfinished.replace(self._note)

    def _files(self, directory: Path) -> dict[str, list[int]]:
        """Size and time of change of each file: other ones are imported again."""
        found = [directory / name for name in CSV_FILES if (directory / name).exists()]
        return {file.name: [file.stat().st_size, file.stat().st_mtime_ns] for file in found}
