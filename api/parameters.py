"""What a request may ask for in its query; anything else is refused by name."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Parameters(BaseModel):
    """The parameter that every route takes."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    agent_id: str | None = Field(None, description="Your own id is accepted, no other.")

    def bound(self) -> dict[str, object]:
        """The values that the route's statements are bound to."""
        return self.model_dump(exclude={"agent_id"})


class Window(Parameters):
    """A number of dates up to the as-of date."""

    date_range: Literal["7", "30", "90", "365"] = "30"

    def bound(self) -> dict[str, object]:
        return {"date_range": int(self.date_range)}


class Period(Parameters):
    """The size of a bucket: 30 days, 12 ISO weeks or 12 calendar months are answered."""

    period: Literal["daily", "weekly", "monthly"] = "daily"
