"""Example bodies of the timeline, as the OpenAPI document shows them."""

from typing import Any

from api.http.schemas import META_EXAMPLE as META

ACTIVITIES: dict[str, Any] = {
    "agentId": "agent-7",
    "activities": [
        {
            "id": 90210,
            "type": "conversion",
            "title": "Sale Closed",
            "description": None,
            "timestamp": "2026-03-31T09:12:44.018532Z",
            "metadata": {"revenue": 1250.50},
        },
        {
            "id": 90177,
            "type": "call",
            "title": "Call",
            "description": "Asked for an offer by Friday",
            "timestamp": "2026-03-31T08:40:02.5Z",
            "metadata": {"outcome": "done"},
        },
    ],
    "nextCursor": "8kq1c2l0Zc2OqA3mJr5b9QmZr0tqg0dGAAZHVx8k2bQAAAAAAAFgQWFsbA",
    "meta": META,
}
