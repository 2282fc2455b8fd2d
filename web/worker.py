"""A web process, alone or among several: the application of the site in the environment."""

from fastapi import FastAPI

from flows.site.office import open_office
from web.app import create_app


def app() -> FastAPI:
    """The application; its tables were brought up to date by who started the processes."""
    return create_app(open_office())
