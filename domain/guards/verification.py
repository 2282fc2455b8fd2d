"""Guards of verification: its limit runs to the decision, nobody is forgotten, dissent is heard."""

from domain.guards.conditions import lead_is_market, lead_is_not_market
from domain.guards.outcome import questions_left
from domain.guards.registry import condition, day_of, guard, selection
from domain.limits.organ_limits import limits_meant
from domain.situation.complaints import COMPLAINT, KIND
from domain.situation.situation import ProcessView, Situation

OUTSIDE_POLICE = "outside_police"
"""The state of a referral of which the police said that it is not for them."""
VERIFICATION = ("cx18", "verify_local", "ts35_restart", "reopen_local")
"""The limits of which one runs until the head decides what becomes of a clue."""


def _silent(s: Situation) -> list[ProcessView]:
    return [part for part in s.parts() if part.state == "asked"]


def _names(s: Situation, parts: list[ProcessView]) -> str:
    found = [s.department(part.department) for part in parts]
    return "、".join(one.name for one in found if one)


@selection
def silent_parts(s: Situation) -> tuple[int, ...]:
    """The departments that have not answered yet."""
    return tuple(part.id for part in _silent(s))


@guard
def some_part_is_silent(s: Situation) -> str | None:
    """There is somebody to urge."""
    return None if _silent(s) else "各协查部门均已反馈，无须催促"


@guard
def every_part_is_in(s: Situation) -> str | None:
    """Opinions are gathered when all of them are in."""
    silent = _silent(s)
    if not s.parts():
        return "本次核查没有协查部门"
    return f"尚未反馈：{_names(s, silent)}" if silent else None


@guard
def parts_are_in_or_reason_given(s: Situation) -> str | None:
    """The lead concludes over a silent department only with a reason on record."""
    silent = _silent(s)
    if silent and not s.text("silent_reason"):
        return (
            f"{_names(s, silent)}尚未反馈核查意见；"
            "确需先作结论的，请填写「部门未反馈仍作结论的理由」"
        )
    return None


@guard
def asks_only_new_departments(s: Situation) -> str | None:
    """A department is asked once."""
    asked = [part for part in s.parts() if part.department in s.names("cooperating")]
    return f"已经交办过：{_names(s, asked)}" if asked else None


@guard
def dissent_is_stated(s: Situation) -> str | None:
    """A differing opinion is written out; it goes into the report verbatim."""
    if s.text("agrees") == "dissents" and not s.text("dissent"):
        return "有不同意见的，请写明不同意见（将原文载入联合核查报告）"
    return None


def _verification_runs(s: Situation) -> bool:
    return any(s.clock(rule) for rule in limits_meant(VERIFICATION, s.law.deadlines))


@condition
def lead_is_market_without_limit(s: Situation) -> bool:
    """A market bureau verifies, and its limit ended with the finding under an earlier table."""
    return lead_is_market(s) and not _verification_runs(s)


@condition
def lead_is_not_market_without_limit(s: Situation) -> bool:
    """Another organ verifies, and its limit ended with the finding under an earlier table."""
    return lead_is_not_market(s) and not _verification_runs(s)


def _finds_new_facts(s: Situation) -> bool:
    return s.text("reopen_ground") == "new_facts"


@condition
def market_finds_new_facts(s: Situation) -> bool:
    """New facts are a clue found anew: the days of a market bureau begin with them."""
    return lead_is_market(s) and _finds_new_facts(s)


@condition
def others_find_new_facts(s: Situation) -> bool:
    """New facts are a clue found anew: the days of another organ begin with them."""
    return lead_is_not_market(s) and _finds_new_facts(s)


@condition
def caller_is_unsatisfied(s: Situation) -> bool:
    """A clue is taken up again for its caller: no statute gives new days for that."""
    return not _finds_new_facts(s)


@guard
def reopening_has_its_limit(s: Situation) -> str | None:
    """Who has a clue handled again for its caller says by when: the law gives no new days."""
    day = day_of(s.form.get("reopen_due"))
    if s.text("reopen_ground") == "new_facts":
        return "发现新事实的，自今日按核查期限计算，不填「重办期限」" if day else None
    if day is None:
        return "回访不满意重新办理的，没有新的法定期限，请填写「重办期限」"
    return "「重办期限」应当晚于今天" if day <= s.today else None


BEFORE_HAND = {"registered", "dispatched", "disputed", "merged", "redirected"}
"""States of a clue in which nobody has signed for it."""


@guard
def clue_is_in_hand(s: Situation) -> str | None:
    """Only who has signed for a clue makes records of it, as long as it is not closed."""
    main = s.latest("clue")
    if main is None or main.state in BEFORE_HAND or s.is_ended(main):
        return "线索签收后、办结前才能制作笔录"
    return None


@guard
def cards_were_shown(s: Situation) -> str | None:
    """Officers show their cards and tell the rights before they ask or look."""
    if s.form.get("cards_shown"):
        return None
    return "执法人员应当主动出示执法证件并告知权利义务，未出示的，当事人有权拒绝接受调查或者检查"


@guard
def absent_party_has_a_witness(s: Situation) -> str | None:
    """Where the party does not come a witness signs."""
    if s.text("party_present") == "absent" and not s.text("witness"):
        return "当事人不到场的，应当邀请见证人到场，请填写「见证人」"
    return None


@guard
def every_question_was_answered(s: Situation) -> str | None:
    """A question without its answer is no record of an inquiry."""
    rows = s.form.get("questions")
    bare = [
        str(place)
        for place, one in enumerate(rows if isinstance(rows, list) else [], start=1)
        if not (one.get("问") and one.get("答"))
    ]
    return f"「问答」第{'、'.join(bare)}行须写明问和答；没有回答的，写明未回答" if bare else None


@guard
def watcher_did_not_destroy(s: Situation) -> str | None:
    """Who watches over a destruction is none of those who destroy."""
    names = {s.people[one].name for one in s.names("case_officers") if one in s.people}
    return "监销人不能是销毁人员" if s.text("watcher") in names else None


UNLAWFUL = {"unlawful": "涉嫌违法应予立案", "minor": "情节轻微并已改正"}
"""Findings of something unlawful."""
ASKED = {"slight", "first", "no_fault"}
"""Grounds of 处罚法33 on which nothing is filed: they ask what they ask of a case."""


@guard
def no_filing_is_grounded(s: Situation) -> str | None:
    """What was found to deserve a case ends without one on a ground of the law only."""
    finding, kind = s.process.facts.get("finding"), s.text("no_filing_kind")
    if finding in UNLAWFUL and not (finding == "minor" and s.text("means")):
        missing = [
            f"「{label}」"
            for name, label in (
                ("no_filing_kind", "不予立案的情形"),
                ("no_filing_ground", "不予立案理由"),
            )
            if not s.text(name)
        ]
        if missing:
            return (
                f"核查结论为「{UNLAWFUL[finding]}」，不立案的须填写{'、'.join(missing)}；"
                "没有法定情形的，应当「立案」"
            )
    if finding == "to_correct" and s.text("means") not in {"correct", "promise"}:
        return (
            "核查结论为「情节轻微，责令限期改正」，请办理「联合治理」，治理方式选“督促整改”或者“告知承诺”；"
            "当事人已经改正的，请「退回补充核查」后另作结论"
        )
    if finding == "unfounded" and kind:
        return "核查结论为「反映问题不属实」，没有违法行为，请不要选择「不予立案的情形」"
    if kind == "other" and not s.text("no_filing_basis"):
        return "以其他情形不予立案的，请填写「不予立案依据」"
    left = questions_left(s, kind) if kind in ASKED else None
    return f"{left}：不立案与立案后不予处罚，须查明的相同" if left else None


@condition
def is_under_verification(s: Situation) -> bool:
    """The clue is being verified, or its finding waits for the head's decision."""
    complains = s.process.facts.get(KIND) == COMPLAINT
    return s.process.state in {"accepted", "verifying", "concluded"} and not complains


@guard
def crime_is_not_left_lying(s: Situation) -> str | None:
    """That the police have no jurisdiction over a crime is no answer to it (公安程序规定180③)."""
    last = s.latest("referral")
    if last is None or last.state != OUTSIDE_POLICE:
        return None
    return (
        "公安机关只答复了不属其管辖，涉嫌的犯罪还没有处理：请向公安机关指明的主管机关移送"
        "（「提出涉罪移送」或者「移送其他部门」）；认为不构成犯罪的，再次提出移送，"
        "由主要负责人不批准并记录理由"
    )


@guard
def finding_bears_a_penalty(s: Situation) -> str | None:
    """Nobody is punished on the spot for what was found untrue or to be another organ's."""
    finding = s.process.facts.get("finding")
    if s.process.state != "concluded" or finding not in {"unfounded", "elsewhere"}:
        return None
    found = "反映问题不属实" if finding == "unfounded" else "属其他部门职责"
    return f"核查结论为{found}，不能当场处罚；结论有变化的，请「退回补充核查」，重新作出结论"
