"""What the free text of a penalty may say: it explains the kinds chosen, and adds none."""

import re
from collections.abc import Mapping

from domain.guards.registry import guard
from domain.situation.situation import Situation

SAID: Mapping[str, re.Pattern[str]] = {
    "fine": re.compile("(?<!加处)(?<!不予)罚款"),
    "illegal_gains": re.compile("没收违法所得"),
    "licence_suspended": re.compile("暂扣"),
    "licence_revoked": re.compile("吊销"),
    "business_suspended": re.compile("停产停业|停业整顿"),
    "business_closed": re.compile("责令关闭"),
    "occupation_restricted": re.compile("限制从业|禁止从业"),
    "detention": re.compile("拘留"),
    "criticism": re.compile("通报批评"),
}
"""Words by which a text imposes a kind; of the kinds that are left out, words are no sure sign."""
TEXTS = (("planned_kinds", "planned_penalty"), ("penalty_kinds", "penalty"))


@guard
def text_adds_no_kind(s: Situation) -> str | None:
    """Hearing, discussion and publicity follow from the kinds: no other is imposed by words."""
    added = [
        f"“{found[0]}”（{s.law.penalties[kind].label}）"
        for kinds, text in TEXTS
        for kind, words in SAID.items()
        if s.names(kinds) and kind not in s.names(kinds) and (found := words.search(s.text(text)))
    ]
    if not added:
        return None
    return (
        f"处罚内容写有{'、'.join(added)}，处罚种类没有选：听证、集体讨论和公示以种类为准，"
        "请在处罚种类中选上，或者改正文字"
    )


@guard
def spot_measures_are_approved(s: Situation) -> str | None:
    """A measure that was taken on the spot is approved or lifted before anything is decided."""
    if all(one.state != "awaiting" for one in s.of_kind("measure")):
        return None
    return (
        "当场采取的强制措施、先行登记保存还没有补办批准，"
        "请先由机关负责人办理「补办批准」或者「不予批准，立即解除」"
    )
