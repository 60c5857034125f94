"""Fuzzed requests get answers that match their schema, and never a 5xx."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.servers.api_server import Api, bearer, token

pytest_plugins = ("tests.support.fixtures.api",)

STREAM = "/agent/analytics/activities/stream"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def operations(api: Api) -> list[Any]:
    document: BaseSchema = schemathesis.openapi.from_url(f"{api.url}/openapi.json")
    return [result.ok() for result in document.get_all_operations()]


def fuzz(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> int:
    """Requests as the document allows or, in the negative mode, forbids them; how many."""
    sent = 0

    @limits(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        nonlocal sent
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        sent += 1

    send()
    return sent


def assert_every_answer_is_of_its_schema(operations: list[Any], headers: dict[str, str]) -> None:
    for operation in operations:
        assert fuzz(operation, GenerationMode.POSITIVE, headers), operation.label
    wrong = [operation for operation in operations if "dateRange" in operation.query]
    assert all(fuzz(operation, GenerationMode.NEGATIVE, headers) for operation in wrong)
    bodies = [operation for operation in operations if operation.body]
    assert all(fuzz(operation, GenerationMode.NEGATIVE, headers) for operation in bodies)
    assert wrong
    assert bodies


def test_with_a_token_every_answer_is_of_its_schema(operations: list[Any]) -> None:
    # The stream is an answer without an end.
    finite = [operation for operation in operations if operation.path != STREAM]
    assert_every_answer_is_of_its_schema(finite, bearer(token()))


def test_without_a_token_every_answer_is_of_its_schema(operations: list[Any]) -> None:
    assert_every_answer_is_of_its_schema(operations, {"Authorization": "Bearer none"})
