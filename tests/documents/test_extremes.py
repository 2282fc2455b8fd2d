"""Papers that say more than usual: long names, titles of several lines, copies, forty rows."""

import re
from collections.abc import Mapping

import pytest
from docx.oxml.ns import qn
from lxml import etree

from documents.output.extremes import extreme_facts
from documents.templates.kinds import Template, load_template, sample_facts
from documents.templates.package import read_members
from documents.templates.template_files import SHIPPED, kinds_in

KINDS = kinds_in(SHIPPED)


ORGAN = "示例省示例自治州生态环境局示例经济技术开发区分局生态环境综合行政执法支队直属大队"


def test_the_name_of_an_organ_takes_even_lines_and_no_word_of_it_is_parted() -> None:
    """Marks shrink with the name; signature, head and imprint are broken behind a word."""
    for kind, styles in (
        ("supervision_circular", ("MarkLonger", "SignNameWide", "Imprint")),
        ("transfer_letter", ("Organ", "SignNameWide")),
    ):
        template = load_template(kind)
        document = finished(template, {**sample_facts(template), "承办部门": ORGAN})
        for name in styles:
            [told] = [one for one in lines_of(document, name) if ORGAN[:6] in "".join(one)]
            assert "".join(told).startswith(ORGAN)
            assert 2 <= len(told) <= 3, told
            assert all(len(line) <= 21 for line in told[:-1]), told
            assert told[0].endswith(("局", "开发区", "分局")), told
    letter = load_template("result_reply")
    contents, _ = read_members(letter.render({**sample_facts(letter), "承办部门": ORGAN}))
    heads = [one.decode() for name, one in contents.items() if name.startswith("word/header")]
    assert sum('val="LetterMarkLonger"' in one for one in heads) == 1
    assert not any('val="LetterMark"' in one for one in heads)


def test_copies_stand_at_the_foot_of_the_page_below_the_note() -> None:
    """GB/T 9704-2012, 7.4: the imprint is the last on the last page, the note stands above it."""
    for kind, note in (
        ("transfer_letter", None),
        ("dispute_letter", "Contact"),
        ("crime_transfer", "Remark"),
    ):
        template = load_template(kind)
        if "抄送机关" not in {one.name for one in template.form.fields}:
            continue
        body = finished(template, {**sample_facts(template), "抄送机关": ["甲机关"]}).find(
            qn("w:body")
        )
        assert body is not None
        texts = ["".join(one.itertext()) for one in body]
        [copies] = [place for place, text in enumerate(texts) if text.startswith("抄送：甲机关")]
        assert body[copies].find(f".//{qn('w:tblpPr')}").get(qn("w:tblpYSpec")) == "bottom"
        signed = next(place for place, one in enumerate(body) if named(one) == "SignDate")
        assert signed < copies
        if note:
            code = next(place for place, text in enumerate(texts) if "校验码：" in text)
            assert signed < code < copies
            assert named(body[code]) == note
            assert (
                body[code].find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
                or note == "Contact"
            )


def test_the_title_of_an_annex_stands_on_the_third_line() -> None:
    template = load_template("crime_transfer")
    body = finished(template, sample_facts(template)).find(qn("w:body"))
    assert body is not None
    names = [named(one) for one in body]

    place = names.index("Annex")
    assert names[place + 1 : place + 3] == ["AnnexRoom", "Title"]


def test_a_title_is_broken_at_words() -> None:
    """GB/T 9704-2012, 7.3.1; 销售假冒注册商标的商品罪 was parted inside of 假冒."""
    template = load_template("crime_investigation_report")
    facts = {
        **sample_facts(template),
        "当事人": "示例市康泰食品有限公司",
        "涉嫌罪名": ["生产、销售伪劣产品罪", "销售假冒注册商标的商品罪"],
    }

    [title] = lines_of(finished(template, facts), "Title")

    assert len(title) == 3
    assert all(len(line) <= 20 for line in title)
    assert not any(line.endswith(("假", "销", "注册", "商")) for line in title)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_holds_its_extreme_sample(kind: str) -> None:
    """Forty rows, an address of 300 characters, odd names, the least and the largest amount."""
    template = load_template(kind)
    document = etree.tostring(finished(template, extreme_facts(template)), encoding="unicode")

    assert "{{" not in document
    assert "{%" not in document
    if any(one.name == "承办部门" for one in template.form.fields):
        assert "综合行政执法支队" in "".join(re.findall(r">([^<]*)<", document))


def finished(template: Template, facts: Mapping[str, object]) -> etree._Element:
    contents, _ = read_members(template.render(facts))
    return etree.fromstring(contents["word/document.xml"])


def lines_of(document: etree._Element, name: str) -> list[list[str]]:
    """The lines of each paragraph of a style, as they are broken in it."""
    found = [one for one in document.iter(qn("w:p")) if named(one) == name]
    return [
        "".join("\n" if run.tag == qn("w:br") else run.text or "" for run in one.iter()).split("\n")
        for one in found
    ]


def named(block: etree._Element) -> str:
    found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(found.get(qn("w:val"))) if found is not None else ""
