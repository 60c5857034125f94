"""A parsed analytics request. Together with the build id it is the cache key of its answer."""

from dataclasses import dataclass
from functools import cached_property

from api.analytics.endpoints import Endpoint
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
    def repeated(self) -> dict[str, object]:
        """The parameters as the answer repeats them."""
        return self.parameters.model_dump(by_alias=True, exclude={"agent_id", "compare"})

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same however the request was written; its first part is the agent."""
        return self.agent, self.endpoint.path, tuple(self.bound.values()), self.media_type
