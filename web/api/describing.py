"""The description of the interface: its OpenAPI file, and a page to read it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic.json_schema import models_json_schema
from starlette.responses import Response

from flows.systems.access_tokens import SCOPES
from flows.systems.answered_calls import KEPT_FOR
from flows.systems.webhooks import event_names
from web.api.models import WorkOrder
from web.api.problems import KINDS, Problem
from web.request.desk import office_of
from web.request.render import page

router = APIRouter()
PREFIX = "/api/v1"
VERSION = "1"
ABOUT = (
    "推送工单、跟踪线索、办理和取文书。以管理员签发的令牌调用，权限和可见范围与令牌所记人员相同；"
    "时间一律为带时区的 ISO 8601；错误一律为 application/problem+json（RFC 9457），"
    "列出全部理由和依据。"
)


@dataclass(frozen=True)
class Item:
    """A field or parameter as the page tells of it."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """A route as the page tells of it."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Item, ...]
    sends: str
    answers: str
    faults: tuple[tuple[str, str], ...]


def openapi_file(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI file, made once."""
    if api.openapi_schema is None:
        found = get_openapi(
            title="移送 接口", version=VERSION, description=ABOUT, routes=api.routes
        )
        found["components"].setdefault("schemas", {}).update(_own_schemas())
        found["servers"] = [{"url": PREFIX}]
        for operation in _operations(found):
            _plain_body(operation)
        api.openapi_schema = found
    return api.openapi_schema


def _operations(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for methods in schema["paths"].values() for one in methods.values()]


def _plain_body(operation: Mapping[str, Any]) -> None:
    """A body that a route describes itself is that and nothing else."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if "oneOf" in body.get("schema", {}):
        body["schema"] = {"oneOf": body["schema"]["oneOf"]}


def _own_schemas() -> dict[str, Any]:
    """The records that routes name without FastAPI's knowing."""
    _, told = models_json_schema(
        [(WorkOrder, "validation"), (Problem, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = told["$defs"]
    return schemas


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The interface for programs."""
    return JSONResponse(openapi_file(request.app))


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """The interface for people."""
    schema = openapi_file(request.app)
    return page(
        request,
        "api/docs.html",
        about=ABOUT,
        operations=operations_of(schema),
        records=records_of(schema),
        kinds=KINDS,
        scopes=SCOPES,
        events=event_names(office_of(request)),
        kept_days=KEPT_FOR.days,
        per_minute=request.app.state.pace.per_minute,
        base=office_of(request).settings.base_url.rstrip("/") + PREFIX,
    )


def operations_of(schema: Mapping[str, Any]) -> list[Operation]:
    """Every route in the order of the file."""
    return [
        _operation(path, method, told)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]


def _operation(path: str, method: str, told: Mapping[str, Any]) -> Operation:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = told["responses"]["200"].get("content", {})
    media = next(iter(answers), "")
    good = answers.get(media, {}).get("schema", {})
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        about=told.get("description", ""),
        parameters=tuple(_parameter(one) for one in told.get("parameters", ())),
        sends=_kind(body.get("schema", {})) if body else "",
        answers=_kind(good) if media == "application/json" else media,
        faults=tuple(
            (status, one["description"])
            for status, one in told["responses"].items()
            if status >= "400"
        ),
    )


def _parameter(told: Mapping[str, Any]) -> Item:
    places = {"path": "路径", "query": "参数", "header": "请求头"}
    return Item(
        name=told["name"],
        kind=places[told["in"]],
        required=told.get("required", False),
        about=told.get("description") or told["schema"].get("description", ""),
    )


def records_of(schema: Mapping[str, Any]) -> list[tuple[str, list[Item]]]:
    """Every record with its fields."""
    found: list[tuple[str, list[Item]]] = []
    for name, told in sorted(schema["components"]["schemas"].items()):
        required = set(told.get("required", ()))
        fields = [
            Item(key, _kind(one), key in required, one.get("description", ""))
            for key, one in told.get("properties", {}).items()
        ]
        found.append((name, fields))
    return found


def _kind(told: Mapping[str, Any]) -> str:
    """The shape of a value in a word."""
    if "$ref" in told:
        return str(told["$ref"]).rpartition("/")[2]
    if "anyOf" in told or "oneOf" in told:
        parts = [_kind(one) for one in told.get("anyOf") or told["oneOf"]]
        return " | ".join(dict.fromkeys(parts))
    if told.get("type") == "array":
        return f"{_kind(told.get('items', {}))}[]"
    form = told.get("format")
    return f"{told.get('type', 'any')}（{form}）" if form else str(told.get("type", "any"))
