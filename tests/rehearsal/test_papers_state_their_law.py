"""The papers of the rehearsal, read as a receiving organ reads them: articles, and no gaps."""

import re
from pathlib import Path

import pytest
from sqlmodel import select

from documents.output.kept_facts import typed_facts
from documents.templates.kinds import load_template
from domain.tables.record import IssuedDocument
from flows.site.store import reading
from tests.helpers.rehearsed import play, rehearsal_office
from tests.helpers.story import docx_text

ARTICLE = "第[〇零一二三四五六七八九十百]+条"
BASIS = {
    "penalty_decision": f"依据《[^《》]+》{ARTICLE}[^，。]*的规定，本机关决定对当事人处罚如下",
    "penalty_notice": f"依据《[^《》]+》{ARTICLE}[^，。]*的规定",
    "seizure_decision": f"《[^《》]+》{ARTICLE}",
    "spot_decision": f"《[^《》]+》{ARTICLE}",
}
"""How each of these papers names what it rests on."""
STRUCK = re.compile(r"(?m)^\s*/\s*$")
"""A paragraph that is nothing but a stroke."""
STORIES = {
    "SL20260921029": {"spot_decision"},
    "SL20260921002": {"penalty_decision", "penalty_notice"},
    "SL20260921028": {"penalty_decision", "penalty_notice", "seizure_decision"},
    "SL20260921048": {"penalty_decision", "penalty_notice"},
}
"""By work order: the papers whose basis is read."""


@pytest.mark.parametrize("number", STORIES)
def test_every_penalty_names_its_article_and_no_demanded_content_is_empty(
    number: str, tmp_path: Path
) -> None:
    """处罚法第四十四条、第五十二条、第五十九条, 强制法第二十四条."""
    office = rehearsal_office(tmp_path)

    play(office, number)

    with reading(office.engine) as session:
        issued = list(session.exec(select(IssuedDocument)))
    assert STORIES[number] <= {one.kind for one in issued}
    for one in issued:
        template = load_template(office.rules.documents[one.kind].template)
        facts = typed_facts(template.form, one.facts)
        empty = [fact.name for fact in template.form.demanded if fact.is_missing(facts)]
        assert empty == [], one.title
        if one.kind in BASIS:
            text = docx_text(office.shelf.get(one.sha256))
            assert re.search(BASIS[one.kind], text), text
            assert STRUCK.search(text) is None, text
