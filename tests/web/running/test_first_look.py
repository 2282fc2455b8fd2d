"""Nobody who looks at a page first in a web process waits for its template to be compiled."""

import pytest
from jinja2 import Environment

from web.request.render import ENVIRONMENT, compile_templates


def test_a_web_process_has_compiled_every_template_before_it_serves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compile_templates()
    compiled: list[object] = []
    monkeypatch.setattr(Environment, "compile", lambda *told, **_: compiled.append(told))

    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)

    assert not compiled
