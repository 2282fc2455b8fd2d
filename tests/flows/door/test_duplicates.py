"""Duplicates found in the store: as in memory, by equal keys, without reading every clue."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from domain.duplicates.candidate_index import CandidateIndex
from domain.duplicates.fingerprints import Fingerprint, fingerprint
from domain.duplicates.matching import COMMON, suspects
from domain.files.column_mapping import load_mappings
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, parse_row
from domain.rulebook.rulebook_reading import layers
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.door.duplicates import keep_fingerprint, likely_duplicates
from flows.door.first_look import clue_fingerprint
from flows.door.steps import Command, perform
from flows.imports.order_import import command_of
from flows.matching.candidates import search
from flows.people.actors import system_actor
from flows.rehearsal.work_orders import read_work_orders
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.moments import at
from tests.helpers.people import actor

NOW = at("2026-09-24T14:00")
POTHOLE = "解放路与人民路交叉口往东五十米有一处大坑，夜里骑车的人摔了好几个，请尽快修补。"
REWORDED = "人民路口往东五十米，解放路上有一处大坑，好几个骑车的人夜里摔倒，希望马上修补。"


def incoming(number: str, content: str = POTHOLE, **fields: str) -> IncomingClue:
    title = f"{content[:4]}的问题"
    return IncomingClue(2, "hotline", "12345热线", number, NOW, title, content, **fields)  # type: ignore[arg-type]


def register(office: Office, one: IncomingClue) -> int:
    """The clue's id, registered through the one door."""
    return perform(office, command_of(one), system_actor("shili-hotline"), NOW).clue_id


def found(office: Office, one: IncomingClue) -> dict[str, str]:
    """The outside numbers of the suspected duplicates, with the reasons."""
    with reading(office.engine) as session:
        return {
            session.get_one(Clue, int(each.key)).outside_no or "": each.reason
            for each in likely_duplicates(session, clue_fingerprint(office, one))
        }


def test_reworded_complaints_of_one_matter_are_suspected(any_office: Office):
    register(any_office, incoming("A1"))
    register(
        any_office, incoming("A2", "幼儿园的午餐里吃出了头发，园长不承认，请食品部门查一查后厨。")
    )

    assert list(found(any_office, incoming("A3", REWORDED))) == ["A1"]


@pytest.mark.parametrize(
    ("same", "says"),
    [
        ({"subject_code": "91350100M000100Y43"}, "同一统一社会信用代码"),
        ({"subject_name": "示例市鑫源食品有限公司"}, "同一当事人名称"),
        ({"reporter_phone": "13800001234", "place": "海滨路12号"}, "同一反映人"),
    ],
)
def test_equal_keys_are_a_reason_whatever_the_words(
    office: Office, same: dict[str, str], says: str
):
    register(office, incoming("A1", "卖的奶粉早就过期了，还改了生产日期。", **same))

    reasons = found(office, incoming("A2", "店里买的面包发霉，吃了以后肚子疼。", **same))

    assert says in reasons["A1"]


def test_the_same_number_in_another_channel_is_nearly_certain(any_office: Office):
    register(any_office, incoming("A1"))

    other = replace(incoming("A1", "完全不同的说法。"), channel="platform")

    assert "另一渠道有相同的外部编号A1" in found(any_office, other)["A1"]


def test_an_order_is_no_duplicate_of_itself(office: Office):
    register(office, incoming("A1"))

    assert found(office, incoming("A1")) == {}


def test_suspicions_are_stored_with_score_and_reason(any_office: Office):
    first = register(any_office, incoming("A1"))
    second = register(any_office, incoming("A2", REWORDED))

    with reading(any_office.engine) as session:
        row = session.exec(select(Suspicion)).one()

    assert (row.clue_id, row.other_id, row.raised_at) == (second, first, NOW)
    assert 0.5 <= row.score <= 1 and "内容相似" in row.reason
    assert row.decision is None


def test_a_clue_registered_by_hand_is_compared_too(office: Office):
    register(office, incoming("A1", subject_name="示例市鑫源食品有限公司"))
    form = {
        "channel": "media",
        "received_at": "2026-09-24T09:00",
        "title": "报纸报道",
        "content": POTHOLE,
        "subject_name": "鑫源食品",
    }

    outcome = perform(office, Command("register", form=form), actor("desk"), NOW)

    assert outcome.suspected == 1
    with reading(office.engine) as session:
        suggestion = session.get_one(Clue, outcome.clue_id).facts["suggestion"]
    assert suggestion["reason"]


def test_a_party_said_to_be_unknown_is_registered_as_none(office: Office):
    form = command_of(incoming("A1", subject_name="不详")).form

    outcome = perform(office, Command("register", form=form), actor("desk"), NOW)

    with reading(office.engine) as session:
        assert session.get_one(Clue, outcome.clue_id).subject_name == ""


def put(session: Session, *marks: Fingerprint) -> None:
    """Marks alone, without the clues they belong to."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(text("PRAGMA defer_foreign_keys=ON"))
    for clue_id, one in enumerate(marks, start=1):
        keep_fingerprint(session, clue_id, one)


def test_a_commonplace_band_brings_no_candidates(office: Office):
    own = Fingerprint(key="", text="标题\n" + "甲乙丙丁" * 20, bands=(7,))
    with pytest.raises(LookupError), transaction(office.engine) as session:
        put(session, *[own] * COMMON)
        assert likely_duplicates(session, own)

        keep_fingerprint(session, COMMON + 1, own)
        assert not likely_duplicates(session, own)
        raise LookupError("nothing of this is kept")


def test_the_search_uses_an_index_for_every_key(office: Office):
    keys = ("credit_code", "subject", "reporter", "outside_no", "place", "band")
    query = str(search(keys, "sqlite"))
    values = dict.fromkeys(keys, '["x"]') | {"band": "[1, 2, 3]"}
    with office.engine.connect() as connection:
        plan = [
            row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), values)
        ]

    assert sum("SEARCH fingerprint" in line for line in plan) == len(keys)
    assert not [line for line in plan if line.startswith("SCAN fingerprint")]
    assert not [line for line in plan if "TEMP B-TREE" in line], "a common key is read to its end"


@pytest.mark.parametrize("each", [1, 3, 15])
def test_a_server_that_counted_its_tables_when_they_were_small_looks_keys_up(
    pg_office: Office, each: int
):
    """As while the first file of thousands is imported: no key is looked for in whole tables."""
    keys = ("credit_code", "subject", "reporter", "outside_no", "place", "band")
    values = {one: ["x"] for one in keys} | {"band": [1, 2, 3]}
    fill = (
        "INSERT INTO fingerprint (clue_id, channel, outside_no, credit_code, subject_key,"
        " place_key, reporter_key, text) SELECT n, 'hotline', k, k, k, k, k, repeat('字', 300)"
        " FROM (SELECT n, n % {each} AS k FROM generate_series({first}, {last}) AS n) AS made",
        "INSERT INTO fingerprint_band SELECT n % {each}, n FROM"
        " generate_series({first}, {last} * 20) AS n",
    )
    with pytest.raises(LookupError), transaction(pg_office.engine) as session:
        connection = session.connection()
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for one in fill:
            connection.execute(text(one.format(first=1, last=15, each=each)))
        connection.execute(text("ANALYZE fingerprint, fingerprint_band"))
        for one in fill:
            connection.execute(text(one.format(first=1001, last=3000, each=1999)))
        explained = text(f"EXPLAIN {search(keys, 'postgresql')}")
        plan = "\n".join(connection.execute(explained, values).scalars())
        raise LookupError("nothing of this is kept")

    assert plan.count("Index Cond:") == len(keys), plan


def test_the_store_finds_what_the_index_in_memory_finds(office: Office):
    mapping = load_mappings(layers())["12345"]
    rows = [parse_row(RawRow(2, one.cells), mapping, NOW) for one in read_work_orders().orders]
    clues = [one for one in rows if isinstance(one, IncomingClue)]
    index = CandidateIndex()
    with pytest.raises(LookupError), transaction(office.engine) as session:
        session.connection().execute(text("PRAGMA defer_foreign_keys=ON"))
        for clue_id, clue in enumerate(clues, start=1):
            own = fingerprint(clue, clue.reporter_phone or None, str(clue_id))
            in_memory = suspects(own, index.candidates(own))

            assert likely_duplicates(session, own) == in_memory
            index.add(own)
            keep_fingerprint(session, clue_id, own)
        raise LookupError("nothing of this is kept")
    assert len(clues) > 60


def test_a_place_brings_candidates_from_the_store(any_office: Office):
    """Short complaints in other words share no band; the place and the matter find them."""
    place = "城东路15号院内"
    register(any_office, incoming("G1", "有人私自给煤气罐倒气，怕爆炸", place=place))

    again = incoming("G2", "楼下有人夜里往煤气瓶里灌液化气，味道呛人", place="城东路15号")
    outcome = perform(any_office, command_of(again), system_actor("shili-hotline"), NOW)

    assert outcome.suspected == 1
