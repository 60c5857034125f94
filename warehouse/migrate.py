"""Applies the SQL of `warehouse/` to the two databases, as often as one likes."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from crm.sources.mapping import LeadsMapping

FOLDER = Path(__file__).parent
ADVISORY_LOCK = "agent-analytics migrate"
LOCK_SECONDS = 2
INDEX_LOCK_SECONDS = 60  # a concurrent build blocks nobody while it waits
LOCK_ATTEMPTS = 5
PAUSE_SECONDS = 1.0
OTHER_MIGRATION_SECONDS = 120

Names = Mapping[str, sql.Composable]

FIND_INDEX = sql.SQL(
    "select nspname, relname, indisvalid"
    " from pg_index join pg_class on pg_class.oid = indexrelid"
    " join pg_namespace on pg_namespace.oid = relnamespace"
    " where relname = {index} and indrelid in (to_regclass({leads_name}),"
    " 'public.agent_goals'::regclass, 'public.agent_activity_log'::regclass)"
)
FIND_PARTITIONS = sql.SQL(
    "select relid::oid::int8, nspname, relname"
    " from pg_partition_tree(to_regclass({leads_name}))"
    " join pg_class on pg_class.oid = relid join pg_namespace on pg_namespace.oid = relnamespace"
    " where isleaf and relkind = 'r' order by 1"
)


class MigrationError(RuntimeError):
    """The database cannot be migrated; the message says in one line why and what to do."""


def migrate_operational(url: str, mapping: LeadsMapping, api_url: str) -> None:
    """Installs goals, activity log, lead columns, triggers and indexes beside the CRM's own.

    An empty `api_url` leaves out what the API's role may do. Raises MigrationError.
    """
    with _only_migration(url) as connection:
        names = _lead_names(mapping) | _api_names(connection, api_url)
        _apply(connection, FOLDER / "roles" / "10_api_role.sql", names)
        for file in sorted((FOLDER / "operational").glob("*.sql")):
            _apply(connection, file, names)
        for file in sorted((FOLDER / "operational" / "indexes").glob("*.sql")):
            _build_index(connection, file, names)


def migrate_warehouse(url: str, api_url: str) -> None:
    """Makes raw, insights and serving, then whose rows the API's role sees; see above."""
    with _only_migration(url) as connection:
        for schema in ("raw", "insights", "serving"):
            for file in sorted((FOLDER / schema).glob("*.sql")):
                _apply(connection, file, None)
        names = _api_names(connection, api_url)
        for file in sorted((FOLDER / "roles").glob("*.sql")):
            _apply(connection, file, names)


@contextmanager
def _only_migration(url: str) -> Iterator[psycopg.Connection]:
    """A session in which each file is a transaction of its own; one at a time per database."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("set statement_timeout = 0")
            connection.execute("set client_min_messages = warning")
            _wait_for_other_migration(connection)
            yield connection
    except psycopg.OperationalError as error:
        raise MigrationError(str(error).strip()) from error


def _wait_for_other_migration(connection: psycopg.Connection) -> None:
    # Tried, not awaited: a session that waits in a query would hold up a concurrent index build.
    query = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
    deadline = time.monotonic() + OTHER_MIGRATION_SECONDS
    while connection.execute(query, [ADVISORY_LOCK]).fetchone() != (True,):
        if time.monotonic() > deadline:
            raise MigrationError("another migration of this database is running: try again later")
        time.sleep(0.1)


def _apply(connection: psycopg.Connection, file: Path, names: Names | None) -> None:
    """Runs a file in one transaction; `names` fill its placeholders, None means it has none.

    A file that names the API role is left out where there is none.
    """
    text = _template(file)
    if names is None:
        statement: sql.Composable = text
    elif "{api_role" in text.as_string() and "api_role" not in names:
        return
    else:
        statement = text.format(**names)
    _set_lock_timeout(connection, LOCK_SECONDS)
    _with_retry(file, partial(connection.execute, statement))


def _build_index(connection: psycopg.Connection, file: Path, names: Names) -> None:
    """Builds the index that the file is named after, where there is no valid one of that name.

    A partitioned table has its partitions' indexes built one by one, none of which stops a writer:
    the index of the whole only brings them together.
    """
    text = file.read_text(encoding="utf-8")
    _set_lock_timeout(connection, INDEX_LOCK_SECONDS)
    partitions = connection.execute(FIND_PARTITIONS.format(**names)).fetchall()
    if not partitions or "{leads}" not in text:
        _with_retry(file, partial(_build_missing, connection, file.stem, text, names))
        return
    found = connection.execute(FIND_INDEX.format(index=sql.Literal(file.stem), **names)).fetchone()
    if found and found[2]:
        return  # It has made itself an index, of another name, on each partition that came since.
    for number, schema, table in partitions:
        partition = sql.Identifier(schema, table)
        its_names = {
            **names,
            "leads": partition,
            "leads_name": sql.Literal(partition.as_string()),
        }
        index = f"{file.stem}_{number}"
        its_text = text.replace(file.stem, index)
        _with_retry(file, partial(_build_missing, connection, index, its_text, its_names))
    whole = text.replace(" concurrently", "")
    # Not concurrent: while it waits, every writer of the table would wait behind it.
    _set_lock_timeout(connection, LOCK_SECONDS)
    _with_retry(file, partial(_build_missing, connection, file.stem, whole, names))


def _build_missing(connection: psycopg.Connection, index: str, text: str, names: Names) -> None:
    find_index = FIND_INDEX.format(index=sql.Literal(index), **names)
    found = connection.execute(find_index).fetchone()
    if found and found[2]:
        return
    if found:
        leftover = sql.Identifier(*found[:2])
        drop = "drop index concurrently {}" if " concurrently" in text else "drop index {}"
        connection.execute(sql.SQL(drop).format(leftover))
    connection.execute(sql.SQL(text).format(**names))


def _template(file: Path) -> sql.SQL:
    return sql.SQL(file.read_text(encoding="utf-8"))


def _set_lock_timeout(connection: psycopg.Connection, seconds: int) -> None:
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{seconds}s"])


def _with_retry(file: Path, action: Callable[[], object]) -> None:
    name = file.relative_to(FOLDER)
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            action()
            return
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            if attempt == LOCK_ATTEMPTS:
                raise MigrationError(
                    f"{name}: another session kept a table locked through {attempt} attempts:"
                    " migrate again when it has ended"
                ) from error
            time.sleep(PAUSE_SECONDS)
        except psycopg.Error as error:
            message = error.diag.message_primary or str(error).strip()
            raise MigrationError(f"{name}: {message}") from error


def _lead_names(mapping: LeadsMapping) -> dict[str, sql.Composable]:
    """Placeholders of leads: `{x}` is an identifier, `{x_name}` the same as a string."""
    names: dict[str, sql.Composable] = {
        "leads": mapping.identifier,
        "leads_name": sql.Literal(mapping.identifier.as_string()),
    }
    words = (sql.SQL("lower({})").format(sql.Literal(word)) for word in mapping.converted)
    names["converted_words"] = sql.SQL(", ").join(words)
    for ours, theirs in mapping.columns.items():
        names |= {ours: sql.Identifier(theirs), f"{ours}_name": sql.Literal(theirs)}
    return names


def _api_names(connection: psycopg.Connection, api_url: str) -> dict[str, sql.Composable]:
    """Placeholders of the API's role, none where there is no URL."""
    if not api_url:
        return {}
    parameters = conninfo_to_dict(api_url)
    role, password = str(parameters.get("user") or ""), parameters.get("password")
    if not role:
        raise MigrationError("the API's database URL names no user")
    verifier = None
    if password:  # sent as a SCRAM verifier, so that no server log ever shows it
        verifier = connection.pgconn.encrypt_password(
            str(password).encode(), role.encode(), b"scram-sha-256"
        ).decode()
    return {
        "api_role": sql.Identifier(role),
        "api_role_name": sql.Literal(role),
        "api_password": sql.Literal(verifier),
    }
