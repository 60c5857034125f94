"""What a command cannot do, in the one line that its user gets to read."""


class UserError(Exception):
    """Ends a command with its message on stderr and exit code 1."""
