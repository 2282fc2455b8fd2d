"""Papers that left the house: who may have one corrected or replaced, and by whose signature."""

from domain.guards.registry import condition, guard
from domain.situation.acting_for import own_persons
from domain.situation.papers import PaperView
from domain.situation.situation import Situation

HEADS = ("department_head", "principal")
KIND = "paper_change"


def paper_meant(s: Situation) -> PaperView | None:
    """The paper in force that the form names, or that the process is about."""
    meant = str(s.form.get("paper") or s.process.facts.get("paper") or "")
    return next((one for one in s.papers if str(one.id) == meant), None)


def _kind_meant(s: Situation) -> str:
    """The kind of the paper the process is about, whether or not that one is still in force."""
    found = paper_meant(s)
    return found.kind if found else str(s.process.facts.get("paper_kind") or "")


@guard
def organ_sent_a_paper(s: Situation) -> str | None:
    """The actor's organ has a paper of the clue that left the house."""
    if any(one.organ == s.actor.department and one.left_at for one in s.papers):
        return None
    return "本线索没有本机关已经送出的文书；尚未送出的，由法制人员在文书登记簿作废、重新制发"


@guard
def organ_issued_a_paper(s: Situation) -> str | None:
    """The actor's organ has a paper of the clue in force, whether or not it was served yet."""
    if any(one.organ == s.actor.department for one in s.papers):
        return None
    return "本线索没有本机关制发、没有作废的文书"


@guard
def paper_is_ours(s: Situation) -> str | None:
    """The form names a paper in force of the actor's organ that left the house."""
    found = paper_meant(s)
    if found is None or found.organ != s.actor.department:
        number = s.text("paper")
        return (
            f"本线索没有本机关制发的第{number}号文书，或者已经作废；文书编号见文书登记簿、文书页面"
        )
    if found.left_at is None:
        return f"{found.called}尚未送出，请由法制人员在文书登记簿作废、重新制发"
    return None


@guard
def paper_has_no_correction_of_its_own(s: Situation) -> str | None:
    """Decisions are corrected by the act of their case."""
    return _own_act(s, "corrected_with")


@guard
def paper_has_no_undoing_of_its_own(s: Situation) -> str | None:
    """What has an act of its own is revoked, changed or issued again by that act."""
    return _own_act(s, "undone_with")


def _own_act(s: Situation, part: str) -> str | None:
    found = paper_meant(s)
    acts = getattr(s.law.documents[found.kind], part) if found else ()
    if found is None or not acts:
        return None
    own = [one for one in acts if one.partition(".")[0] == found.process] or acts
    labels = (
        s.law.lifecycles[process].actions[name].label
        for process, _, name in (one.partition(".") for one in own)
    )
    named = "或者".join(f"「{one}」" for one in dict.fromkeys(labels))
    return f"{found.called}涉及当事人的权利、期限，请办理{named}"


@guard
def change_is_not_pending(s: Situation) -> str | None:
    """One change of a paper after the other."""
    meant = str(s.form.get("paper"))
    if any(str(one.facts.get("paper")) == meant for one in s.open_of_kind(KIND)):
        return "该文书的更正正在办理，请在办结之后再提请"
    return None


@guard
def signs_this_kind_of_paper(s: Situation) -> str | None:
    """Whoever approves holds the chair that signs the paper, or one above it."""
    signer = s.law.documents[_kind_meant(s)].signer
    chairs = HEADS[HEADS.index(signer) :] if signer in HEADS else (signer, *HEADS)
    if s.actor.roles & set(chairs):
        return None
    return "须由签发原文书的岗位或者其上级负责人批准"


@guard
def approves_what_another_asked(s: Situation) -> str | None:
    """Who asked for the change does not approve it."""
    if s.process.facts.get("asked_by") in own_persons(s):
        return "提请人不能自行批准，请由其他有权签发的人员批准"
    return None


@guard
def replacement_was_issued(s: Situation) -> str | None:
    """Of a paper that was revoked and replaced, the new one is there."""
    paper = s.process.facts.get("paper")
    if not change_is_replacement(s) or any(str(one.replaces) == str(paper) for one in s.papers):
        return None
    return "新的文书还没有制发，请由有权签发的人员在原文书的页面「重新制发」"


@condition
def change_is_replacement(s: Situation) -> bool:
    """The paper is revoked and issued again, not only corrected."""
    return s.process.facts.get("paper_way") == "replacement"


@condition
def change_is_correction(s: Situation) -> bool:
    """Only the words of the paper are corrected."""
    return s.process.facts.get("paper_way") == "correction"
