"""The cells of one row by clue field, and what was found wrong with them on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.cells import WrongCell, choice_of, line_of, number_text, text_of
from domain.column_mapping import ClueField, ColumnMapping
from domain.identifiers import credit_code, credit_code_fault, is_placeholder, phone_number
from domain.rows import Cell, RawRow, heading


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
        by_heading = self.mapping.by_heading
        for column, cell in self.row.cells.items():
            for one in by_heading.get(heading(column), ()):
                if one not in self._found or self._found[one][1] in (None, ""):
                    self._found[one] = (column, cell)

    def column(self, one: ClueField) -> str:
        """The heading under which a field stands in this file, or its usual one."""
        if one in self._found:
            return self._found[one][0]
        return self.mapping.columns[one][0] if one in self.mapping.columns else one

    def cell(self, one: ClueField) -> Cell:
        """What stands in the field's cell, or the mapping's constant."""
        cell = self._found[one][1] if one in self._found else None
        return self.mapping.constants.get(one) if cell in (None, "") else cell

    def complain(self, one: ClueField, wrong: str, right: str) -> None:
        """Reject the row for this field."""
        value = text_of(self.cell(one))[:100]
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
        """The field as a telephone number, empty when there is none or it cannot be one."""
        text = self._exact(one, number_text)
        number = phone_number(text) if text else ""
        if number is None:
            right = "应为11位手机号，或带区号的固定电话"
            self.fault(one, f"{text} 不是电话号码", right)
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
