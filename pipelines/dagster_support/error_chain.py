"""Root cause of a serialized Dagster error."""

from dagster_shared.error import SerializableErrorInfo


def root_cause(error: SerializableErrorInfo) -> SerializableErrorInfo:
    """Returns the last error in the chain of causes."""
    while error.cause is not None:
        error = error.cause
    return error
