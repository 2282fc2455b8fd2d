"""Amounts of money as official documents write them: in figures and in capital characters."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")
_CENT = Decimal("0.01")
_LIMIT = Decimal(10) ** 16

Money = Decimal | int | float | str


class NotAnAmount(ValueError):
    """The value is no amount of money that a document could name."""


def to_amount(value: Money) -> Decimal:
    """The amount in yuan rounded to 分, half up; NotAnAmount for what is none or too large."""
    # Half up, as people reckon; Python itself would round to the even digit.
    try:
        amount = Decimal(str(value).replace(",", "")).quantize(_CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise NotAnAmount(f"“{value}”不是金额，应为数字，例如 1234.50") from error
    if amount.is_nan():
        raise NotAnAmount(f"“{value}”不是金额，应为数字，例如 1234.50")
    if abs(amount) >= _LIMIT:
        raise NotAnAmount(f"“{value}”超出可以书写的金额范围（应小于一亿亿元）")
    return amount


def amount_in_figures(value: Money) -> str:
    """`1234.5` as `1,234.50`."""
    return f"{to_amount(value):,.2f}"


def amount_in_words(value: Money) -> str:
    """`1234.5` yuan as 壹仟贰佰叁拾肆元伍角整, as penalty decisions write it."""
    amount = to_amount(value)
    sign = "负" if amount < 0 else ""
    cents = int(abs(amount) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    whole = f"{_integer_in_words(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{sign}{whole or '零元'}整"
    return sign + whole + _fraction_in_words(jiao, fen, after_yuan=bool(yuan))


def _fraction_in_words(jiao: int, fen: int, *, after_yuan: bool) -> str:
    if not fen:
        return f"{_DIGITS[jiao]}角整"
    if jiao:
        return f"{_DIGITS[jiao]}角{_DIGITS[fen]}分"
    return f"{'零' if after_yuan else ''}{_DIGITS[fen]}分"


def _integer_in_words(number: int) -> str:
    words = ""
    owes_zero = False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if not group:
            owes_zero = bool(words)
            continue
        if words and (owes_zero or group < 1000):
            words += "零"
        words += _group_in_words(group) + _GROUPS[index]
        owes_zero = False
    return words


def _group_in_words(group: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")
