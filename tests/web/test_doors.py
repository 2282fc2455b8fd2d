"""Who gets in, who stays in, and what no foreign page can do."""

from tests.web.conftest import PASSWORD, Workbench


def test_first_page_asks_for_a_sign_in_and_comes_back(workbench: Workbench) -> None:
    client = workbench.nobody()

    answer = client.get("/?q=x")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=/%3Fq%3Dx"


def test_right_password_opens_a_session_that_scripts_cannot_read(workbench: Workbench) -> None:
    client = workbench.nobody()

    answer = client.post("/signin", data={"account": "handler", "password": PASSWORD, "next": "/"})

    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
