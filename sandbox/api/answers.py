"""Answers and refusals in HubSpot's words."""

import uuid
from typing import Any

import orjson
from starlette.responses import Response


class Refused(Exception):  # noqa: N818
    """A request that HubSpot would refuse: its status, message, category and what else its body holds."""

    def __init__(self, status: int, message: str, category: str = "VALIDATION_ERROR", **more: Any) -> None:
        super().__init__(message)
        self.status, self.category, self.more = status, category, more

    def response(self, headers: dict[str, str] | None = None) -> Response:
        """The refusal as it goes over the wire."""
        body = {
            "status": "error",
            "message": str(self),
            "correlationId": str(uuid.uuid4()),
            "category": self.category,
        }
        return json_answer(body | self.more, self.status, headers)


def json_answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON, quickly."""
    media_type = "application/json;charset=utf-8"
    return Response(orjson.dumps(content), status_code=status, headers=headers, media_type=media_type)


def too_many(policy: str, *, is_search: bool) -> Refused:
    """HubSpot's 429 for a limit that is used up."""
    what = "secondly" if is_search else "daily" if policy == "DAILY" else "ten_secondly_rolling"
    return Refused(
        429,
        f"You have reached your {what} limit.",
        "RATE_LIMITS",
        errorType="RATE_LIMIT",
        policyName=policy,
    )
