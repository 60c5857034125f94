"""Logged exceptions have type and location, and no data."""

import asyncio
import gc
import json
import logging

import pytest

from api.observability.json_log import JsonFormatter


def test_an_unawaited_tasks_error_is_logged_without_its_message(
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
    entry = json.loads(line)
    assert entry["message"] == "Task exception was never retrieved"
    assert entry["exception"][0]["kind"] == "builtins.ValueError"
