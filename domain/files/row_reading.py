"""The cells of one row by clue field, and what was found wrong with them on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.files.cells import WrongCell, choice_of, line_of, number_text, text_of
from domain.files.column_mapping import ClueField, ColumnMapping
from domain.files.identifiers import (
    credit_code,
    credit_code_fault,
    doubtful_number,
    half_width,
    is_placeholder,
    phone_number,
)
from domain.files.rows import Cell, RawRow, has_no_value

NO_VALUE = "请在原表中选择性粘贴为数值后再导入"
LONGEST_PHONE = 40
SERVICE_NUMBER = 7
"""A number with fewer figures reaches a service, not a person."""
NOT_SAID = frozenset({"", "无", "空", "/", "-", "--", "null", "none", "n/a", "nan"})
"""What says nothing about confidentiality; anything else that is not understood asks for it."""


@dataclass(frozen=True)
class Complaint:
    """One thing wrong in a row: where, what, and what would be right."""

    field: str
    column: str
    value: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"“{self.column}”{self.wrong}；{self.right}"


@dataclass
class RowReading:
    """Reads a row field by field; a wrong cell is a complaint where it matters, else a warning."""

    mapping: ColumnMapping
    row: RawRow
    complaints: list[Complaint] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._found: dict[ClueField, tuple[str, Cell]] = {}
        for column, cell in self.row.cells.items():
            for one in self.mapping.fields_of(column):
                if one not in self._found or self._found[one][1] in (None, ""):
                    self._found[one] = (column, cell)
        for one, (column, cell) in self._found.items():
            if has_no_value(cell) and one not in self.mapping.required:
                self.warn(f"“{column}”{self._valueless(one)}，没有读取；{NO_VALUE}")

    def _valueless(self, one: ClueField) -> str:
        """What to say of a cell that has no value to read, else nothing."""
        cell = self._found[one][1] if one in self._found else None
        return f"是公式或错误值（{text_of(cell)[:60]}）" if has_no_value(cell) else ""

    def column(self, one: ClueField) -> str:
        """The heading under which a field stands in this file, or its usual one."""
        if one in self._found:
            return self._found[one][0]
        return self.mapping.columns[one][0] if one in self.mapping.columns else one

    def cell(self, one: ClueField) -> Cell:
        """What stands in the field's cell, or the mapping's constant."""
        cell = self._found[one][1] if one in self._found else None
        if cell in (None, "") or has_no_value(cell):
            return self.mapping.constants.get(one)
        return cell

    def complain(self, one: ClueField, wrong: str, right: str) -> None:
        """Reject the row for this field."""
        value = text_of(self.cell(one))[:100]
        if valueless := self._valueless(one):
            wrong, right = valueless, NO_VALUE
        self.complaints.append(Complaint(one, self.column(one), value, wrong, right))

    def warn(self, text: str) -> None:
        """Let the row pass with a word to the desk."""
        self.warnings.append(text)

    def fault(self, one: ClueField, wrong: str, right: str) -> None:
        """Complain where the mapping is strict about the field, else warn."""
        if one in self.mapping.required or one in self.mapping.strict:
            self.complain(one, wrong, right)
        else:
            self.warn(f"“{self.column(one)}”{wrong}；{right}")

    def line(self, one: ClueField, cut: bool = True) -> str:
        """The field as one line, within its length."""
        text = line_of(self.cell(one))
        return self._within(one, text) if cut else text

    def block(self, one: ClueField) -> str:
        """The field as text of several lines, within its length."""
        text = text_of(self.cell(one))
        return "" if is_placeholder(text) else self._within(one, text)

    def number(self, one: ClueField) -> str:
        """The field as an exact number text; a rounded one is a fault."""
        return self._within(one, self._exact(one, number_text))

    def phone(self, one: ClueField) -> str:
        """The field as a telephone number, empty when there is none or it cannot be one.

        One with a figure too few or too many is kept as it is, with a warning: a person may know.
        """
        text = self._exact(one, number_text)
        number = phone_number(text) if text else ""
        if number is None and one == "reporter_phone":
            # Whoever complains is heard, whatever his number: it is kept with what he is, and a
            # warning, which others read, does not repeat it.
            self.warn(f"“{self.column(one)}”所填不是电话号码，按原样保存，回访前请核对")
            return text[:LONGEST_PHONE] if any(sign.isdigit() for sign in text) else ""
        if number is None and (doubtful := doubtful_number(text)):
            told = f"{doubtful}有{len(doubtful)}位，不像电话号码，已照录，请核对"
            self.warn(f"“{self.column(one)}”{told}")
            return doubtful
        if number is None:
            right = "应为11位手机号，或带区号的固定电话"
            self.fault(one, f"{text} 不是电话号码", right)
        elif 0 < len(number) < SERVICE_NUMBER:
            right = "应为11位手机号，或带区号的固定电话"
            self.warn(f"“{self.column(one)}”{text} 是服务号码，不能用来回访；{right}")
        return number or ""

    def code(self, one: ClueField) -> str:
        """The field as a credit code; a wrong one is kept, with a warning."""
        code = credit_code(self._exact(one, number_text))
        wrong = credit_code_fault(code) if code else None
        if wrong is not None:
            self.fault(one, f"{code} 有误：{wrong}", "请核对营业执照")
        return self._within(one, code)

    def choice(self, one: ClueField, default: str) -> str:
        """The value that the field's word stands for."""
        if not line_of(self.cell(one)):
            return default
        values = self.mapping.words.get(one, {})
        found = choice_of(self.cell(one), values)
        if found is None:
            words = "、".join(self.mapping.values.get(one, {}))
            self.fault(one, f"“{line_of(self.cell(one))}”不认识，按默认处理", f"应为 {words} 之一")
        return found or default

    def confidential(self) -> bool:
        """Whether the reporter asked not to be named; a word that is not understood says he did."""
        cell = self._found["confidential"][1] if "confidential" in self._found else None
        said = text_of(cell or self.mapping.constants.get("confidential")).strip()
        plain = half_width(said).casefold()
        found = self.mapping.words.get("confidential", {}).get(plain)
        if found is not None or plain in NOT_SAID:
            return found == "true"
        column = self.column("confidential")
        self.warn(f"“{column}”“{said[:40]}”不认识，按要求保密处理；应为“是”或者“否”")
        return True

    def area(self) -> str:
        """The area whose name stands in the field; the mapping's own where it names none."""
        constant = self.mapping.constants.get("area", "")
        text = line_of(self.cell("area"))
        names = self.mapping.words.get("area", {})
        if not text or text == constant:
            return constant
        for name in sorted(names, key=len, reverse=True):
            if name in text:
                return names[name]
        self.fault("area", f"“{text}”不在区划表中，按默认处理", f"应为 {'、'.join(names)} 之一")
        return constant

    def complain_of_missing(self, title: str, content: str) -> None:
        """Complain of every required field that is empty and not complained of yet."""
        told = {complaint.field for complaint in self.complaints}
        made: dict[ClueField, str] = {"title": title, "content": content}
        for one in self.mapping.required:
            text = made.get(one) or line_of(self.cell(one))
            if one not in told and not text:
                self.complain(one, "没有填写", "该列必须填写")

    def _exact(self, one: ClueField, read: Callable[[Cell], str]) -> str:
        try:
            return read(self.cell(one))
        except WrongCell as fault:
            self.fault(one, fault.wrong, fault.right)
            return ""

    def _within(self, one: ClueField, text: str) -> str:
        longest = self.mapping.longest.get(one)
        if longest is None or len(text) <= longest:
            return text
        self.fault(one, f"有{len(text)}字，过长", f"应在{longest}字以内")
        return text[:longest]
