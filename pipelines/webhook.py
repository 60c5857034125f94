"""Webhook client for operators' alerts.

An alert contains no rows, no addresses and no error messages, which may quote either.
"""

import json
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Literal
from urllib.error import HTTPError, URLError

ATTEMPTS = 3
ANSWER_SECONDS = 5.0
PAUSE_SECONDS = 1.0


class WebhookError(RuntimeError):
    """An alert was not delivered; the message leaves out the URL, which is a secret."""


@dataclass(frozen=True)
class Alert:
    """An alert: `text` is for people; kind, severity and facts are for programs."""

    kind: Literal["run_failed", "data_stale", "data_fresh"]
    severity: Literal["error", "warning", "info"]
    text: str
    facts: Mapping[str, Any]


def send(url: str, alert: Alert) -> None:
    """Posts the alert, with retries if the receiver is down; raises WebhookError after the last."""
    body = {
        "text": alert.text,
        "source": "agent-analytics",
        "kind": alert.kind,
        "severity": alert.severity,
        "sentAt": datetime.now(UTC).isoformat(timespec="seconds"),
        "facts": alert.facts,
    }
    request = urllib.request.Request(  # noqa: S310 - the setting takes http and https only
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "User-Agent": "agent-analytics"},
    )
    reason = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE_SECONDS * 2 ** (attempt - 1))
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS):  # noqa: S310
                return
        except HTTPError as error:
            error.close()
            reason = f"returned status {error.code}"
            if error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in (
                HTTPStatus.REQUEST_TIMEOUT,
                HTTPStatus.TOO_MANY_REQUESTS,
            ):
                break
        except (URLError, HTTPException, OSError) as error:
            reason = f"cannot be reached ({type(getattr(error, 'reason', error)).__name__})"
    raise WebhookError(f"ALERT_WEBHOOK_URL {reason}")
