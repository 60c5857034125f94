"""Environment of a shell in which an analyst runs dbt by hand, as `export` lines."""

import shlex

from config.settings import Settings
from config.user_error import UserError
from pipelines.dbt_project import connection_variables, project_variables
from warehouse.connect import ensure_reachable
from warehouse.embedded.shared_server import running_server


def shell_exports(settings: Settings) -> str:
    """Returns lines for a POSIX shell. Raises UserError if the warehouse does not respond."""
    url = _warehouse_url(settings)
    ensure_reachable(url, "warehouse")
    variables = {**connection_variables(url), **project_variables(settings)}
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())


def _warehouse_url(settings: Settings) -> str:
    if settings.warehouse_database_url:
        return settings.warehouse_database_url
    server = running_server(settings.home / "postgres")
    if server is None:
        # One started here would stop with this command, before dbt could use it.
        raise UserError(
            f"no database is running in {settings.home}: start the demo with `agent-analytics up"
            " --detach` (`agent-analytics down` stops it), or set WAREHOUSE_DATABASE_URL"
        )
    return server.url("warehouse")
