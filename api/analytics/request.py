"""A parsed analytics request. Together with the build id it is the cache key of its answer."""

from dataclasses import dataclass
from functools import cached_property

from api.analytics.endpoints import Endpoint
from api.analytics.free_range import FreeRange, of_free_range
from api.analytics.parameters import WithDates
from api.db.statements import Statement
from api.http.query_parameters import QueryParameters


@dataclass(frozen=True)
class AnalyticsRequest:
    endpoint: Endpoint
    agent: str
    parameters: QueryParameters
    media_type: str

    @cached_property
    def bound(self) -> dict[str, object]:
        """The values that the endpoint's statement is bound to."""
        return self.parameters.bound()

    @cached_property
    def free_range(self) -> FreeRange | None:
        """The dates from `from` to `to`; None for a named period, or without a period."""
        parameters = self.parameters
        return parameters.free_range if isinstance(parameters, WithDates) else None

    @property
    def statement(self) -> Statement:
        statement = self.endpoint.statement
        return statement if self.free_range is None else of_free_range(statement)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same however the request was written; its first part is the agent."""
        return self.agent, self.endpoint.path, tuple(self.bound.values()), self.media_type
