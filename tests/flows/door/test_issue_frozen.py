"""What is issued is frozen: complete before it is issued, voided and replaced, never changed."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from sqlmodel import Session, col, select

from documents.templates.kinds import Template
from domain.lifecycle.plan import Refused
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.door.missing_facts import lacking
from flows.door.situations import load_situation
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, replacement_of, void
from flows.papers.current_facts import IN_DISPUTE, Stale, list_stale
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.filled_forms import filled
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, CONCLUDED, IN_CASE, RECEIVED, Story


def _without_phone(office: Office, user: str) -> None:
    with transaction(office.engine) as session:
        row = session.get_one(User, user)
        row.phone = ""
        session.add(row)


def _correction(story: Story, by: str = "legal", reason: str = "罪名引用有误") -> Correction:
    story.now += timedelta(hours=1)
    return Correction(actor(by), story.now, reason)


def _reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(str(one) for one in refused.value.reasons)


def _stale(story: Story) -> dict[str, Stale]:
    with reading(story.office.engine) as session:
        clue = session.get_one(Clue, story.clue)
        return {one.document.kind: one for one in list_stale(session, story.office, clue)}


# --- complete before it is issued ----------------------------------------------------------------


def test_a_missing_fact_is_named_with_its_place_and_who_can_supply_it(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    _without_phone(story.office, "handler")

    reasons = story.refused("referral.approve")

    assert "《涉嫌犯罪案件移送书》缺少「主办人电话」，请由管理员在「人员登记」中填写" in reasons


def test_all_facts_of_all_documents_of_the_step_are_named_at_once(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.walk(*CONCLUDED, "refer")
    monkeypatch.setattr(Template, "missing", lambda self, facts: self.form.fields[:2])

    reasons = story.refused("referral.approve").splitlines()

    rules = story.office.rules
    issues = rules.lifecycles["referral"].actions["approve"].issues
    answered = rules.lifecycles["clue"].actions["end_verification"].issues
    titles = {rules.documents[one.document].title for one in (*issues, *answered)}
    assert {line[1 : line.index("》")] for line in reasons} == titles
    assert len(reasons) == 2 * len(titles) >= 8


def test_a_fact_of_an_earlier_form_names_that_form_and_its_chairs(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.walk(*CONCLUDED, "refer")

    def without_materials(self: Template, facts: object) -> tuple[object, ...]:
        return tuple(one for one in self.form.fields if one.name == "材料清单")

    monkeypatch.setattr(Template, "missing", without_materials)

    assert "在「线索·提出涉罪移送（移送材料清单）」中填写" in story.refused("referral.approve")


def _lacking(story: Story, action: str, form: dict[str, object]) -> list[str]:
    process, _, name = action.rpartition(".")
    with Session(story.office.engine) as session:
        clue = session.get_one(Clue, story.clue)
        situation = load_situation(session, story.office, clue, actor("principal"), story.now)
        own = situation.latest(process or "clue") or situation.process
        situation = replace(situation, process=own)
        return [str(one) for one in lacking(session, story.office, situation, name, form)]


def test_what_documents_will_lack_is_known_before_the_form_is_filled(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    found = "\n".join(_lacking(story, "referral.approve", {}))

    assert "《涉嫌犯罪案件移送书》缺少「主办人」" in found
    assert "在「涉嫌犯罪案件移送·批准移送」中填写" in found


def test_a_form_filled_in_lacks_nothing_and_nothing_is_written(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    papers = story.papers()

    form = filled("referral", "approve", story.now)

    assert _lacking(story, "referral.approve", form) == []
    assert story.papers() == papers


def test_a_document_records_template_facts_number_moment_and_signer(story: Story) -> None:
    story.walk(*APPROVED)

    paper = story.papers("crime_transfer")[0]

    assert (paper.issued_by, paper.signer, paper.action) == ("principal", "principal", "approve")
    assert paper.facts["文号"] == paper.number == "示市监涉罪移〔2026〕1号"
    assert paper.issued_at == story.now
    assert len(paper.template_sha256) == len(paper.sha256) == 64


# --- voided and issued anew ----------------------------------------------------------------------


def test_a_voided_document_keeps_its_number_and_its_bytes(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]

    void(story.office, paper.id or 0, _correction(story))
    fresh = reissue(story.office, paper.id or 0, _correction(story, "principal", reason=""))

    old, new = story.papers("crime_transfer")
    assert (old.void_reason, old.voided_by) == ("罪名引用有误", "legal")
    assert (old.number, new.number) == ("示市监涉罪移〔2026〕1号", "示市监涉罪移〔2026〕2号")
    assert new.id == fresh.id and new.replaces_id == old.id
    assert story.office.shelf.get(old.sha256) != story.office.shelf.get(new.sha256)
    assert story.chain_holds()


def test_reissuing_voids_and_links_both_in_one_go(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("goods_list")[0]

    fresh = reissue(story.office, paper.id or 0, _correction(story))

    with reading(story.office.engine) as session:
        old = session.get_one(IssuedDocument, paper.id)
        found = replacement_of(session, old)
    assert old.voided_at == story.now
    assert found is not None and found.id == fresh.id
    assert story.events()[-2:] == ["referral.void_document", "referral.reissue_document"]


def test_what_was_decided_then_stays_in_the_new_document(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]
    void(story.office, paper.id or 0, _correction(story))
    story.waits(days=3)

    fresh = reissue(story.office, paper.id or 0, _correction(story, "principal"))

    assert fresh.facts["批准时间"] == paper.facts["批准时间"]
    assert fresh.facts["主送机关"] == paper.facts["主送机关"]
    assert fresh.facts["成文日期"] == "2026-05-14" != paper.facts["成文日期"]
    assert fresh.issued_by == "principal"


def test_who_does_not_sign_a_kind_does_not_issue_it_anew(story: Story) -> None:
    """Legal staff void an unsent letter of the principal; the new one bears who signs it now."""
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0].id or 0
    void(story.office, paper, _correction(story))

    with pytest.raises(Refused) as refused:
        reissue(story.office, paper, _correction(story))

    assert "由主要负责人签发，请由其重新制发" in _reasons(refused)
    assert len(story.papers("crime_transfer")) == 1


def test_who_holds_it_learns_of_it(story: Story) -> None:
    """An unsent paper concerns nobody else."""
    story.walk(*APPROVED)
    paper = story.papers("goods_list")[0]

    reissue(story.office, paper.id or 0, _correction(story))

    with reading(story.office.engine) as session:
        rows = session.exec(
            select(InboxMessage).where(col(InboxMessage.kind).startswith("document."))
        ).all()
    assert {(one.kind, one.department_id) for one in rows} == {
        (f"document.{event}", organ)
        for event in ("voided", "reissued")
        for organ in ("shili-market",)
    }
    assert all("罪名引用有误" in one.body for one in rows if one.kind == "document.voided")


@pytest.mark.parametrize(
    ("by", "reason", "said"),
    [
        ("principal", "有误", "签发人不能自行作废"),
        ("handler", "有误", "只能由制发机关的法制人员"),
        ("health_legal", "有误", "只能由制发机关的法制人员"),
        ("legal", "  ", "请写明作废理由"),
        ("legal", "误" * 501, "不能超过500个字，现有501个字"),
    ],
)
def test_voiding_is_refused(story: Story, by: str, reason: str, said: str) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]

    with pytest.raises(Refused) as refused:
        void(story.office, paper.id or 0, _correction(story, by, reason))

    assert said in _reasons(refused)
    assert story.papers("crime_transfer")[0].voided_at is None


def test_a_document_is_voided_and_replaced_only_once(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("goods_list")[0].id or 0
    reissue(story.office, paper, _correction(story))

    with pytest.raises(Refused) as voided:
        void(story.office, paper, _correction(story))
    with pytest.raises(Refused) as replaced:
        reissue(story.office, paper, _correction(story))

    assert "已经作废" in _reasons(voided)
    assert "已经重新制发过" in _reasons(replaced)


def test_a_voided_transfer_letter_is_missing_from_the_packet(story: Story) -> None:
    story.walk(*APPROVED)

    void(story.office, story.papers("crime_transfer")[0].id or 0, _correction(story))

    assert "缺涉嫌犯罪案件移送书" in story.refused("referral.deliver")


def test_a_reissued_document_that_lacks_a_fact_is_refused_and_voids_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.walk(*APPROVED)

    def without_party(self: Template, facts: object) -> tuple[object, ...]:
        return tuple(one for one in self.form.fields if one.name == "当事人")

    monkeypatch.setattr(Template, "missing", without_party)

    with pytest.raises(Refused) as refused:
        reissue(story.office, story.papers("goods_list")[0].id or 0, _correction(story))

    assert "缺少「当事人」，请由线索经办人在" in _reasons(refused)
    assert [one.voided_at for one in story.papers("goods_list")] == [None]


# --- stale ---------------------------------------------------------------------------------------


def test_what_happens_later_makes_no_document_stale(story: Story) -> None:
    for action in (*RECEIVED, "referral.file", "referral.hand_over"):
        story.does(action)

        assert _stale(story) == {}


def test_an_extension_makes_no_document_stale(story: Story) -> None:
    story.walk(*ACCEPTED, "verify", "extend_verification")

    assert _stale(story) == {}


def test_a_request_and_its_answer_are_as_they_were(story: Story) -> None:
    story.walk(*ACCEPTED, "verify", "request.ask")
    story.walk("request.answer")

    assert _stale(story) == {}


def test_an_archived_file_is_not_stale_for_its_receipts(story: Story) -> None:
    """The blank receipt that the full one took the place of is in neither catalogue."""
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.walk("case.pass_review", "case.notice", "case.record_statement")
    story.walk(
        "case.decide",
        "case.serve",
        "case.record_publication",
        "case.pay",
        "case.enforce",
        "case.close",
        "close",
        "case.archive",
    )

    assert story.papers("case_catalogue")
    assert _stale(story) == {}


def test_letters_that_were_overtaken_by_a_later_one_are_not_stale(story: Story) -> None:
    """A clue sent back is sent again as another matter; the first slip told what was so then."""
    story.walk("register", "dispatch", "return")
    story.does("dispatch", lead="shili-urban", matter="illegal_building")
    first, second = story.papers("dispatch_slip")
    assert [one.facts["监管领域"] for one in (first, second)] == ["食品", "城市管理"]

    assert "dispatch_slip" not in _stale(story)


def test_the_letters_of_a_dispute_that_is_settled_are_not_stale(story: Story) -> None:
    story.walk("register", "dispatch", "dispute", "dispute.ask_coordination", "dispute.coordinate")
    story.walk("dispute.propose", "dispute.decide")

    assert story.papers("dispute_letter")
    assert not set(_stale(story)) & IN_DISPUTE


def test_a_party_written_otherwise_since_makes_its_documents_stale(story: Story) -> None:
    story.walk(*ACCEPTED)
    with transaction(story.office.engine) as session:
        clue = session.get_one(Clue, story.clue)
        clue.subject_name = "示例市鑫源乳业有限公司"
        session.add(clue)

    found = _stale(story)

    assert set(found) == {"clue_registration", "dispatch_slip"}
    [change] = found["dispatch_slip"].changes
    assert (change.fact, change.was) == ("当事人", "示例市鑫源食品有限公司")
    assert change.now == "示例市鑫源乳业有限公司"


def test_a_reissued_document_is_as_of_today(story: Story) -> None:
    story.walk(*ACCEPTED)
    with transaction(story.office.engine) as session:
        session.get_one(Clue, story.clue).subject_name = "示例市鑫源乳业有限公司"
    form = story.papers("clue_registration")[0]
    heads = replace(actor("head"), department="shili-hotline")

    fresh = reissue(story.office, form.id or 0, Correction(heads, story.now, "名称有误"))

    assert fresh.facts["当事人"] == "示例市鑫源乳业有限公司"
    assert "鑫源乳业" in story.text("clue_registration")
    assert set(_stale(story)) == {"dispatch_slip"}


def test_papers_that_cite_a_voided_number_become_stale(story: Story) -> None:
    story.walk(*APPROVED)

    paper = story.papers("crime_transfer")[0].id or 0
    void(story.office, paper, _correction(story))
    reissue(story.office, paper, _correction(story, "principal"))

    [change] = _stale(story)["materials_list"].changes
    assert (change.fact, change.now) == ("移送书文号", "示市监涉罪移〔2026〕2号")


def test_a_renamed_matter_is_noticed_in_law_too(story: Story) -> None:
    story.walk(*ACCEPTED)
    rules = story.office.rules
    name = story.row().matter_id or ""
    matter = rules.matters[name].model_copy(update={"name": "食品经营监督检查"})
    matters = MappingProxyType({**rules.matters, name: matter})

    story.office = replace(story.office, rules=replace(rules, matters=matters))

    assert [one.fact for one in _stale(story)["dispatch_slip"].changes] == ["监管事项"]


def test_both_databases_void_reissue_and_find_what_is_stale(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*APPROVED)

    reissue(any_office, story.papers("goods_list")[0].id or 0, _correction(story))

    assert set(_stale(story)) == {"materials_list"}
    assert story.chain_holds()
