"""The format of agent ids: text of 1 to 50 characters that Postgres can store."""

MAX_LENGTH = 50
"""Width of the columns `agent_id`."""


def is_agent_id(value: object) -> bool:
    return (
        isinstance(value, str)
        and bool(value.strip())
        and len(value) <= MAX_LENGTH
        and "\0" not in value
        and value.encode(errors="replace").decode() == value
    )
