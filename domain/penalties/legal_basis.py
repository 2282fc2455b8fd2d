"""The legal basis of a penalty or a measure: an article by its number, never a statute alone."""

import re

from domain.guards.registry import guard
from domain.situation.situation import Situation

ARTICLE = re.compile(r"第\s*[〇零一二三四五六七八九十百千\d]+\s*条")
"""How a text names an article."""


def names_an_article(text: str) -> bool:
    """Whether a legal basis says which article it rests on."""
    return bool(ARTICLE.search(text))


@guard
def penalty_rests_on_an_article(s: Situation) -> str | None:
    """A penalty is told and decided by article; a decision without its own rests on the notice."""
    own = s.text("penalty_ground")
    text = own or str(s.process.facts.get("penalty_ground") or "")
    if names_an_article(text):
        return None
    again = "" if own else "；告知时就没有写明的，请重新办理「处罚告知」"
    return _refusal("处罚依据", text) + again


@guard
def seizure_rests_on_an_article(s: Situation) -> str | None:
    """What a seizure rests on is told by article."""
    text = s.text("legal_ground")
    return None if names_an_article(text) else _refusal("查封扣押依据", text)


@guard
def termination_has_its_ground(s: Situation) -> str | None:
    """An investigation is broken off where nobody is left to answer, or by an article.

    What justice gave back to be dealt with ends by a decision like any other (310号令13).
    """
    ground = s.text("terminate_ground")
    if ground == "died" or (ground == "other" and names_an_article(s.text("terminate_basis"))):
        return None
    missing = "「终止调查依据」（写明第几条）" if ground == "other" else "「终止调查的情形」"
    return (
        f"终止调查须有法定情形，请填写{missing}；违法事实不能成立、情节轻微的，"
        "请继续办理并作出不予处罚决定；司法机关移送处理的，应当作出处罚或者不予处罚决定"
    )


def _refusal(label: str, text: str) -> str:
    found = f"「{text[:40]}」" if text else ""
    return f"{label}{found}没有写明第几条，请写明法律名称和条、款、项，如《…法》第…条第…款第（…）项"
