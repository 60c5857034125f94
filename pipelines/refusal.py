"""What a command cannot do, in the one line that its user gets to read."""


class Refusal(Exception):  # noqa: N818 - said to a person, who did nothing exceptional
    """Ends a command with its message on stderr and exit code 1."""
