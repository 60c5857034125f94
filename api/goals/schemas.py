"""Request and response bodies of goals, field by field."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from api.http.schemas import Body, Meta, Model, Number
from goals.goal import Period
from goals.status import Status
from goals.target import TARGET_LIMIT, TargetError, validate_target
from goals.types import GoalType

FIELDS: dict[GoalType, str] = {
    "conversions": "conversions",
    "revenue": "revenue",
    "response_time": "responseTimeHours",
}


def _target(value: object) -> Decimal:
    try:
        if not isinstance(value, Decimal):
            raise TargetError("must be a number")
        return validate_target(value)
    except TargetError as error:
        raise PydanticCustomError("target", "{reason}", {"reason": str(error)}) from None


Target = Annotated[
    Decimal | None,
    BeforeValidator(_target),
    WithJsonSchema(
        {
            "type": "number",
            "exclusiveMinimum": 0,
            "exclusiveMaximum": int(TARGET_LIMIT),
            "description": "At most 2 decimals.",
        }
    ),
]


def _without_defaults(schema: dict[str, Any]) -> None:
    """An optional field may be left out, but must not be null."""
    for field in schema["properties"].values():
        field.pop("default", None)


def _not_empty(schema: dict[str, Any]) -> None:
    _without_defaults(schema)
    schema["minProperties"] = 1


class _RequestBody(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        json_schema_extra=_without_defaults,
    )


class Targets(_RequestBody):
    """At least one of them; a goal that is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra=_not_empty)

    conversions: Target = None
    revenue: Target = None
    response_time_hours: Target = None

    @model_validator(mode="after")
    def _at_least_one(self) -> Self:
        if not self.model_fields_set:
            names = ", ".join(FIELDS.values())
            raise PydanticCustomError(
                "goals", "must contain at least one of {names}", {"names": names}
            )
        return self


OwnId = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "description": "Your own id is accepted, no other."}),
]


class GoalsRequest(_RequestBody):
    """Goals for the calendar month, quarter or year of today."""

    agent_id: OwnId = None
    period: Period
    goals: Targets

    def targets(self) -> dict[GoalType, Decimal]:
        """By type, in the order of the types."""
        sent: dict[str, Any] = self.goals.model_dump(by_alias=True, exclude_unset=True)
        return {kind: sent[field] for kind, field in sorted(FIELDS.items()) if field in sent}


class Goal(Model):
    """A goal with its progress up to the as-of date, in the unit of its target."""

    id: int
    period: Period
    goal_type: GoalType
    target: Number
    current: Number | None = Field(description="null where no lead has been answered.")
    completion_percentage: Number | None
    status: Status
    expected_to_date: Number
    projected: Number | None
    needed_per_day: Number | None
    period_start: dt.date
    period_end: dt.date
    achieved_at: dt.datetime | None


class Goals(Body):
    goals: list[Goal]
    meta: Meta
