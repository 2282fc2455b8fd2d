"""Other systems in front of a test workbench, each with a token of its own."""

from datetime import timedelta

from starlette.testclient import TestClient

from flows.systems.access_tokens import SCOPES, Issued, TokenWish, issue_token
from tests.helpers.people import actor
from tests.web.conftest import Client, Workbench

ALL = tuple(SCOPES)


def token(workbench: Workbench, user: str = "desk", *scopes: str, days: int = 30) -> Issued:
    """A token in somebody's name, for everything that he may have one for."""
    wanted = scopes or tuple(one for one in ALL if one != "orders" or user == "desk")
    wish = TokenWish(
        label="市平台",
        user=user,
        scopes=wanted,
        expires_at=workbench.clock() + timedelta(days=days),
        channel="hotline" if "orders" in wanted else "",
    )
    return issue_token(workbench.office, wish, actor("administrator"), workbench.clock())


def bearing(workbench: Workbench, secret: str) -> TestClient:
    """A program that shows a token, and sends nothing that a browser would."""
    return Client(
        workbench.app,
        base_url="http://127.0.0.1:8000",
        headers={"Authorization": f"Bearer {secret}"} if secret else {},
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def system(workbench: Workbench, user: str = "desk", *scopes: str) -> TestClient:
    """A program with a token in somebody's name."""
    return bearing(workbench, token(workbench, user, *scopes).secret)
