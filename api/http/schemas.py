"""Schemas that all response bodies share: camel-case models, exact numbers, `meta`."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A decimal that is served digit by digit as the warehouse holds it."""


class Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Meta(Model):
    """Which build answered, and whether it is older than it should be."""

    as_of: dt.date
    data_through: dt.datetime | None = Field(description="Newest source change in the build.")
    built_at: dt.datetime
    build_id: int
    time_zone: str = Field(description="IANA name; every date is a day in it.")
    stale: bool
    currency: str | None = Field(
        description="ISO 4217 code of all amounts in the answer; null if none is set."
    )


class Body(Model):
    agent_id: str
