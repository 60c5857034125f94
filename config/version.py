"""Version of the installed distribution."""

import functools
from importlib.metadata import version


@functools.cache
def installed_version() -> str:
    """As the API, the OpenAPI document and `agent-analytics --version` show it."""
    return version("agent-analytics")
