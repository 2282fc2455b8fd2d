"""What came of a review or a suit, and what follows from it for the case.

行政复议法第六十二条至第六十八条; 行政诉讼法第七十条、第七十七条、第八十五条.
"""

from domain.guards.registry import condition, guard
from domain.penalties.remedy import SPOT, case_of, contested_of, contests_what_is_in_force
from domain.situation.penalty import DECIDED, faults_of, heavier, penalty_of
from domain.situation.situation import Situation

STANDS = frozenset({"upheld", "dismissed", "refused", "rejected", "withdrawn"})
CHANGES = frozenset({"changed", "partly_revoked", "settled"})
FALLS = frozenset({"revoked", "void"})
UNLAWFUL = frozenset({"unlawful"})
ENDED_CLUE = ENDED_CASE = frozenset({"closed", "archived"})


@guard
def judgment_is_final(s: Situation) -> str | None:
    """A judgment of first instance takes effect when nobody appealed in time."""
    if s.process.state in {"lodged", "answered"}:
        ended_early = s.text("outcome") in {"rejected", "withdrawn", "settled"}
        return None if ended_early else "尚未登记一审裁判，请先办理「登记一审裁判」"
    clock = s.clock("ss85") or s.clock("ss85_ruling")
    if s.process.state == "appealed" or clock is None or s.now > clock.due_at:
        return None
    return (
        f"一审裁判的上诉期至{clock.due_at:%Y年%-m月%-d日}届满，尚未生效；"
        "有人上诉的，请办理「登记上诉」"
    )


@guard
def changed_penalty_is_told(s: Situation) -> str | None:
    """What is left of a changed penalty is told in full, and is not heavier than it was."""
    case = case_of(s)
    if contested_of(s) != "decision" or s.text("outcome") not in CHANGES or case is None:
        return None
    if case.facts.get("decision") != "penalty" or not contests_what_is_in_force(s):
        return None
    now, before = penalty_of(s.form, DECIDED), penalty_of(case.facts, DECIDED)
    if not now.kinds:
        return "变更、部分撤销、调解的，请填写「变更后的处罚种类」"
    faults = [*faults_of(now, s.law.penalties), *heavier(now, before, s.law.penalties)]
    told = "；".join(one.replace("告知的是", "原决定是") for one in faults)
    return f"变更后的处罚与原决定不符：{told}；不得作出更为不利的变更" if faults else None


@guard
def remake_follows_revocation(s: Situation) -> str | None:
    """Only what was revoked is made anew, by the day that the decision states if it does."""
    remake = s.form.get("remake")
    if remake and s.text("outcome") not in FALLS | {"partly_revoked"}:
        return "责令重新作出的，结果应当是撤销、部分撤销或者确认无效"
    return "填写了「重新作出的期限」的，请选择责令重新作出" if _day_alone(s) else None


def _day_alone(s: Situation) -> bool:
    return bool(s.form.get("remake_due")) and not s.form.get("remake")


@condition
def review_is_ordinary(s: Situation) -> bool:
    """The review is held in the ordinary procedure."""
    return s.text("procedure") == "ordinary"


@condition
def review_is_summary(s: Situation) -> bool:
    """The review is held in the summary procedure."""
    return s.text("procedure") == "summary"


@condition
def remedy_is_a_review(s: Situation) -> bool:
    """The remedy is a review."""
    return not s.process.facts.get("is_suit")


@condition
def remedy_is_a_suit(s: Situation) -> bool:
    """The remedy is a suit."""
    return bool(s.process.facts.get("is_suit"))


@condition
def judgment_is_told(s: Situation) -> bool:
    """The court of first instance gave a judgment."""
    return s.text("judgment_kind") == "judgment"


@condition
def ruling_is_told(s: Situation) -> bool:
    """The court of first instance gave a ruling."""
    return s.text("judgment_kind") == "ruling"


@condition
def decision_is_contested(s: Situation) -> bool:
    """The remedy is against the decision."""
    return contested_of(s) == "decision"


def _came_to(s: Situation, outcomes: frozenset[str]) -> bool:
    """An outcome moves the case while the decision that it is about stands.

    What the organ revoked or changed itself meanwhile is only judged: 行政复议法第六十五条第二款第
    （二）项, 行政诉讼法第七十四条第二款第（二）项. Its new decision has remedies of its own.
    """
    about = decision_is_contested(s) and contests_what_is_in_force(s)
    return about and s.text("outcome") in outcomes


def _has_ended(s: Situation) -> bool:
    """The case of the decision was closed or archived: its clocks are over."""
    case = case_of(s)
    return case is not None and case.state in ENDED_CASE


@condition
def decision_stands(s: Situation) -> bool:
    """The decision was upheld, or the remedy came to nothing."""
    return _came_to(s, STANDS) and not _has_ended(s)


@condition
def closed_decision_stands(s: Situation) -> bool:
    """The same of a case that is closed, and stays so."""
    return _came_to(s, STANDS) and _has_ended(s)


@condition
def decision_is_found_unlawful(s: Situation) -> bool:
    """The decision was found unlawful and not revoked."""
    return _came_to(s, UNLAWFUL) and not _has_ended(s)


@condition
def closed_decision_is_found_unlawful(s: Situation) -> bool:
    """The same of a closed case: what was published is withdrawn, and that is work again."""
    return _came_to(s, UNLAWFUL) and _has_ended(s)


@condition
def decision_is_changed(s: Situation) -> bool:
    """Something else is decided in its place."""
    return _came_to(s, CHANGES) and not _has_ended(s)


@condition
def closed_decision_is_changed(s: Situation) -> bool:
    """The same of a closed case: what was paid is reckoned anew."""
    return _came_to(s, CHANGES) and _has_ended(s)


@condition
def decision_falls(s: Situation) -> bool:
    """The decision was revoked and is not made anew."""
    return _came_to(s, FALLS) and not s.form.get("remake")


@condition
def decision_is_remade(s: Situation) -> bool:
    """The decision was revoked and is to be made anew."""
    return _came_to(s, FALLS) and bool(s.form.get("remake"))


def _on_spot(s: Situation) -> bool:
    case = case_of(s)
    return case is not None and case.kind == SPOT


@condition
def spot_decision_is_contested(s: Situation) -> bool:
    """The remedy is against a penalty on the spot."""
    return decision_is_contested(s) and _on_spot(s)


@condition
def spot_decision_stands(s: Situation) -> bool:
    """A penalty on the spot was upheld, or the remedy against it came to nothing."""
    return _came_to(s, STANDS) and _on_spot(s)


@condition
def spot_decision_is_found_unlawful(s: Situation) -> bool:
    """A penalty on the spot was found unlawful and not revoked: it is still paid and enforced."""
    return _came_to(s, UNLAWFUL) and _on_spot(s)


@condition
def spot_decision_is_changed(s: Situation) -> bool:
    """Something else is decided in the place of a penalty on the spot."""
    return _came_to(s, CHANGES) and _on_spot(s)


@condition
def spot_decision_falls(s: Situation) -> bool:
    """A penalty on the spot was revoked and is not made anew."""
    return decision_falls(s) and _on_spot(s)


@condition
def spot_decision_is_remade(s: Situation) -> bool:
    """A penalty on the spot was revoked; it is made anew in a case of its own."""
    return decision_is_remade(s) and _on_spot(s)


@condition
def ended_spot_has_work_again(s: Situation) -> bool:
    """The clue had ended, and its penalty on the spot is reckoned anew."""
    return clue_has_ended(s) and _came_to(s, FALLS | CHANGES) and _on_spot(s)


@condition
def measure_falls(s: Situation) -> bool:
    """The compulsory measure was revoked."""
    return contested_of(s) == "measure" and s.text("outcome") in FALLS | CHANGES


@condition
def remake_day_of_review(s: Situation) -> bool:
    """The review decision states by when the decision is made anew."""
    return bool(s.form.get("remake_due")) and "effective_on" not in s.form


@condition
def remake_day_of_suit(s: Situation) -> bool:
    """The judgment states by when the decision is made anew."""
    return bool(s.form.get("remake_due")) and "effective_on" in s.form


@condition
def clue_has_ended(s: Situation) -> bool:
    """The clue was closed or archived."""
    clue = s.latest("clue")
    return clue is not None and clue.state in ENDED_CLUE


@condition
def ended_clue_has_work_again(s: Situation) -> bool:
    """The clue had ended and its case is open again."""
    reopens = FALLS | UNLAWFUL | CHANGES
    return clue_has_ended(s) and _came_to(s, reopens) and not _on_spot(s)
