"""What the free text of a penalty may say: it explains the kinds chosen, and adds none.

Hearing, review, discussion and publicity follow from the kinds (行政处罚法第四十四条、
第五十七条、第六十三条); a kind imposed by words alone would escape all of them.
"""

import re
from collections.abc import Iterator, Mapping

from domain.guards.registry import guard
from domain.situation.situation import Situation

_ONE = "[^，。；;、\n]"
SAID: Mapping[str, str] = {
    "warning": r"(?:给予|处以|予以|并处)警告|(?:^|[，。；;、\n])警告(?=[，。；;、\n]|$)",
    "criticism": "通报批评",
    "fine": "(?<!加处)罚款",
    "illegal_gains": f"没收{_ONE}{{0,8}}违法所得",
    "illegal_goods": f"没收(?!{_ONE}{{0,8}}违法所得)|没收{_ONE}*非法财物",
    "licence_suspended": "暂扣",
    "grade_lowered": f"降低{_ONE}{{0,6}}资质",
    "licence_revoked": "吊销",
    "business_restricted": "限制(?:其)?(?:开展)?生产经营",
    "business_suspended": "停产停业|停业整顿|停产整[顿治]|责令(?:停业|停产)",
    "business_closed": "(?:责令|予以)关闭",
    "occupation_restricted": f"[限禁][制止]从业|[市行][场业]禁入|(?:终身|年内){_ONE}{{0,8}}从事",
    "detention": "拘留",
}
"""Words by which a text imposes a kind; `other` has none of its own."""
_NOT = (
    "(?:不予|免予|不再|不|未|免除|无须)(?:给予|处以|并处|作出|实施|处)?(?:KIND)"
    f"|(?:已|曾)[被由]{_ONE}{{0,24}}?(?:KIND)"
)
"""How a text says that something is not imposed, or was by somebody else."""
_NAMED = re.compile(r"《[^》]*》|(?:称|主张|请求|认为|规定|载明)[：:]?[“「][^”」]*[”」]")
"""Names of laws, and what a party or an article is quoted with."""
TEXTS = {
    "planned_kinds": ("planned_penalty",),
    "penalty_kinds": ("penalty", "performance"),
}
"""By the field of the kinds, the texts that stand beside them."""
_FORMS = {kind: re.compile(words) for kind, words in SAID.items()}
_DENIED = {kind: re.compile(_NOT.replace("KIND", words)) for kind, words in SAID.items()}


@guard
def text_adds_no_kind(s: Situation) -> str | None:
    """A text beside the kinds of a penalty imposes no other kind."""
    added = [
        f"“{word}”（{s.law.penalties[kind].label}）"
        for kinds, texts in TEXTS.items()
        if s.names(kinds)
        for text in texts
        for kind, word in imposed_by(s.text(text))
        if kind not in s.names(kinds)
    ]
    if not added:
        return None
    return (
        f"文字写有{'、'.join(dict.fromkeys(added))}，处罚种类没有选：听证、审核、集体讨论和公示以种类为准，"
        "请在处罚种类中选上并填写数额、期限、许可证件，或者改正文字；不给予的写作“不予……”"
    )


def imposed_by(text: str) -> Iterator[tuple[str, str]]:
    """The kinds that a text imposes, each with the words by which it does."""
    plain = _NAMED.sub("", text)
    for kind, words in _FORMS.items():
        found = words.search(_DENIED[kind].sub("", plain))
        if found:
            yield kind, found[0].strip("，。；;、\n")
