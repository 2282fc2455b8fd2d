"""A passkey in a real browser, whose device is Chromium's virtual one."""

import pytest
from playwright.sync_api import Browser

from tests.helpers.wanted import needs_browser
from tests.web.conftest import PASSWORD, Workbench
from tests.web.helpers.browsing import Site, served

pytestmark = [pytest.mark.slow, needs_browser]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_person_enrols_a_passkey_signs_in_with_it_and_ends_it(
    workbench: Workbench, browser: Browser
) -> None:
    with served(workbench, "localhost") as address:
        site = Site(workbench, browser, address)
        with site.at("handler") as person:
            tools = person.page.context.new_cdp_session(person.page)
            tools.send("WebAuthn.enable")
            tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
            person.open("/account/second")
            person.page.get_by_label("名称").fill("办公室电脑")
            person.click("button", "登记通行密钥")
            person.sees("恢复码")
            person.click("button", "退出", within="body")
            person.page.wait_for_url("**/signin*")
            site.passes(minutes=1)
            person.page.get_by_label("用户编号").fill("handler")
            person.page.get_by_label("密码").fill(PASSWORD)
            person.page.keyboard.press("Enter")
            person.click("button", "用通行密钥登录")
            person.page.wait_for_url(f"{address}/")
            site.passes(minutes=1)
            person.open("/account/second")
            person.page.locator("section[aria-labelledby=end]").get_by_role(
                "button", name="用通行密钥确认"
            ).click()
            person.sees("通行密钥已停用")
        assert site.amiss == []
