"""The interface put together: its routes, its faults and its pace, around the same office."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from flows.site.office import Office
from web.api import (
    actions,
    clues,
    credit_classes,
    describing,
    documents,
    exchange,
    orders,
    rules,
    undertakings,
)
from web.api.caller import Pace
from web.api.problems import install_problems


def create_api(office: Office, clock: Callable[[], datetime]) -> FastAPI:
    """The interface of an office, to be mounted under `/api/v1`."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.state.office, api.state.clock = office, clock
    api.state.pace = Pace(office.settings.api_calls_per_minute)
    for module in (
        *(orders, clues, undertakings, actions, documents),
        *(exchange, credit_classes, rules, describing),
    ):
        api.router.routes.extend(module.router.routes)
    install_problems(api)
    return api
