"""What an error that Dagster has kept began with."""

from dagster_shared.error import SerializableErrorInfo


def root_cause(error: SerializableErrorInfo) -> SerializableErrorInfo:
    """The last of its chain of causes."""
    while error.cause is not None:
        error = error.cause
    return error
