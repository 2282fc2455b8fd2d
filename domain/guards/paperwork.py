"""Whether a document belongs to a step, and whether a list agrees with what it lists."""

from collections.abc import Iterator
from datetime import date

from domain.guards.registry import condition, guard
from domain.situation.listed_materials import Row, copies_of, counted_pages, name_of, rows_of
from domain.situation.situation import Situation

MEND = "填错的请改正或者不填（由系统按文件填写），文件不全的请补全后以同一名称上传"


@guard
def pages_are_those_of_the_files(s: Situation) -> str | None:
    """No figure of the list of materials contradicts the file or document that it lists."""
    rows = rows_of(s.form.get("materials") or s.process.facts.get("materials"))
    wrong = list(filter(None, (_wrong_pages(s, row) for row in rows)))
    if not wrong:
        return None
    given = "materials" in s.form
    mend = MEND if given else f"请承办人办理「补充移送材料」：{MEND}"
    return f"移送材料清单的页数与文件不一致：{'；'.join(wrong)}。{mend}"


def _wrong_pages(s: Situation, row: Row) -> str:
    """What a row tells against what was counted; several copies may be told each or together."""
    told = str(row.get("页数") or "").strip()
    files = ((one.title, one.pages) for one in s.files)
    counted = counted_pages(name_of(row), s.papers, files)
    if counted is None or not told.isdecimal():
        return ""
    if int(told) in {counted, counted * copies_of(row)}:
        return ""
    return f"「{name_of(row)}」写{told}页，实为{counted}页"


@guard
def came_after_it_was_written(s: Situation) -> str | None:
    """A paper from outside is not received before the day that it bears."""
    written, came = (_day(s.text(one)) for one in ("incoming_dated", "incoming_received_on"))
    if written is None or came is None or written <= came:
        return None
    return (
        f"收到日期{came:%Y-%m-%d}早于来文日期{written:%Y-%m-%d}：请对照来文和收文章，填错的请改正；"
        "来文上的日期确实写错的，「来文日期」不填，在「来文主要内容」写明"
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@guard
def handed_goods_are_those_listed(s: Situation) -> str | None:
    """What is handed over in another number than was listed says why in its remark."""
    listed = {name_of(row): row for row in rows_of(s.process.facts.get("goods"))}
    wrong = list(_other_numbers(rows_of(s.form.get("handed_goods")), listed))
    if not wrong:
        return None
    return (
        f"移交数量与涉案物品清单不一致：{'；'.join(wrong)}。填错的请改正，"
        "确有不同的（检验取用、灭失、部分移交）在「备注」写明原因"
    )


def _other_numbers(handed: list[Row], listed: dict[str, Row]) -> Iterator[str]:
    for row in handed:
        told, known = (_number(one) for one in (row, listed.get(name_of(row), {})))
        if told and known and told != known and not str(row.get("备注") or "").strip():
            yield f"「{name_of(row)}」移交{told}，清单为{known}"


def _number(row: Row) -> str:
    """How many, with the unit where one is told: 40千克."""
    return "".join(str(row.get(one) or "").strip() for one in ("数量", "单位"))


@condition
def was_handed_in(s: Situation) -> bool:
    """An organ handed the clue in and is owed a receipt."""
    return bool(s.text("handed_by"))


@condition
def writes_to_the_desk(s: Situation) -> bool:
    """Somebody else than the desk itself asks it for more time."""
    return s.actor.department != s.subject.desk


@condition
def means_is_talk(s: Situation) -> bool:
    """The party is talked to."""
    return s.text("means") == "persuade"


@condition
def means_is_promise(s: Situation) -> bool:
    """The party commits itself."""
    return s.text("means") == "promise"


@condition
def hearing_is_open(s: Situation) -> bool:
    """Everybody may attend the hearing."""
    return s.text("hearing_open") == "open"


@condition
def seized_goods_move(s: Situation) -> bool:
    """Seized goods go to the police with the referral."""
    movable = s.law.lifecycles["case"].actions["hand_goods_over"].from_
    case = s.latest("case")
    return case is not None and case.state in movable and bool(case.facts.get("seized"))


@condition
def seizures_move(s: Situation) -> bool:
    """Goods seized before or beside the case go to the police with the referral."""
    return any(one.facts.get("seized") for one in s.open_of_kind("measure"))


@condition
def any_seized_goods_move(s: Situation) -> bool:
    """Goods that were seized in whichever way go to the police with the referral."""
    return seized_goods_move(s) or seizures_move(s)


def _kind_of_request(s: Situation) -> str:
    return s.text("request_kind")


@condition
def asks_for_assistance(s: Situation) -> bool:
    """Another organ is to find something out."""
    return _kind_of_request(s) in {"assistance", "cross_region", "evidence"}


@condition
def asks_for_help(s: Situation) -> bool:
    """Another organ is to do something: appraise, keep goods, come along."""
    return _kind_of_request(s) in {"appraisal", "goods", "police_help", "early"}


@condition
def asks_for_opinion(s: Situation) -> bool:
    """Another organ is consulted."""
    return _kind_of_request(s) == "consultation"


@condition
def passes_on_information(s: Situation) -> bool:
    """Another organ is informed."""
    return _kind_of_request(s) == "report"
