"""What the free text of a penalty may say: it explains the kinds chosen, and adds none.

Hearing, review, discussion and publicity follow from the kinds (行政处罚法第四十四条、
第五十七条、第六十三条); a kind imposed by words alone would escape all of them.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from domain.files.identifiers import half_width
from domain.files.sums_in_words import yuan_in
from domain.guards.measure import GENERAL
from domain.guards.registry import guard
from domain.penalties.hearing_right import penalty_at_hand
from domain.situation.situation import Situation

_ONE = "[^，。；;、\n]"
AMOUNT = (
    r"[0-9][0-9,，.]*[十百千万亿]*元"
    "|[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+元"
)
"""A sum of money as officials write it."""
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


_OF_FINE = re.compile(
    rf"罚款(?:人民币|共计|合计|计)?({AMOUNT})|(?:[处以予]|[共合]计)({AMOUNT})(?:整)?的?罚款"
)
_OF_GAINS = re.compile(rf"没收{_ONE}{{0,8}}违法所得(?:人民币|共计|合计|计)?({AMOUNT})")
_AGAIN = re.compile(
    "(?:按日|每[逾超迟][^，。；]{0,4}[日天]|每[日天]|逐日)[^，。；\n]{0,20}?(?:罚|加处)[^，。；\n]*"
)
"""Words by which a penalty would grow with every day."""
_SURCHARGE = re.compile("加处[^，。；]{0,12}罚款|加处罚款")
_RATE = re.compile("百分之[一二三四五六七八九十]+|[0-9.]+ ?[%％]")
LAWFUL_RATES = frozenset({"百分之三", "3%", "3％"})
"""How 行政处罚法第七十二条第一款第（一）项 is written."""


@guard
def text_tells_the_same_sums(s: Situation) -> str | None:
    """A text beside the sums of a penalty tells no other ones, and none that grow by the day."""
    penalty = penalty_at_hand(s)
    found: list[str] = []
    for kinds, texts in TEXTS.items():
        for said in (_closed_up(s.text(one)) for one in texts if s.names(kinds)):
            own = _DENIED["fine"].sub("", said)  # 已由某局罚款五万元 is somebody else's
            found += _other_sums(own, _OF_FINE, penalty.fine, "罚款")
            own = _DENIED["illegal_gains"].sub("", said)
            found += _other_sums(own, _OF_GAINS, penalty.confiscated, "没收违法所得")
            found += [f"“{one}”" for one in _growing(said)]
    if not found:
        return None
    return (
        f"文字写有{'、'.join(dict.fromkeys(found))}：处罚的数额以金额各栏为准，文书不得另写数额；"
        "几个行为分别罚款的，各数合计应当等于罚款金额；按日连续处罚须依规定它的法律在复查之后另行决定，"
        "逾期缴纳的加处罚款为每日百分之三，由系统写明。请改正文字或者金额"
    )


def _closed_up(text: str) -> str:
    """A text without the names of laws and what a party said, its lines parted, its blanks gone."""
    lines = _NAMED.sub("", half_width(text)).splitlines()
    return "；".join(re.sub(r"\s", "", one) for one in lines)


def _other_sums(said: str, pattern: re.Pattern[str], stated: Decimal, what: str) -> list[str]:
    """The sums that a text tells of a kind, where they are neither the stated one nor its parts."""
    words = [next(one for one in found.groups() if one) for found in pattern.finditer(said)]
    sums = [yuan_in(one) for one in words]
    parts = [one for one in sums if one is not None and one != stated]
    if not parts or sum(parts) == stated:
        return []
    return [f"“{what}{one}”" for one, sum_ in zip(words, sums, strict=True) if sum_ in parts]


def _growing(said: str) -> Iterator[str]:
    for found in _AGAIN.finditer(said):
        rates = set(_RATE.findall(found[0].replace(" ", "")))
        lawful = rates <= LAWFUL_RATES and not re.search(AMOUNT, found[0])
        if not (lawful and _SURCHARGE.search(found[0])):
            yield found[0]


_DAYS_TO_PAY = re.compile(f"([0-9一二三四五六七八九十]+)个?(?:工作)?[日天]内?{_ONE}{{0,20}}[缴交]")
_TO_ONESELF = re.compile(
    f"[缴交]{_ONE}{{0,6}}(?:本(?:机关|局|委|大队|支队|单位)|执法人员|办案人员|财务)"
)
FIFTEEN = frozenset({"15", "十五"})


@guard
def fine_is_paid_as_the_law_says(s: Situation) -> str | None:
    """A fine is paid within fifteen days to a bank, not to who imposed it (处罚法67)."""
    penalty = penalty_at_hand(s)
    if not (penalty.fine or penalty.confiscated):
        return None
    faults: list[str] = []
    for said in _about_money(s.text("performance"), s.text("pay_way")):
        days = [one for one in _DAYS_TO_PAY.findall(said) if one not in FIFTEEN]
        faults += [f"缴款期限写作“{one}日”，应为收到决定书之日起十五日" for one in days]
        if (found := _TO_ONESELF.search(said)) and "当场收缴" not in said:
            faults.append(
                f"“{found[0]}”：作出罚款决定的机关应当与收缴罚款的机构分离，到指定的银行缴纳"
            )
    if not faults:
        return None
    return f"{'；'.join(faults)}；延期、分期的决定之后另行办理「批准延期、分期缴纳罚款」"


def _about_money(*texts: str) -> list[str]:
    """The clauses of texts that tell how money is paid; goods may be handed to the organ."""
    clauses = (one for text in texts for one in re.split("[，。；;\\n]", text))
    return [one for one in clauses if "缴" in one or "款" in one]


_TEMPORARY = re.compile("暂时停产停业|暂时停产|暂时停业")
"""A measure until a danger is over (安全生产法), no penalty."""
_IF = re.compile(
    "逾期|拒不|不改正|未改正|未按|否则|将(?:依法|被|予|处|面临)|再犯|再次|可能|如有|如再"
)
"""Words of a sentence that only tells what would follow."""
ORDERS = {
    "correct_demands": "改正要求",
    "demands": "改正要求",
    "education": "教育内容",
}
"""Texts that order or teach, by field."""


@guard
def order_imposes_no_penalty(s: Situation) -> str | None:
    """An order to correct, or a lesson, imposes no penalty: that has its own way (处罚法9, 44)."""
    found = [
        f"「{label}」写有“{word}”（{s.law.penalties[kind].label}）"
        for field, label in ORDERS.items()
        for sentence in re.split("[。；;\n]", _TEMPORARY.sub("", s.text(field)))
        if not _IF.search(sentence)
        for kind, word in (*imposed_by(sentence), *_imposed_by_order(sentence))
    ]
    if not found:
        return None
    return (
        f"{'；'.join(dict.fromkeys(found))}：这是行政处罚，不是责令改正或者教育，须经立案、告知、听取陈述申辩"
        "以后作出处罚决定（「立案」「处罚告知」「作出处罚决定」）；只告知后果的写作“逾期不改正的，将依法……”"
    )


_BY_ORDER: Mapping[str, re.Pattern[str]] = {
    "fine": re.compile("罚金|罚没款"),
    "illegal_gains": re.compile(f"[上收]缴{_ONE}{{0,6}}违法所得"),
    "licence_suspended": re.compile("吊扣"),
    "business_suspended": re.compile(
        f"停(?:止)?(?:营业|经营|生产|业|产){_ONE}{{0,6}}?(?:[0-9]+|[一二三四五六七八九十]+)个?[日天月年]"
    ),
}
"""Other words by which an order would do what a penalty does: a shop is shut for so many days."""


def _imposed_by_order(sentence: str) -> Iterator[tuple[str, str]]:
    for kind, words in _BY_ORDER.items():
        if found := words.search(sentence):
            yield kind, found[0]


NAMED_IN_WORDS = {
    "illegal_goods": "没收哪些财物（名称、规格、数量，与清单一致）",
    "other": "是什么处罚、内容和期限",
}
"""Kinds whose label alone tells nobody what is to be borne, and what their text has to tell."""


@guard
def penalty_is_told_in_words(s: Situation) -> str | None:
    """What is confiscated, or which other penalty is given, is written; and decided as told."""
    for kinds, text in (("planned_kinds", "planned_penalty"), ("penalty_kinds", "penalty")):
        needed = [one for one in s.names(kinds) if one in NAMED_IN_WORDS]
        if not needed:
            continue
        label = "拟处罚内容" if kinds == "planned_kinds" else "处罚内容"
        said = s.text(text)
        named = "没收" in said and _PLAIN.sub("", said) not in GENERAL
        vague = "illegal_goods" in needed and not named
        if vague or not said:
            asked = "；".join(
                f"{s.law.penalties[one].label}：{NAMED_IN_WORDS[one]}" for one in needed
            )
            return f"处罚种类的名称没有说明内容，决定无从执行，请在「{label}」写明{asked}"
        told = str(s.process.facts.get("planned_penalty") or "")
        if kinds == "penalty_kinds" and told and (left := _not_told(s.text(text), told)):
            return (
                f"「处罚内容」写有“{'”“'.join(left)}”，告知书没有写：未依法告知的内容不得决定，"
                "请与告知的写法一致，或者先重新办理「处罚告知」"
            )
    return None


_PLAIN = re.compile(r"[\s，。；;、,.（）()]|予以|依法|没收|非法财物")


def _not_told(decided: str, told: str) -> list[str]:
    """The items of a decision's text that its notice does not tell."""
    known = _PLAIN.sub("", told)
    items = [one.strip() for one in re.split("[，。；;、\n]", decided) if _PLAIN.sub("", one)]
    return [one for one in items if _PLAIN.sub("", one) not in known]
