"""Errors that requests are answered with; a body never says more than its one line."""

from datetime import date

from fastapi.exceptions import RequestValidationError


class ApiError(Exception):
    """A request that is answered by an error instead of data."""

    status: int
    error: str

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        super().__init__(self.error)
        self.headers = headers or {}


class AuthenticationRequiredError(ApiError):
    status = 401
    error = "Authentication required"

    def __init__(self) -> None:
        super().__init__({"WWW-Authenticate": "Bearer"})


class AgentAccessRequiredError(ApiError):
    status = 403
    error = "Agent access required"


class ForeignDataError(ApiError):
    status = 403
    error = "Can only access own data"


class GoalsExistError(ApiError):
    status = 409

    def __init__(self, period: str, fields: list[str]) -> None:
        exists = "goal already exists" if len(fields) == 1 else "goals already exist"
        self.error = f"{period.capitalize()} {exists}: {', '.join(fields)}"
        super().__init__()


class GoalClosedError(ApiError):
    status = 409

    def __init__(self, field: str, period_end: date) -> None:
        self.error = f"Goal period ended on {period_end.isoformat()}: {field}"
        super().__init__()


class GoalNotFoundError(ApiError):
    """No open goal of the agent has this id."""

    status = 404
    error = "Goal not found"


class BodyTooLargeError(ApiError):
    status = 413
    error = "Request body too large"


class UnsupportedMediaTypeError(ApiError):
    status = 415
    error = "Content-Type must be application/json"


class TooManyRequestsError(ApiError):
    status = 429
    error = "Too many requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__({"Retry-After": str(retry_after)})


class InvalidParameterError(RequestValidationError):
    """A parameter that is only found to be invalid when it is used."""

    def __init__(self, place: str, name: str, message: str) -> None:
        super().__init__([{"loc": (place, name), "msg": message}])


class UnavailableError(ApiError):
    """Something that the answer needs is away for now; trying again may help."""

    status = 503

    def __init__(self) -> None:
        super().__init__({"Retry-After": "5"})


class WarehouseDownError(UnavailableError):
    error = "Warehouse unavailable"


class OperationalDownError(UnavailableError):
    error = "Operational database unavailable"


class NoBuildPublishedError(UnavailableError):
    error = "No build published yet"


class PeriodNotBuiltError(UnavailableError):
    """A period that this version names, but the served build was made without."""

    error = "The published build does not have this period yet"


class KeysUnavailableError(UnavailableError):
    error = "Signing keys unavailable"
