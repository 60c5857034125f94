"""What one agent asks of one route: with the build, all that the answer depends on."""

from dataclasses import dataclass
from functools import cached_property

from api.endpoints import Endpoint
from api.parameters import Parameters


@dataclass(frozen=True)
class Question:
    endpoint: Endpoint
    agent: str
    parameters: Parameters
    media_type: str

    @cached_property
    def bound(self) -> dict[str, object]:
        """The values that the route's statement is bound to."""
        return self.parameters.bound()

    @cached_property
    def asked(self) -> dict[str, object]:
        """The parameters as the answer repeats them."""
        return self.parameters.model_dump(by_alias=True, exclude={"agent_id"})

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same for every spelling; its first part is the agent."""
        return self.agent, self.endpoint.path, tuple(self.bound.values()), self.media_type
