"""A drawing of a lifecycle on a telephone begins with its first state and not beside it."""

import pytest

from tests.helpers.wanted import needs_browser
from tests.web.helpers.browsing import Site

pytestmark = [pytest.mark.slow, needs_browser]
IN_VIEW = """box => {
  const all = box.getBoundingClientRect();
  const first = box.querySelector(".life-state").getBoundingClientRect();
  return first.left >= all.left && first.right <= all.right;
}"""


def test_the_first_state_is_in_view_on_a_telephone(site: Site) -> None:
    with site.at("handler") as handler:
        handler.page.set_viewport_size({"width": 390, "height": 844})
        for kind in ("referral", "case", "clue", "part"):
            handler.open(f"/rules/lifecycles/{kind}")
            assert handler.page.locator(".drawing").evaluate(IN_VIEW), kind
