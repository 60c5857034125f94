"""A line of the API's log tells of an exception what kind it was and where, and nothing of data."""

import asyncio
import gc
import json
import logging

import pytest

from api.observability.json_log import JsonFormatter


def test_a_task_that_nobody_waited_for_is_told_without_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def failing() -> None:
        raise ValueError("a customer's name")

    async def nobody_waits() -> None:
        task = asyncio.create_task(failing())
        await asyncio.sleep(0)
        del task
        gc.collect()

    with caplog.at_level(logging.ERROR, "asyncio"):
        asyncio.run(nobody_waits())
    [record] = caplog.records
    line = JsonFormatter().format(record)
    assert "customer" not in line
    told = json.loads(line)
    assert told["message"] == "Task exception was never retrieved"
    assert told["exception"][0]["kind"] == "builtins.ValueError"
