"""At the desk: duplicates merged and parted again, orders split, and other ways named."""

from sqlmodel import select

from domain.tables.process import Clue
from domain.tables.session import SearchGram
from flows.lists.event_lines import history_of
from flows.site.store import reading
from flows.site.word_search import clues_with_words, grams_of
from tests.helpers.story import ACCEPTED, Story


def _two_clues(story: Story) -> tuple[int, int]:
    """A master under verification and a second report about the same thing."""
    story.walk(*ACCEPTED)
    master = story.clue or 0
    story.does("register", content="又有人买到改了日期的奶粉")
    return master, story.clue or 0


def test_merging_the_same_facts_leaves_the_masters_limit_alone(story: Story) -> None:
    master, second = _two_clues(story)
    row = story.row()

    story.does("merge", master=str(master))

    assert story.state() == "merged"
    assert story.row().merged_into_id == master
    assert story.open_rules() == set()
    story.clue = master
    assert story.due("cx18") == "2026-06-01T23:59"
    assert story.events()[-1] == "clue.absorb"
    with reading(story.office.engine) as session:
        said = history_of(session, story.office, master)[-1].said
    assert ("并入的线索", row.no) in said
    assert row.id == second


def test_new_facts_start_the_masters_verification_anew(story: Story) -> None:
    master, _ = _two_clues(story)
    story.waits_until("2026-05-20T09:00")

    story.does("merge", master=str(master), new_facts="has_new")

    story.clue = master
    assert "cx18" not in story.open_rules()
    assert story.due("ts35_restart") == "2026-06-10T23:59"
    assert story.told("clue.absorb_new_facts") == {("shili-market", "handler")}


def test_a_second_new_fact_restarts_the_limit_once_more(story: Story) -> None:
    master, _ = _two_clues(story)
    story.does("merge", master=str(master), new_facts="has_new")
    story.does("register")

    story.does("merge", master=str(master), new_facts="has_new")

    story.clue = master
    assert [clock.end_reason for clock in story.clocks("ts35_restart")] == ["重新起算", None]


def test_a_merge_undone_keeps_both_histories(story: Story) -> None:
    master, second = _two_clues(story)
    story.does("merge", master=str(master))

    story.does("unmerge")

    assert story.state() == "registered"
    assert story.row().merged_into_id is None
    assert story.open_rules() == {"triage", "sd12_do"}
    assert story.events() == ["clue.register", "clue.merge", "clue.unmerge"]
    story.clue = master
    assert "clue.absorb" in story.events()
    assert second != master


def test_a_master_may_be_named_by_its_number(story: Story) -> None:
    master, _ = _two_clues(story)

    story.does("merge", master="XS2026000001")

    assert story.row().merged_into_id == master


def test_a_clue_is_not_merged_into_itself_or_into_nothing(story: Story) -> None:
    _two_clues(story)

    assert "不能并入自身" in story.refused("merge", master=story.row().no)
    assert "没有编号为XS2026000099的线索" in story.refused("merge", master="XS2026000099")
    assert "没有编号为99的线索" in story.refused("merge", master="99")


def test_nothing_is_merged_into_a_closed_clue(story: Story) -> None:
    story.walk("register", "redirect")
    master = story.clue
    story.does("register")

    assert "已告知其他途径" in story.refused("merge", master=str(master))


def test_splitting_registers_each_part_with_its_own_limits(story: Story) -> None:
    story.does("register")
    original = story.row()

    story.does("split")

    assert story.state() == "registered"
    story.clue = (original.id or 0) + 1
    part = story.row()
    assert (part.title, part.content) == ("投诉退款", "要求退还奶粉货款")
    assert part.subject_name == original.subject_name
    assert part.no == "XS2026000002"
    assert story.open_rules() == {"triage", "sd12_do"}
    assert len(story.papers("clue_registration")) == 1


def test_what_stays_after_a_split_has_words_of_its_own_on_its_papers(story: Story) -> None:
    story.does("register")
    story.does("split", kept_title="举报卖过期奶粉", kept_content="货架上还有过期奶粉。")
    story.walk("dispatch")

    text = story.text("dispatch_slip")
    assert "举报卖过期奶粉" in text and "货架上还有过期奶粉。" in text
    assert "改了生产日期" not in text
    with reading(story.office.engine) as session:
        found = session.exec(select(Clue.no).where(clues_with_words(session, "举报卖过期"))).all()
        kept = session.exec(select(SearchGram.gram).where(SearchGram.clue_id == story.clue)).all()
    assert found == [story.row().no], "it is found by its new title"
    assert set(kept) == grams_of(story.row()), "and by nothing that it says no more"


def test_another_way_is_named_with_its_reason_and_who_is_open_to_it(story: Story) -> None:
    """投诉举报处理办法第三十四条: a way without a name to turn to is none (documents 10)."""
    story.walk("register")
    assert "「受理的机关、单位」" in story.refused("redirect", way_body=None)
    story.walk("redirect")

    assert story.open_rules() == set()
    told = story.text("redirect_notice")
    assert "属已进入诉讼程序的纠纷" in told
    assert "可以通过以下途径提出：诉讼（示例市示例区人民法院）" in told
    assert story.followups() == [("transfer", "write_back")]


def test_the_same_work_order_is_registered_once(story: Story) -> None:
    story.does("register", outside_no="GD20260511001")

    assert "XS2026000001" in story.refused("register", outside_no="GD20260511001")
    assert story.does("register", outside_no="GD20260511002").clue_no == "XS2026000002"


def test_only_the_desk_registers(story: Story) -> None:
    assert "只能由热线专员、系统操作" in story.refused("register", by="handler")


def test_a_form_that_does_not_fit_names_every_field(story: Story) -> None:
    reasons = story.refused(
        "register", channel="电报", received_at="昨天", title=None, colour="红色"
    )

    assert "表单没有「colour」这一项" in reasons
    assert "「线索来源」应为12345热线" in reasons
    assert "「收到时间」应为日期和时间" in reasons
    assert "请填写「线索标题」" in reasons


def test_whatever_way_the_words_point_to_the_caller_is_told_of(story: Story) -> None:
    """投诉举报处理办法第三十四条: who is against an act is sent to the review, not to 其他途径."""
    rules = story.office.rules
    assert (
        rules.channels.keys()
        <= rules.lifecycles["clue"].actions["redirect"].form["way"].options.keys()
    )

    story.walk("register")
    story.does(
        "redirect",
        way="review",
        way_body="示例市人民政府",
        way_basis="《中华人民共和国行政复议法》第二十条第一款",
        reason="不服行政处罚决定",
    )

    told = story.text("redirect_notice")
    assert "依据《中华人民共和国行政复议法》第二十条第一款的规定" in told
    assert "可以通过以下途径提出：行政复议（示例市人民政府）" in told
