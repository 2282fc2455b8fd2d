"""Guards of the party's name: nobody is proceeded against, told or punished without one."""

from domain.files.identifiers import credit_code, misprint, names_nobody, names_several
from domain.guards.registry import guard
from domain.situation.complaints import asked_for_secrecy
from domain.situation.situation import Situation

DECIDED = {"decided", "served", "enforced", "settled"}
"""States of a case in which a decision, or its end, names somebody."""


@guard
def party_is_known(s: Situation) -> str | None:
    """A case is filed against somebody."""
    name = s.text("subject_name") or s.subject.subject_name
    if not names_nobody(name):
        return one_only(name, "请在本表单的「当事人」中只写一个")
    return (
        "当事人不明，不符合立案条件（须有明确的当事人）：请先查明，并在本表单的「当事人」中填写；"
        "一时查不明的，请「退回补充核查」"
    )


@guard
def party_is_named(s: Situation) -> str | None:
    """Nothing is told to or decided against a party without a name."""
    name = s.subject.subject_name
    if not names_nobody(name):
        decided = s.process.state in DECIDED
        return None if decided else one_only(name, "请由承办人在「登记、更正当事人」中只写一个")
    return "当事人姓名（名称）尚未登记，请先由承办人办理「登记、更正当事人」"


@guard
def party_is_somebody(s: Situation) -> str | None:
    """A name that is typed names somebody; where nobody is known the field stays empty."""
    typed = s.text("subject_name")
    if not typed or not names_nobody(typed):
        return one_only(typed, "请只写一个")
    return f"「当事人」填写的“{typed}”不是姓名或者单位全称；还没有查明的，请留空"


def one_only(name: str, what_next: str) -> str | None:
    """Each party has its own facts, rights, penalty and service: one case, one party."""
    if not names_several(name):
        return None
    return (
        f"“{name}”写有几个当事人：告知、听证、决定、送达和缴款各对一个当事人办理，{what_next}；"
        "其他当事人由热线专员另行登记线索，分别立案"
    )


NUMBERS = {"subject_code": "证件号码", "asked_code": "被询问人证件号码"}
"""The fields of a form in which an officer enters somebody's number, with their labels."""


@guard
def numbers_can_be_right(s: Situation) -> str | None:
    """A number that an officer enters is somebody's: its check sign fits.

    What a caller told of a party is registered as he told it; who sees the paper enters what it
    says.
    """
    typed = ((label, s.text(name)) for name, label in NUMBERS.items())
    faults = [f"「{label}」“{text}”{fault}" for label, text in typed if (fault := _fault(text))]
    if not faults:
        return None
    return "；".join(faults) + "：请与身份证件、营业执照原件核对后填写，一时无法核对的留空"


@guard
def recorded_number_can_be_right(s: Situation) -> str | None:
    """A number registered as it was told is put right before the party's facts are recorded."""
    known = s.subject.subject_code
    is_another = s.text("subject_name") not in {"", s.subject.subject_name}
    if s.text("subject_code") or is_another or not (fault := _fault(known)):
        return None
    return (
        f"线索登记的证件号码“{known}”{fault}：请与身份证件、营业执照原件核对后，"
        "在本表单的「证件号码」中更正"
    )


def _fault(text: str) -> str | None:
    return misprint(credit_code(text))


@guard
def decided_party_stays(s: Situation) -> str | None:
    """Whom a decision names is not exchanged afterwards; a missing name may be entered."""
    if s.process.state not in DECIDED or not s.subject.subject_name:
        return None
    return "决定已经作出，不得更换当事人；决定确有错误的，应当依法撤销或者变更后重新办理"


CHARGED = {"in_case", "in_referral", "on_spot"}
"""States of a clue in which somebody is proceeded against."""


@guard
def something_is_corrected(s: Situation) -> str | None:
    """A correction says what should stand there."""
    fields = (name for name in s.form if name != "correct_reason")
    return None if any(s.text(name) for name in fields) else "请填写需要更正的各项，没有更正的不填"


@guard
def party_is_corrected_where_it_is_charged(s: Situation) -> str | None:
    """Once there is a case, its party is corrected there: notices and hearings depend on it."""
    named = any(s.text(name) for name in ("subject_name", "subject_code"))
    if s.process.state not in CHARGED or not named:
        return None
    return "已经立案、移送或者当场处罚的，当事人在案件中由承办人「登记、更正当事人」，不在这里更正"


@guard
def secrecy_is_not_asked_yet(s: Situation) -> str | None:
    """A wish for secrecy is registered once."""
    return "已登记举报人要求保密，不必重复登记" if asked_for_secrecy(s) else None
