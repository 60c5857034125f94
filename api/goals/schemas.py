"""Request and response bodies of goals, field by field."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from api.http.schemas import Body, Meta, Model, Number
from goals.goal import Period
from goals.status import Status
from goals.target import TARGET_LIMIT, TargetError, validate_target
from goals.types import GOAL_TYPES, GoalType

FIELDS: dict[GoalType, str] = {goal_type.name: goal_type.field for goal_type in GOAL_TYPES.values()}


def _target(value: object) -> Decimal:
    try:
        if not isinstance(value, Decimal):
            raise TargetError("must be a number")
        return validate_target(value)
    except TargetError as error:
        raise PydanticCustomError("target", "{reason}", {"reason": str(error)}) from None


def _first_day(value: object) -> dt.date:
    try:
        if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
            raise ValueError
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "must be a date like 2026-04-01") from None


def _true_or_false(value: object) -> bool:
    if not isinstance(value, bool):
        raise PydanticCustomError("boolean", "must be true or false")
    return value


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


class _Targets(_RequestBody):
    """At least one of them; a goal that is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra=_not_empty)

    @model_validator(mode="after")
    def _at_least_one(self) -> Self:
        if not self.model_fields_set:
            names = ", ".join(FIELDS.values())
            raise PydanticCustomError(
                "goals", "must contain at least one of {names}", {"names": names}
            )
        return self


if TYPE_CHECKING:
    Targets = _Targets
else:
    # A field for each goal type, named by the type in Python and by its `field` in a body.
    Targets = create_model(
        "Targets",
        __base__=_Targets,
        __doc__=_Targets.__doc__,
        **{name: (Target, Field(default=None, alias=field)) for name, field in FIELDS.items()},
    )

OwnId = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "description": "Your own id is accepted, no other."}),
]


FirstDay = Annotated[
    dt.date | None,
    BeforeValidator(_first_day),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date",
            "description": (
                "The first day of the current period or of one of the next four;"
                " the current period if left out."
            ),
        }
    ),
]
Repeats = Annotated[
    bool | None,
    BeforeValidator(_true_or_false),
    WithJsonSchema(
        {
            "type": "boolean",
            "description": (
                "Whether the goals are set again for the next period when theirs is closed."
                " Left out, a new goal does not repeat and an existing one stays as it is."
            ),
        }
    ),
]


class GoalsRequest(_RequestBody):
    """Goals for a month, or a quarter or year of the fiscal calendar."""

    agent_id: OwnId = None
    period: Period
    goals: Targets
    period_start: FirstDay = None
    repeats: Repeats = None

    def targets(self) -> dict[GoalType, Decimal]:
        """By type, in the order of the types."""
        sent: dict[Any, Decimal] = self.goals.model_dump(exclude_unset=True)
        return dict(sorted(sent.items()))


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
    repeats: bool


class PeriodStarts(Model):
    """First days of the periods that goals can be set for: the current one and the next four."""

    monthly: list[dt.date]
    quarterly: list[dt.date]
    yearly: list[dt.date]


class Goals(Body):
    goals: list[Goal]
    period_starts: PeriodStarts
    meta: Meta
