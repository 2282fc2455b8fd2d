"""Idempotent calls: the Idempotency-Key header, and the answer that is given again."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated

from fastapi import Header, Request
from sqlmodel import Session
from starlette.responses import Response

from flows.systems.answered_calls import Call, answer_once
from web.api.caller import Caller

JSON = "application/json"
REPLAYED = "Idempotency-Replayed"
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="幂等键：7日内以同一键重发同样的请求，得到同样的回答而不重复办理",
        pattern=r"^[!-~]{0,100}$",
    ),
]


def remembered_call(request: Request, caller: Caller, key: str, words: object) -> Call:
    """The call as it is remembered: its key, and a fingerprint of where it went with what."""
    told = json.dumps(
        [request.method, request.url.path, words], sort_keys=True, separators=(",", ":")
    )
    return Call(caller.holder.token_id, key, sha256(told.encode()).hexdigest())


def answer_of(caller: Caller, call: Call, work: Callable[[Session], str]) -> Response:
    """The answer of the work, done once however often the call comes."""
    body, replayed = answer_once(caller.office, call, caller.now, work)
    return Response(body, media_type=JSON, headers={REPLAYED: "true"} if replayed else {})
