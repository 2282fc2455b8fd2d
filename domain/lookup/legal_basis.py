"""Legal bases as forms state them: the articles a matter offers, and what is doubtful in a text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.files.article_words import names_an_article
from domain.rulebook.quotation import holds_here
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import Instrument
from domain.situation.discretion import matter_of
from domain.situation.penalty import DECIDED, PLANNED, penalty_of
from domain.situation.situation import Situation

GROUNDS = {
    "penalty_ground": "punishes",
    "nature_ground": "prohibits",
    "correct_breach": "prohibits",
    "order_ground": "punishes",
    "legal_ground": "measures",
}
"""Fields that state a legal basis, with the articles of the matter that belong there."""
ORDER = "order_ground"
"""What an order to correct rests on."""
BREACHES = ("nature_ground", "correct_breach", "nature")
"""Where a form or the record says which provision was broken."""
PAPER_GROUNDS = ("定性依据", "处罚依据", "处理依据", "责令依据", "查封扣押依据", "不予处罚依据")
"""Facts of papers that state what an act against a party rests on."""
GENERAL = frozenset({"cf", "qz", "cx"})
"""Instruments that belong to every matter."""
INCOME, TAKES_INCOME = "illegal_income", "cf-28-2"
"""The sum on record that is to be confiscated, and the provision that says so."""
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:省(?!级)|自治区|自治州|市(?![场政区民容县]))")
"""How the title of a local law begins."""
_TITLE = re.compile(r"《([^《》]+)》")
_ARTICLES = re.compile(r"《([^《》]+)》\s*(第[^，。；、《》]*?条)")


@dataclass(frozen=True)
class Offer:
    """An article that a form may name: in which field, how it is written, and what it says.

    `instead`: the words at the end of the field by which it was found, and whose place it takes.
    """

    field: str
    text: str
    says: str
    is_seen: bool
    instead: str = ""


def offers(
    s: Situation, rules: Rulebook, fields: tuple[str, ...], act: tuple[str, ...] = ()
) -> tuple[Offer, ...]:
    """The articles of the matter for each field of the form that states a legal basis.

    `act`: what the action itself rests on; an order to correct may name the general law of it.
    """
    general = tuple(one for one in act if one.partition("-")[0] in GENERAL)
    return tuple(
        Offer(field, written(rules, one), rules.citations[one].says, _is_seen(rules, one))
        for field in GROUNDS
        if field in fields
        for one in (*offered(s, rules, field), *(general if field == ORDER else ()))
    )


def offered(s: Situation, rules: Rulebook, field: str) -> tuple[str, ...]:
    """The articles of the matter that belong into a field, by their ids."""
    matter = rules.matters.get(matter_of(s))
    return tuple(getattr(matter, GROUNDS[field])) if matter and field in GROUNDS else ()


def written(rules: Rulebook, citation: str) -> str:
    """An article as a person writes it: 《title》第…条第…款第（…）项."""
    return f"《{rules.instrument_of[citation].title}》{rules.citations[citation].article}"


def doubts(s: Situation, rules: Rulebook, fields: dict[str, str]) -> tuple[str, ...]:
    """What legal staff should look at in the bases that a form states; `fields`: their labels.

    An article is missing; a law is not in force today, does not bind the organ or hold here, is
    none of the matter's; an article is not in the rulebook or its text was not seen; what was
    broken and what punishes are of different laws; income on record is left to the party. None of
    it refuses the step.
    """
    found: list[str] = []
    for name, label in fields.items():
        text = s.text(name)
        if name in GROUNDS and text:
            found += _of_text(s, rules, label, text)
    return tuple(dict.fromkeys([*found, *_apart(s, rules), *_income_left(s, rules)]))


def paper_doubts(rules: Rulebook, facts: Mapping[str, object]) -> tuple[str, ...]:
    """What is doubtful in the bases an issued paper states: no article, or one nobody compared."""
    found: list[str] = []
    for label in PAPER_GROUNDS:
        text = str(facts.get(label) or "")
        if text and not names_an_article(text):
            found.append(f"「{label}」没有写明第几条")
        found += _of_articles(rules, text)
    return tuple(dict.fromkeys(found))


def _of_text(s: Situation, rules: Rulebook, label: str, text: str) -> Iterator[str]:
    if not names_an_article(text):
        yield f"「{label}」没有写明第几条"
    own = {plain(one) for one in _TITLE.findall(text)}
    known = {plain(one.title): key for key, one in rules.instruments.items()}
    for title in sorted(own):
        key = known.get(title)
        if key is not None:
            yield from _of_instrument(s, rules, key, rules.instruments[key])
        elif place := _other_place(s, rules, title):
            yield f"《{title}》按名称是{place}的规定，请核对是否在本地施行"
        if key not in GENERAL and not _belongs(s, rules, title):
            yield f"《{title}》不在本监管事项的依据之列"
    yield from _of_articles(rules, text)


def _of_instrument(
    s: Situation, rules: Rulebook, key: str, instrument: Instrument
) -> Iterator[str]:
    if s.today < instrument.from_ or (instrument.until and s.today >= instrument.until):
        yield f"《{instrument.title}》今日不是有效的文本（{_life(instrument)}）"
    organ = s.department(s.actor.department)
    if instrument.binds and organ is not None and organ.function not in instrument.binds:
        yield f"《{instrument.title}》不适用于{organ.name}"
    if not holds_here(rules, next(iter(instrument.citations)), s.region):
        yield f"《{instrument.title}》不在本地施行"


def _other_place(s: Situation, rules: Rulebook, title: str) -> str:
    """The province or city that a law is named after, where it is none of the organ's; else ""."""
    found = _PLACE.match(title)
    if found is None or found[0] in rules.regions or _is_own(s, rules, found[0]):
        return ""
    return found[0]


def _is_own(s: Situation, rules: Rulebook, place: str) -> bool:
    around = rules.regions.get(s.region.within or "")
    organ, names = (
        s.department(s.actor.department),
        [s.region.label, around.label if around else ""],
    )
    while organ is not None:
        names.append(organ.name)
        organ = s.department(organ.superior) if organ.superior else None
    return any(one.startswith(place) for one in names)


def _life(instrument: Instrument) -> str:
    until = f"，{instrument.until:%Y年%-m月%-d日}起失效" if instrument.until else ""
    return f"{instrument.from_:%Y年%-m月%-d日}起施行{until}"


def _belongs(s: Situation, rules: Rulebook, title: str) -> bool:
    """Whether a law is one the matter rests on; without a matter nothing is held against it."""
    matter = rules.matters.get(matter_of(s))
    if matter is None:
        return True
    named = (*matter.prohibits, *matter.punishes, *matter.measures)
    titles = {plain(rules.instrument_of[one].title) for one in named}
    return title in titles | {plain(one.strip("《》")) for one in matter.basis}


def _of_articles(rules: Rulebook, text: str) -> Iterator[str]:
    """Each article in a text that nobody has compared with the law."""
    seen = {
        (plain(rules.instrument_of[key].title), _article(one.article))
        for key, one in rules.citations.items()
        if one.evidence == "text"
    }
    for title, article in _ARTICLES.findall(text):
        if (plain(title), _article(article)) not in seen:
            yield f"《{title}》{article}待法制核对"


def _apart(s: Situation, rules: Rulebook) -> Iterator[str]:
    """The provision broken and the one that punishes, or by which correction is ordered, share no
    law; an order may always rest on the general one.
    """
    recorded = s.process.facts
    broken = next((t for n in BREACHES if (t := s.text(n) or str(recorded.get(n) or ""))), "")
    first = {plain(one) for one in _TITLE.findall(broken)}
    general = {plain(rules.instruments[one].title) for one in GENERAL}
    for name, act in (("penalty_ground", "处罚"), (ORDER, "责令改正")):
        second = {plain(one) for one in _TITLE.findall(s.text(name))}
        if first and second and not second & (first | (general if name == ORDER else set())):
            yield (
                f"定性引用《{'》《'.join(sorted(first))}》，{act}引用《{'》《'.join(sorted(second))}》，"
                "不是同一部法律，请核对"
            )


def _income_left(s: Situation, rules: Rulebook) -> Iterator[str]:
    """Less is confiscated than the illegal income on record (行政处罚法第二十八条第二款)."""
    names = next((one for one in (PLANNED, DECIDED) if one.kinds in s.form), None)
    recorded = s.process.facts.get("quantities")
    income = recorded.get(INCOME) if isinstance(recorded, Mapping) else None
    if names is None or not income:
        return
    left = Decimal(str(income)) - penalty_of(s.form, names).confiscated
    if left > 0:
        yield (
            f"登记的违法所得{Decimal(str(income)):,}元，没收的少{left:,}元：除依法应当退赔的外，应当予以没收"
            f"（{rules.cite(TAKES_INCOME)}）；已经退赔、法律另有规定的，请在裁量理由中写明"
        )


def _is_seen(rules: Rulebook, citation: str) -> bool:
    return rules.citations[citation].evidence == "text"


def _article(text: str) -> str:
    return text.partition("条")[0] + "条"


def plain(title: str) -> str:
    """The title without the name of the country, which texts often leave out."""
    return title.removeprefix("中华人民共和国").strip()
