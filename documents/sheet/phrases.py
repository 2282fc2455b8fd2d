"""Phrases of all documents: heads, the party, contacts, signatures, copies, tear lines."""

from documents.sheet.blocks import (
    Cell,
    Row,
    body,
    each,
    kept_together,
    label,
    lines,
    long_text,
    paragraph,
    row,
    row_when,
    table,
    tall,
    value,
    when,
    writing,
)

_DAY = "　　年　月　日"
NAMES = 7
"""As many characters of names stand with a telephone number on one line."""
SHORT = 12
"""As many characters an organ's name has whose date ends four characters from the right."""
THE_CLUE = "(线索标题|quoted)"
"""A clue as a title names it."""
ORGAN = "{{ 承办部门|wrapped(20) }}"
"""The issuing organ above a form, in lines that part no word."""


AT_THE_FOOT = (
    '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center"'
    ' w:tblpYSpec="bottom"/>'
)
"""The place of a table that lies at the foot of the type area (版记)."""
BY_HAND = "签名：　　　　　　　　　年　月　日"
"""Where somebody signs and dates by hand: it stays open, nothing is struck."""


def opinion_of(fact: str) -> str:
    """An opinion as far as it is known; what is not stays open for the pen."""
    known = each("段", f"{fact}|paragraphs", paragraph("CellLong", "{{ 段 }}"))
    return when(fact, known, otherwise=paragraph("CellLong"))


def section_head_row(name: str, height: int) -> tuple[Row, Row, Row]:
    """The opinion of who heads the section: printed where he gave one, else there is no such row.

    The approval that follows is given without it: nothing is left to be signed afterwards.
    """
    opinion = writing(
        long_text("承办机构意见", "CellLong"),
        paragraph(
            "CellRight", "签名：{{ 承办机构负责人 }}　　{{ 承办机构意见日期|cn_date|default('') }}"
        ),
        span=3,
    )
    return row_when("承办机构负责人", tall(label(name), opinion, height=height))


def form_head(title: str, *, numbered: bool = True) -> str:
    """An enforcement form's head: organ, title, number at the right; no red head."""
    number = paragraph("NumberRight", "{{ 文号 }}") if numbered else ""
    return paragraph("Organ", ORGAN) + paragraph("Title", title) + number


def table_head(title: str, number: str = "") -> str:
    """The head of a form that is one table: its number, and its code where it has one."""
    line = paragraph("FormNumber", number + "{% if 校验码 %}　校验码：{{ 校验码 }}{% endif %}")
    return paragraph("Organ", ORGAN) + paragraph("Title", title) + line


def letter_head(title: str) -> str:
    """A letter's number under the red rule, and its title two lines below."""
    blank = paragraph("Normal")
    number = paragraph("LetterNumber", "{{ 文号 }}")
    return number + blank * 2 + paragraph("Title", title)


def letter_about(matter: str, kind: str) -> str:
    """The head of a letter that names its matter in the title, above what it is.

    `matter`: an expression of the template, such as `案件名称`; GB/T 9704 and 公文处理工作条例 ask
    for 事由 and 文种.
    """
    about = f"{{{{ ('关于' ~ {matter} ~ '的')|wrapped(20) }}}}"
    return letter_head(f"{about}\n{kind}")


def addressee(fact: str = "主送机关") -> str:
    """To whom, flush left, with a full-width colon."""
    return paragraph("Addressee", f"{{{{ {fact}|join }}}}：")


def signature() -> str:
    """Organ and date centred on one point, with room for the seal above the name.

    A name of more than twenty characters takes even lines.
    """
    return when(
        f"承办部门|length <= {SHORT}",
        paragraph("SignName", "{{ 承办部门 }}"),
        paragraph("SignDate", "{{ 成文日期|cn_date }}"),
        otherwise=paragraph("SignNameWide", "{{ 承办部门|wrapped(20) }}")
        + paragraph("SignDateWide", "{{ 成文日期|cn_date }}"),
    )


def attachments() -> str:
    """The list of annexes: numbered from two on, no full stop."""
    number = "{% if 附件|length > 1 %}{{ loop.index }}. {% endif %}"
    first = paragraph("Attachment", f"附件：{number}{{{{ 件 }}}}")
    more = paragraph("Attachment", f"　　　{number}{{{{ 件 }}}}")
    items = each("件", "附件", when("loop.first", first, otherwise=more))
    return when("附件", paragraph("Normal"), items)


def contact(with_address: bool = True) -> str:
    """Whom to ask."""
    told = "联系地址：{{ 机关地址|default('/') }}"
    # One of many lines would carry all of them to the page of the signature.
    address = when(
        "机关地址|default('/')|length <= 80",
        paragraph("Contact", told),
        otherwise=kept_together(paragraph("ContactLong", told)),
    )
    # A number is never broken: behind many names it has a line of its own.
    apart = f"{{% if 联系人|length > {NAMES} %}}\n　　{{% else %}}　　{{% endif %}}"
    whom = paragraph("Contact", f"联系人：{{{{ 联系人 }}}}{apart}联系电话：{{{{ 联系电话 }}}}")
    return whom + (address if with_address else "")


def attachment(name: str) -> str:
    """The one annex that a form always has, close below the text.

    The empty line that GB/T 9704 asks for would send the signature of a short form to a page of
    its own; a form is none of its letters.
    """
    return paragraph("Attachment", f"附件：{name}")


def copies_to() -> str:
    """抄送, in size 4, the last line of the type area on the page where a letter or form ends."""
    copies = Cell(paragraph("Copies", "抄送：{{ 抄送机关|join('，') }}。"))
    floating = table((156,), Row((copies,)), rules={}, place=AT_THE_FOOT)
    return when("抄送机关", floating, paragraph("End"))


def letter_end() -> str:
    """The end of a letter: its annexes, who signs it and when, who receives a copy."""
    return attachments() + signature() + copies_to()


def remark(text: str) -> str:
    """The small note at the foot of a form: how many copies, for whom."""
    return paragraph("Remark", text)


def remedies(name: str) -> str:
    """How and until when the party may have a decision of this name reviewed."""
    return (
        f"如不服本{name}，可以自收到本{name}之日起{{{{ 复议期限 }}}}内"
        f"向{{{{ 复议机关 }}}}申请行政复议；也可以自收到本{name}之日起"
        f"{{{{ 起诉期限 }}}}内依法向{{{{ 管辖法院 }}}}提起行政诉讼。"
    )


CARRIED_OUT_MEANWHILE = "行政复议期间，行政处罚不停止执行，法律另有规定的除外。"


def review_first(name: str) -> str:
    """The same where there is no suit without a review: what was decided on the spot."""
    return (
        f"如不服本{name}，应当先自收到本{name}之日起{{{{ 复议期限 }}}}内"
        "向{{ 复议机关 }}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起{{ 起诉期限 }}内"
        "依法向{{ 管辖法院 }}提起行政诉讼。"
    )


def party() -> str:
    """The party as a decision names it."""
    return lines(
        "当事人：{{ 当事人 }}",
        "主体资格证照名称：{{ 主体资格证照名称|default('/') }}",
        "统一社会信用代码（证件号码）：{{ 证件号码|default('/') }}",
        "法定代表人（负责人、经营者）：{{ 法定代表人|default('/') }}",
        "住所（住址）：{{ 住所|default('/') }}",
        "联系电话：{{ 当事人电话|default('/') }}",
    )


def list_head(*texts: str) -> str:
    """What a list belongs to, in small type above it."""
    return "".join(paragraph("Remark", text) for text in texts)


def evidence(fact: str = "证据清单") -> str:
    """The evidence, one item a paragraph, each with what it proves and where it comes from."""
    item = body(
        "{{ loop.index }}. {{ 证.名称 }}"
        "{% if 证.证明内容 %}，证明{{ 证.证明内容 }}{% endif %}"
        "{% if 证.来源 %}（来源：{{ 证.来源 }}）{% endif %}"
        "{% if loop.last %}。{% else %}；{% endif %}"
    )
    return when(fact, each("证", fact, item), otherwise=body("/"))


def tick(condition: str, text: str) -> str:
    """A box before an option, ticked when the condition holds."""
    return f"{{{{ ({condition})|tick }}}}{text}"


def signatures(*names: str, widths: tuple[int, ...] = (26, 52, 26, 52), height: int = 18) -> str:
    """Places to sign and date by hand, two in a row, never parted by a page's end."""
    rows = (
        row(
            label(f"{left}\n签名"),
            value(f"\n{_DAY}"),
            label(f"{right}\n签名"),
            value(f"\n{_DAY}"),
            height=height,
        )
        for left, right in zip(names[::2], names[1::2], strict=True)
    )
    return kept_together(table(widths, *rows))
