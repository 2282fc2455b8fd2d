"""A reporter's words as they are kept: without his number, in confidence without name and home."""

import time

import pytest

from domain.files.reporter_words import ADDRESS, Known, without_phone, without_reporter

PHONE = "13912345678"
SPELLINGS = (
    *("13912345678", "139 1234 5678", "139-1234-5678", "139－1234－5678", "139 - 1234 - 5678"),
    *("139·1234·5678", "139_1234_5678", "139，1234，5678", "139  1234  5678", "139.1234.5678"),
    *(
        "１３９１２３４５６７８",
        "(139)12345678",
        "（139）1234-5678",
        "139—1234—5678",
        "+8613912345678",
    ),
    *("+86 139 1234 5678", "008613912345678", "86-139-1234-5678", "一三九一二三四五六七八"),
    *("幺三九，幺二三四，五六七八", "139\u200b1234\u200b5678", "1 3 9 1 2 3 4 5 6 7 8"),
    *("139、1234、5678", "1３9一2345678"),
)


@pytest.mark.parametrize("confidential", [False, True])
def test_the_own_number_is_masked_in_all_spellings(confidential: bool) -> None:
    assert len(SPELLINGS) == 24
    known = Known(phone=PHONE if not confidential else "", confidential=confidential)

    for one in SPELLINGS:
        kept = without_reporter(f"请打{one}找我", known)
        assert kept.endswith("*******5678找我"), kept
        assert "1234" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "订单1391234567812号",
        "编号2139123456780",
        "5月1日13点9分买了1234元的56箱78瓶",
        "打12345没人接",
    ],
)
def test_what_is_no_number_of_his_stays(text: str) -> None:
    assert without_phone(text, PHONE) == text
    assert without_reporter(text, Known(phone=PHONE, confidential=True)) == text


def test_who_asked_for_confidentiality_is_not_told_by_name_or_home() -> None:
    known = Known("张小明", PHONE, "示例市东区花园路12号3单元401", True, ("13700000001",))

    kept = without_reporter(
        "我是张小 明，住花园路12号3单元401，电话15-13912345678，联系人：李四。"
        "楼下饭店（13700000001）在花园路13号排放油烟，我叫了外卖，本人于五月买过。",
        known,
    )

    assert kept == (
        f"我是张**，住{ADDRESS}，电话15-*******5678，联系人：李*。"
        "楼下饭店（13700000001）在花园路13号排放油烟，我叫了外卖，本人于五月买过。"
    )
    open_words = "我是张小明，住花园路12号3单元401"
    assert without_reporter(open_words, Known("张小明", PHONE, "花园路12号3单元401")) == open_words


def test_long_texts_of_figures_take_no_time() -> None:
    began = time.process_time()

    without_reporter("1-3" * 30_000, Known("张小明", PHONE, "花园路12号3单元401", True))

    assert time.process_time() - began < 5
