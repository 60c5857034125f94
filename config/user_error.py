"""User-facing command error."""


class UserError(Exception):
    """Printed as one line on stderr; the command exits with code 1."""
