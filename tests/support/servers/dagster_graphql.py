"""Dagster's GraphQL as its UI and other programs use it: launches, and what became of them."""

import time
from datetime import date
from typing import Any

import httpx

from pipelines.dagster_support.home import LOCATION
from pipelines.jobs import REFRESH_JOB, range_tags
from tests.support.waiting import PATIENCE

DAY_BY_DAY = "refresh_day_by_day"
POLL_SECONDS = 1.0
LONGEST_SECONDS = 1200
REPOSITORY = {
    "repositoryLocationName": LOCATION,
    "repositoryName": "__repository__",
}
ASSETS = "{assetNodes {isExecutable assetKey {path}}}"
PARTITIONS = """
{
    assetNodes {
        assetKey {path}
        partitionStats {numPartitions numMaterialized}
    }
}"""
LAUNCH_BACKFILL = """
mutation ($backfill: LaunchBackfillParams!) {
    launchPartitionBackfill(backfillParams: $backfill) {
        __typename
        ... on LaunchBackfillSuccess {backfillId}
        ... on PythonError {message}
    }
}"""
BACKFILL = """
query ($id: String!) {
    partitionBackfillOrError(backfillId: $id) {
        ... on PartitionBackfill {
            status
            error {message}
            runs(limit: 100) {runId status startTime endTime tags {key value}}
        }
    }
}"""
LAUNCH_RUN = """
mutation ($run: ExecutionParams!) {
    launchRun(executionParams: $run) {
        __typename
        ... on LaunchRunSuccess {run {runId}}
        ... on PythonError {message}
        ... on RunConfigValidationInvalid {errors {message}}
    }
}"""
RUN_AGAIN = """
mutation ($run: ReexecutionParams!) {
    launchRunReexecution(reexecutionParams: $run) {
        __typename
        ... on LaunchRunSuccess {run {runId}}
        ... on PythonError {message}
    }
}"""
RUN = "query ($id: ID!) {runOrError(runId: $id) {... on Run {status}}}"
FAILURES = """
query ($id: ID!) {
    logsForRun(runId: $id) {
        ... on EventConnection {
            events {
                ... on ExecutionStepFailureEvent {stepKey error {message causes {message}}}
                ... on RunFailureEvent {message}
                ... on ExecutionStepUpForRetryEvent {stepKey error {message}}
            }
        }
    }
}"""


class DagsterGraphql:
    """A client of one webserver."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def backfill_assets(self, days: list[date]) -> str:
        """Of all assets together, each by its own policy; the backfill's id."""
        assets = self._query(ASSETS)["assetNodes"]
        keys = [node["assetKey"] for node in assets if node["isExecutable"]]
        return self._backfill({"assetSelection": keys}, days)

    def backfill_day_by_day(self, days: list[date]) -> str:
        """A run for each day; the backfill's id."""
        name = f"{DAY_BY_DAY}_partition_set"
        selector = {"partitionSetName": name, "repositorySelector": REPOSITORY}
        return self._backfill({"selector": selector}, days)

    @property
    def is_loaded(self) -> bool:
        """Whether the code has been found."""
        return bool(self._query(ASSETS)["assetNodes"])

    def missing_partitions(self) -> dict[str, int]:
        """Number of missing partitions by asset that has partitions."""
        return {
            "/".join(node["assetKey"]["path"]): stats["numPartitions"] - stats["numMaterialized"]
            for node in self._query(PARTITIONS)["assetNodes"]
            if (stats := node["partitionStats"])
        }

    def launch(self, tags: dict[str, str]) -> str:
        """A run of the refresh job; its id."""
        selector = {**REPOSITORY, "jobName": REFRESH_JOB.name}
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        run = {"selector": selector, "executionMetadata": {"tags": pairs}, "runConfigData": {}}
        return self._launched(self._query(LAUNCH_RUN, run=run)["launchRun"])

    def launch_day(self, day: date) -> str:
        return self.launch({"dagster/partition": day.isoformat()})

    def launch_range(self, first: date, last: date) -> str:
        return self.launch(range_tags(first, last))

    def launch_again(self, run_id: str) -> str:
        """Runs all steps of the run again; returns the new run's id."""
        run = {"parentRunId": run_id, "strategy": "ALL_STEPS"}
        return self._launched(self._query(RUN_AGAIN, run=run)["launchRunReexecution"])

    def backfill(self, backfill_id: str) -> dict[str, Any]:
        """Status, error and runs of a backfill as it is now."""
        found: dict[str, Any] = self._query(BACKFILL, id=backfill_id)["partitionBackfillOrError"]
        return found

    def ended_backfill(self, backfill_id: str) -> dict[str, Any]:
        """The backfill once it is at its end, which must be a good one."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while (found := self.backfill(backfill_id))["status"] in ("REQUESTED", "COMPLETED"):
            assert time.monotonic() < deadline, found
            time.sleep(POLL_SECONDS)
        assert found["status"] == "COMPLETED_SUCCESS", found
        assert {run["status"] for run in found["runs"]} == {"SUCCESS"}, found
        return found

    def end_runs(self, *run_ids: str) -> None:
        """Waits for runs, which must succeed."""
        deadline = time.monotonic() + LONGEST_SECONDS
        for run_id in run_ids:
            while (status := self._query(RUN, id=run_id)["runOrError"]["status"]) != "SUCCESS":
                assert status not in ("FAILURE", "CANCELED"), self._failures(run_id)
                assert time.monotonic() < deadline, (run_id, status)
                time.sleep(POLL_SECONDS)

    def _failures(self, run_id: str) -> list[dict[str, Any]]:
        return [
            event for event in self._query(FAILURES, id=run_id)["logsForRun"]["events"] if event
        ]

    def _backfill(self, of: dict[str, Any], days: list[date]) -> str:
        backfill = {**of, "partitionNames": [day.isoformat() for day in days]}
        done = self._query(LAUNCH_BACKFILL, backfill=backfill)["launchPartitionBackfill"]
        assert done["__typename"] == "LaunchBackfillSuccess", done
        return str(done["backfillId"])

    def _launched(self, done: dict[str, Any]) -> str:
        assert done["__typename"] == "LaunchRunSuccess", done
        return str(done["run"]["runId"])

    def _query(self, query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = self._client.post("/graphql", json=body).raise_for_status().json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data
