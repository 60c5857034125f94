"""Query parameters that every route of an agent takes; unknown ones are rejected by name."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class QueryParameters(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    dates_member: ClassVar[str | None] = None
    """Member of the answer that holds the dates of the period that is read."""

    agent_id: str | None = Field(None, description="Your own id is accepted, no other.")

    def bound(self) -> dict[str, object]:
        """The values that the route's statement is bound to."""
        return self.model_dump(exclude={"agent_id"})

    def repeated(self) -> dict[str, object]:
        """The parameters that the answer repeats."""
        return self.model_dump(by_alias=True, exclude={"agent_id"})
