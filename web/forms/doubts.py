"""What is doubtful in a form and yet is no ground to refuse it: codes and telephone numbers."""

from collections.abc import Mapping

from domain.files.identifiers import (
    credit_code,
    credit_code_fault,
    is_placeholder,
    phone_number,
)

CODES = {"subject_code": "证件号码"}
PHONES = {"reporter_phone": "举报人电话", "subject_phone": "当事人电话"}


def doubts_about(values: Mapping[str, object]) -> tuple[str, ...]:
    """Every doubt in Chinese, as an import tells it of a row; what is typed is kept as it is."""
    codes = (
        f"「{label}」{fault}"
        for name, label in CODES.items()
        if (text := str(values.get(name) or "").strip())
        and (fault := credit_code_fault(credit_code(text)))
    )
    phones = (
        f"「{label}」认不出电话号码"
        for name, label in PHONES.items()
        if (text := str(values.get(name) or "").strip())
        and (is_placeholder(text) or phone_number(text) is None)
    )
    return (*codes, *phones)
