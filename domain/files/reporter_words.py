"""A reporter's own words without what tells who he is: pure, and linear in the text.

His number goes however it is written: in full width or Chinese figures, parted by blanks, dashes,
dots or signs that nobody sees. Who asked for confidentiality is not told by name or address either.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.files.identifiers import is_masked

FULL_PHONE = 7
"""A number with fewer figures is a service number, not somebody's own."""
WIDEST_GAP = 3
"""So many signs may part two figures of one number."""
_CHINESE = {
    sign: str(figure)
    for figure, signs in enumerate(
        ("〇零○", "一壹幺", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
MOBILE = re.compile(r"(?=(1[3-9]\d{9}))")
SHORTEST_ADDRESS = 5
ADDRESS = "（住址已隐去）"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤"
)
INTRODUCED = re.compile(
    rf"(我叫|我姓名|姓名|联系人|举报人|投诉人|反映人)([是为:：\s]{{0,3}})([{SURNAMES}][\u4e00-\u9fa5]{{1,2}})(?![\u4e00-\u9fa5])"
)


OWN_WORDS = frozenset(
    {
        *("title", "content", "replies", "kept_title", "kept_content"),
        *("report_title", "report_content", "clue_title", "clue_content"),
    }
)
"""Under which names forms and facts keep what a reporter told, among other things."""


@dataclass(frozen=True)
class Known:
    """What is known of a reporter when his words are taken in.

    `confidential`: he asked that nobody be told who he is. `others`: numbers that are not his.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    confidential: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Run:
    """Figures that stand together, each with its place in the text."""

    figures: str
    places: tuple[int, ...]

    def parted(self, at: int) -> bool:
        """Whether something stands before the figure of that number, or nothing follows."""
        if at in (0, len(self.places)):
            return True
        return self.places[at] - self.places[at - 1] > 1


def without_reporter(text: str, known: Known) -> str:
    """The text as it may be kept and shown."""
    text = without_phone(text, known.phone)
    if not known.confidential:
        return text
    text = _masked(text, _mobiles(text, known.others))
    for part in _address_parts(known.address):
        text = _spaced(part).sub(ADDRESS, text)
    if len(known.name) > 1 and "*" not in known.name:
        text = _spaced(known.name).sub(mask_name(known.name), text)
    return INTRODUCED.sub(lambda one: f"{one[1]}{one[2]}{mask_name(one[3])}", text)


def tells_reporter(text: str, known: Known, others: Iterable[str] = ()) -> bool:
    """Whether somebody else's text tells who a reporter is: his number, his address, his name.

    What also stands in `others`, the party's own name and places, tells nothing of him.
    """
    if without_phone(text, known.phone) != text:
        return True
    named = known.name if len(known.name) > 1 and "*" not in known.name else ""
    apart = [one for one in others if one]
    return any(
        _spaced(part).search(text)
        for part in (named, *_address_parts(known.address))
        if part and not any(part in one for one in apart)
    )


def without_reporter_in(told: Mapping[str, object], known: Known) -> dict[str, object]:
    """A form or facts in which his own words are as they may be kept, however deep they stand."""
    return {name: _kept(name, value, known) for name, value in told.items()}


def own_words(told: Mapping[str, object]) -> tuple[str, ...]:
    """His own words in a form or facts, in their order, however deep they stand."""
    return tuple(one for name, value in told.items() for one in _said(name, value))


def _kept(name: str, value: object, known: Known) -> object:
    if isinstance(value, Mapping):
        return without_reporter_in(value, known)
    if isinstance(value, list):
        return [_kept(name, one, known) for one in value]
    return without_reporter(value, known) if isinstance(value, str) and name in OWN_WORDS else value


def _said(name: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from own_words(value)
    elif isinstance(value, list):
        for one in value:
            yield from _said(name, one)
    elif isinstance(value, str) and name in OWN_WORDS:
        yield value


def without_phone(text: str, phone: str) -> str:
    """A text in which the reporter's own number is masked; a longer one that contains it stays."""
    if len(phone) < FULL_PHONE or is_masked(phone):
        return text
    for number in _written(phone):
        found = _places(text, number)
        text = _masked(text, ((begin, end, phone) for begin, end, _ in found))
    return text


def mask_name(name: str) -> str:
    """The first character and stars."""
    return f"{name[0]}{'*' * max(len(name) - 1, 1)}" if name else ""


def mask_phone(phone: str) -> str:
    """The last four digits at most."""
    return f"{'*' * max(len(phone) - 4, 3)}{phone[-4:]}" if len(phone) > 4 else "*" * len(phone)


def _written(phone: str) -> Iterator[str]:
    """The number, and where it is a fixed line the same without its area code."""
    number = re.sub(r"\D", "", phone)
    yield number
    if number.startswith("0"):
        yield number[3 if number.startswith(("01", "02")) else 4 :]


Found = tuple[int, int, str]
"""From which to before which place of the text a number stands, and the number."""


def _masked(text: str, found: Iterable[Found]) -> str:
    for begin, end, number in sorted(found, reverse=True):
        text = f"{text[:begin]}{mask_phone(number)}{text[end:]}"
    return text


def _places(text: str, number: str) -> Iterator[Found]:
    for run in _runs(text):
        at = run.figures.find(number)
        while at >= 0:
            if found := _whole(text, run, at, number):
                yield found
            at = run.figures.find(number, at + 1)


def _mobiles(text: str, others: tuple[str, ...]) -> Iterator[Found]:
    for run in _runs(text):
        for one in MOBILE.finditer(run.figures):
            found = _whole(text, run, one.start(), one[1])
            if found and one[1] not in others:
                yield found


def _whole(text: str, run: _Run, at: int, number: str) -> Found | None:
    """Where a number stands by itself, with the country's code before it; None in a longer one."""
    end = at + len(number)
    for code in ("0086", "86"):
        if run.figures[:at].endswith(code) and run.parted(at - len(code)):
            at -= len(code)
            break
    if not (run.parted(at) and run.parted(end)):
        return None
    begin = run.places[at]
    return begin - (text[begin - 1 : begin] == "+"), run.places[end - 1] + 1, number


def _runs(text: str) -> Iterator[_Run]:
    figures: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        figure = _figure(sign)
        if figure:
            if places and place - places[-1] > WIDEST_GAP + 1:
                yield _Run("".join(figures), tuple(places))
                figures, places = [], []
            figures.append(figure)
            places.append(place)
        elif places and not _parts(sign):
            yield _Run("".join(figures), tuple(places))
            figures, places = [], []
    if places:
        yield _Run("".join(figures), tuple(places))


def _figure(sign: str) -> str:
    """The figure that a sign stands for, or nothing."""
    if sign in _CHINESE:
        return _CHINESE[sign]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain in "0123456789" else ""


def _parts(sign: str) -> bool:
    """Whether a sign may part figures of one number: a blank, a dash, a bracket, one unseen."""
    return unicodedata.category(sign)[0] in "ZCP" or sign in "+~～|"


def _address_parts(address: str) -> Iterator[str]:
    """The address, and what is left of it without province, city, county and street office."""
    left = address.strip()
    while len(left) >= SHORTEST_ADDRESS:
        yield left
        _, mark, left = min(
            (left.partition(one) for one in ("省", "市", "区", "县", "街道", "镇", "乡")),
            key=lambda cut: len(cut[0]) if cut[1] else len(left),
        )
        if not mark:
            return


def _spaced(words: str) -> re.Pattern[str]:
    """The words, whatever blanks or unseen signs somebody put between their characters."""
    return re.compile(r"[\s\u200b-\u200f\u2060\ufeff·]{0,3}".join(map(re.escape, words)))
