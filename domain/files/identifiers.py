"""Telephone numbers and credit codes: how they are written, and whether they can be right.

Numbers follow the Chinese numbering plan, credit codes GB 32100-2015, identity numbers GB 11643.
"""

import re
import unicodedata
from datetime import date

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of GB 32100-2015: no I, O, S, V, Z."""
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"

PLACEHOLDERS = frozenset(
    {
        "",
        "无",
        "没有",
        "不详",
        "未知",
        "匿名",
        "未提供",
        "不提供",
        "保密",
        "暂无",
        "空",
        "/",
        "-",
        "--",
    }
    | {"null", "none", "n/a", "nan", "nat", "<na>", "#n/a", "#value!", "#ref!", "#div/0!", "#name?"}
)
"""What people and programs write into a cell that has nothing to say."""

_PHONES = tuple(
    re.compile(rf"(?<![\d*])(?:{one})(?![\d*])")
    for one in (
        r"1[3-9]\d{9}",
        r"1\d{2}\*{3,6}\d{2,4}|0\d{2,3}\*+\d{2,4}",
        r"0\d{2,3}\d{7,8}(?:转\d{1,6})?|[2-9]\d{6,7}",
        r"[48]00\d{7}|1\d{4}|9\d{4,7}|1[01]\d",
    )
)
"""Mobile, masked, fixed and service numbers, in the order in which they are looked for."""
_BETWEEN = re.compile(r"[/、,;；，\n|]|\s+(?=1[3-9]\d{9}|0\d{2,3}-?\d{7})")


_NOBODY = (
    "某公司|某企业|某商家|某店|该公司|该企业|该商家|该店|商家|店铺|商铺|门店|超市|饭店|餐馆|工地|药店|学校|医院"
    "|物业|幼儿园|物业公司|开发商|施工单位|个人|不明|待核实|待查|待定|未注明|老板|店主|当事人|负责人"
)
NOBODY = frozenset(_NOBODY.split("|"))
"""What stands in the column when nobody in particular is meant."""


_BY_WHAT_HE_IS = re.compile(
    "(?:[该此本某那这一].{0,8}|.+的)"
    "(?:老板娘?|店主|业主|摊主|房东|司机|负责人|经营者|工作人员|父亲|母亲|爸爸|妈妈|儿子|女儿|妻子|丈夫|家长)"
)
"""Somebody told by his trade or kin only: 该店老板, 王小明的父亲."""
_BY_HALVES = re.compile(r".*[某*].*|.|无名氏|(?:一[家个名位]|不知名|未知名).*")
"""A name of which a part is kept back or not known: 张某, 某烧烤店, 李*强, 一家烧烤店."""


LONG = 64
"""Such a text is no short one in half width either: of at most four signs that makes one."""


def half_width(text: str) -> str:
    """Full-width letters, figures and brackets in half width."""
    return unicodedata.normalize("NFKC", text)


def is_placeholder(text: str) -> bool:
    """Whether a cell says in words that it is empty."""
    if len(text.strip()) > LONG:
        return False
    return half_width(text).strip().casefold() in PLACEHOLDERS


def names_nobody(text: str) -> bool:
    """Whether what stands for a party's name names nobody: empty, 不详, 张某, 老板, stars …"""
    core = half_width(text).strip().strip("*＊?？-—_ ")
    if not core or is_placeholder(core) or core in NOBODY:
        return True
    return bool(_BY_WHAT_HE_IS.fullmatch(core) or _BY_HALVES.fullmatch(core))


_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff])[、；;，,](?=[\u4e00-\u9fff])")
_AND_MORE = re.compile(r"等(?:[一二三两四五六七八九十]+|\d+)?(?:人|户|家|名|个?单位)$")


def names_several(text: str) -> bool:
    """Whether what stands for a party's name names more than one: 甲公司、乙公司, 王某等三人."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", text.strip())
    return bool(_BESIDE.search(bare) or _AND_MORE.search(bare))


def known_name(text: str) -> str:
    """A name, or nothing where it is said in words that it is not known (不详, 无 …)."""
    return "" if is_placeholder(text) else text


def phone_number(text: str) -> str | None:
    """The first usable telephone number of a cell, digits only; masked ones keep their stars."""
    for part in _BETWEEN.split(half_width(text)):
        bare = re.sub(r"[\s()\-—–.]|\([^()]*\)", "", part)
        bare = re.sub(r"(?:(?<=\D)|^)(?:\+|00)?86(?=1[3-9]\d{9}|0\d{9})", "", bare)
        for pattern in _PHONES:
            if found := pattern.search(bare):
                return found.group()
    return None


def doubtful_number(text: str) -> str:
    """The figures of what may be a telephone number with one too few or too many; else nothing."""
    bare = re.sub(r"[\s()\-—–.+]", "", half_width(text))
    return bare if re.fullmatch(r"\d{9,13}", bare) else ""


def is_masked(phone: str) -> bool:
    """Whether some figures of a number were struck out by the sender (138****1234)."""
    return "*" in phone


def credit_check(first: str) -> str:
    """The check sign that belongs to the first 17 signs of a credit code (GB 32100-2015)."""
    total = sum(
        CREDIT_ALPHABET.index(sign) * weight
        for sign, weight in zip(first, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31]


def credit_code(text: str) -> str:
    """A credit code as it is compared: half width, capitals, no spaces or dashes."""
    return re.sub(r"[\s\-—.]", "", half_width(text)).upper()


def credit_code_fault(code: str) -> str | None:
    """What is wrong with a credit code, in Chinese, or None; `credit_code` has tidied it before.

    A person's identity number passes too, for the party of a clue may be a person.
    """
    if len(code) != 18:
        return f"应为18位，实为{len(code)}位"
    strange = sorted(set(code) - set(CREDIT_ALPHABET))
    if is_identity_number(code):
        return None
    if strange:
        return f"不得含有“{''.join(strange)}”"
    if len(set(code)) == 1:
        return "各位相同，不是真实的代码"
    wanted = credit_check(code[:17])
    return None if code[17] == wanted else f"校验位应为“{wanted}”，实为“{code[17]}”"


def are_two_parties(one: str, other: str) -> bool:
    """Whether two numbers are surely those of two: both valid, of one kind, and not the same.

    An owner's identity number and the code of its business may well be one party's.
    """
    first, second = credit_code(one), credit_code(other)
    if first == second or not (first and second):
        return False
    if credit_code_fault(first) or credit_code_fault(second):
        return False
    return is_identity_number(first) == is_identity_number(second)


def is_identity_number(code: str) -> bool:
    """Whether a code is a person's identity number."""
    if not re.fullmatch(r"[1-9]\d{5}(?:19|20)\d{9}[\dX]", code):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(code, IDENTITY_WEIGHTS, strict=False))
    return IDENTITY_CHECKS[total % 11] == code[17]


def misprint(code: str) -> str | None:
    """What cannot be right in a number of eighteen signs, and what would be; None for others.

    Numbers of another length are of other papers (passports, old licences) and have no check sign.
    """
    if len(code) != 18 or not code.isalnum() or not code.isascii():
        return None
    if not re.fullmatch(r"[1-9]\d{5}(?:19|20)\d{9}[\dX]", code):
        fault = credit_code_fault(code)
        return f"按统一社会信用代码（GB 32100）{fault}" if fault else None
    if is_identity_number(code):
        told = code[6:14]
        return None if birthday_of(code) else f"第7至14位“{told}”不是存在的出生日期"
    if credit_code_fault(code) is None:
        return None
    total = sum(int(sign) * weight for sign, weight in zip(code, IDENTITY_WEIGHTS, strict=False))
    wanted = IDENTITY_CHECKS[total % 11]
    return f"按居民身份证号码（GB 11643）前17位，校验位应为“{wanted}”，实为“{code[17]}”"


def birthday_of(code: str) -> date | None:
    """The day of birth that an identity number holds; None where it is none or holds no day."""
    if not is_identity_number(code):
        return None
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None


def unit_code(code: str | None) -> str | None:
    """The credit code of a unit or a sole trader; a person's identity number is not published."""
    found = credit_code(code or "")
    is_of_unit = credit_code_fault(found) is None and not is_identity_number(found)
    return found if is_of_unit else None
