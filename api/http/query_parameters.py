"""Query parameters that every route of an agent takes; unknown ones are rejected by name."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class QueryParameters(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    agent_id: str | None = Field(None, description="Your own id is accepted, no other.")

    def bound(self) -> dict[str, object]:
        """The values that the route's statement is bound to."""
        return self.model_dump(exclude={"agent_id"})
