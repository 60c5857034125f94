"""Command `dbt-env`: the environment in which dbt reaches the warehouse."""

from config.settings import Settings


def dbt_env() -> None:
    """Print the variables that dbt needs in a shell: `eval "$(agent-analytics dbt-env)"`.

    Starts no server: without WAREHOUSE_DATABASE_URL the demo has to be running.
    """
    from cli.dbt_env import shell_exports

    print(shell_exports(Settings()))
