"""The lint of templates: hostile and mistaken Word files are refused, with reason and place."""

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from documents.sheet.blocks import Cell, Row, body, each, paragraph, row_loop, table, when
from documents.sheet.page import plain_page
from documents.templates.check import check
from documents.templates.complaint import Complaint
from documents.templates.engine import CompiledTemplate
from documents.templates.kinds import FormField, complete, load_template, sample_facts
from documents.templates.package import OLD_OR_LOCKED, build_package, read_members
from documents.templates.template_files import TEMPLATES
from documents.templates.tidied import Tidied, tidied
from tests.documents.wps_file import MACHINE, WRITER, as_wps_saved
from tests.helpers.story import docx_text

FIELDS = (
    FormField(name="当事人"),
    FormField(name="备注", required=False),
    FormField(name="附件", type="list", required=False),
    FormField(name="成文日期", type="date"),
    FormField(name="校验码", required=False),
    FormField(name="清单", type="rows", columns={"名称": "text", "数量": "text"}),
)
SAMPLE = {
    "当事人": "鑫源",
    "备注": None,
    "附件": None,
    "成文日期": None,
    "校验码": None,
    "清单": [{"名称": "甲"}],
}
GOOD = body("当事人：{{ 当事人 }}，备注：{{ 备注|default('/') }}")


def page(blocks: str) -> bytes:
    return plain_page(blocks, "试")


def changed(**members: bytes | None) -> bytes:
    """A sound template with some of its members exchanged, added or (None) taken out."""
    contents = dict(read_members(page(GOOD))[0])
    for key, content in members.items():
        name = key.replace("__", "/").replace("_dot_", ".")
        if content is None:
            del contents[name]
        else:
            contents[name] = content
    return build_package(contents)


def with_document(change: Callable[[str], str]) -> bytes:
    xml = read_members(page(GOOD))[0]["word/document.xml"].decode()
    assert change(xml) != xml, "the case changes nothing"
    return changed(word__document_dot_xml=change(xml).encode())


def with_body(blocks: str) -> bytes:
    return with_document(lambda xml: xml.replace("<w:sectPr", blocks + "<w:sectPr", 1))


def with_relation(relation: str) -> bytes:
    name = "word/_rels/document.xml.rels"
    xml = read_members(page(GOOD))[0][name].decode()
    contents = dict(read_members(page(GOOD))[0])
    contents[name] = xml.replace("</Relationships>", relation + "</Relationships>").encode()
    return build_package(contents)


def relation(kind: str, target: str, mode: str = "External") -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="x1" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def complaints(raw: bytes) -> str:
    return "\n".join(map(str, check(raw, FIELDS, SAMPLE)))


def test_a_sound_template_has_no_complaint() -> None:
    assert check(page(GOOD), FIELDS, SAMPLE) == ()


def test_a_complaint_names_part_place_and_reason() -> None:
    (found,) = check(page(GOOD + body("承办：{{ 当事入 }}")), FIELDS)

    assert found == Complaint(
        "正文",
        "第2段“承办：{{ 当事入 }}”",
        "标记 {{ 当事入 }} 中的“当事入”不是本文书的事实，是否指“当事人”？",
    )


def test_all_complaints_are_named_at_once() -> None:
    found = check(page(body("{{ 甲 }}", "{{ 乙 }}", "｛{ 丙 }}")), FIELDS)

    assert len(found) >= 3


MISTAKES = {
    "unknown field": (body("{{ 姓名 }}"), "不是本文书的事实"),
    "unclosed braces": (body("{{ 当事人 "), "没有配对"),
    "stray closing braces": (body("当事人 }}"), "没有配对"),
    "full-width braces": (body("｛｛ 当事人 ｝｝"), "半角"),
    "one full-width brace": (body("{｛ 当事人 }}"), "半角"),
    "a gap between braces": (body("{ { 当事人 } }"), "半角"),
    "a single brace": (body("{ 当事人 }"), "只有一层大括号，不会填写；事实应写成 {{ 当事人 }}"),
    "a single brace without gap": (body("甲{当事人}乙"), "“{当事人}”只有一层大括号"),
    "hidden text": (
        GOOD.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
        "第1段“当事人：.*含有隐藏文字",
    ),
    "bad expression": (body("{{ 当事人 备注 }}"), "写法有误"),
    "for without end": (body("{%p for 行 in 清单 %}"), "没有对应的 endfor"),
    "end without for": (body("{%p endfor %}"), "没有对应的 for"),
    "if open over paragraphs": (body("{% if 备注 %}甲", "乙{% endif %}"), "没有对应的"),
    "else without if": (body("{% else %}"), "没有对应的 if"),
    "mixed scopes": (body("{%p if 备注 %}", "{% endif %}"), "没有对应的|写法不一致|不在同一个"),
    "row tag outside a table": (body("{%tr for 行 in 清单 %}"), "只能写在表格里"),
    "text beside a paragraph tag": (body("{%p if 备注 %}甲", "{%p endif %}"), "不能有别的文字"),
    "two row tags in one row": (
        table((156,), Row((Cell(paragraph("Small", "{%tr if 备注 %}{%tr endif %}")),))),
        "不能有别的文字",
    ),
    "loop over a text": (each("行", "当事人", body("{{ 行 }}")), "不是清单"),
    "unknown column": (each("行", "清单", body("{{ 行.规格 }}")), "没有“规格”一栏"),
    "column outside its loop": (body("{{ 行.名称 }}"), "不是本文书的事实"),
    "attribute of a value": (body("{{ 当事人.名称 }}"), "只能读取循环中的一行"),
    "optional field printed bare": (body("{{ 备注 }}"), "缺少时会留空"),
    "loop over an optional list": (each("件", "附件", body("{{ 件 }}")), "循环外请加"),
    "unknown filter": (body("{{ 当事人|safe }}"), "写法有误|未知的过滤器"),
    "format filter": (body("{{ 当事人|format }}"), "写法有误|未知的过滤器"),
    "set": (body("{% set x = 1 %}"), "不允许的语句"),
    "include": (body("{% include 'x' %}"), "不允许的语句"),
    "import": (body("{% import 'os' as os %}"), "不允许的语句"),
    "macro": (body("{% macro x() %}{% endmacro %}"), "不允许的语句"),
    "raw": (body("{% raw %}{% endraw %}"), "不允许的语句"),
    "call": (body("{{ range(10) }}"), "不允许的写法（Call）"),
    "method call": (body("{{ 当事人.upper() }}"), "不允许的写法（Call）"),
    "dunder": (body("{{ 当事人.__class__ }}"), "只能读取循环中的一行"),
    "dunder by index": (body("{{ 当事人['__class__'] }}"), "只能读取循环中的一行"),
    "multiplication": (body("{{ 'x' * 1000000000 }}"), "不允许的写法（Mul）"),
    "power": (body("{{ 9 ** 9 ** 9 }}"), "不允许的写法（Pow）"),
    "slice": (body("{{ 当事人[1:] }}"), "不允许的写法|只能读取"),
    "loops within loops": (
        "".join(body(f"{{%p for 甲{n} in 清单 %}}") for n in range(4)) + body("{%p endfor %}") * 4,
        "循环套了",
    ),
    "tag in an attribute": (
        GOOD.replace("<w:p>", '<w:p w:rsidR="{{ 当事人 }}">'),
        "属性里不能写标记",
    ),
    "no Chinese font": (
        GOOD.replace("<w:r>", '<w:r><w:rPr><w:rFonts w:eastAsia="Calibri"/></w:rPr>'),
        "没有指定中文字体",
    ),
    "wrong type for a filter": (body("{{ 当事人|cn_money }}"), "失败|类型"),
    "a cell left empty": (
        table((156,), Row((Cell(when("备注", paragraph("Cell", "甲"))),))),
        "没有段落",
    ),
    "a table without rows": (
        table(
            (156,),
            *row_loop("件", "附件|default('')", Row((Cell(paragraph("Cell", "甲")),))),
        ),
        "一行也没有",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_with_its_reason(name: str) -> None:
    blocks, reason = MISTAKES[name]

    assert re.search(reason, complaints(page(blocks))), complaints(page(blocks))


def lying_size() -> bytes:
    """A member that says it holds ten bytes and unpacks to sixteen megabytes."""
    raw = bytearray(changed(word__media__bomb_dot_png=b"\0" * (16 << 20)))
    place = raw.rfind(b"PK\1\2", 0, raw.rfind(b"word/media/bomb.png"))
    struct.pack_into("<L", raw, place + 24, 10)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(page(GOOD))
    place = raw.find(b"PK\1\2")
    struct.pack_into("<H", raw, place + 8, 1)
    return bytes(raw)


def with_part(name: str, content: bytes) -> bytes:
    return build_package({**read_members(page(GOOD))[0], name: content})


def with_type(kind: str) -> bytes:
    types = read_members(page(GOOD))[0]["[Content_Types].xml"].decode()
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return with_part("[Content_Types].xml", types.replace(old, kind).encode())


def duplicated() -> bytes:
    stream = BytesIO(page(GOOD))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    return stream.getvalue()


def field(*instructions: str) -> str:
    inner = "".join(
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>" for instruction in instructions
    )
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def wmf(records: bytes = b"") -> bytes:
    """A metafile as WPS keeps formulas and stamps, placeable, with an end record."""
    placeable = b"\xd7\xcd\xc6\x9a" + b"\0" * 18
    return placeable + b"\x01\x00\x09\x00" + b"\0" * 14 + records + struct.pack("<IH", 3, 0)


def emf(records: bytes = b"") -> bytes:
    """An enhanced metafile as Word keeps drawings: its header and an end record."""
    header = struct.pack("<II", 1, 88) + b"\0" * 32 + b" EMF" + b"\0" * 44
    return header + records + struct.pack("<II", 14, 20) + b"\0" * 12


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"MZ\x90", "不是有效的 Word 文档"),
    "an empty file": (lambda: b"", "不是有效的 Word 文档"),
    "a zip of something else": (lambda: zipped(("a.xml", b"<a/>")), "不是 Word 文档"),
    "cut off": (lambda: page(GOOD)[:-40], "不是有效的 Word 文档"),
    "encrypted": (encrypted, "加密|不是有效"),
    "damaged member": (
        lambda: page(GOOD).replace(b"PK\1\2", b"PK\1\2", 1)[:60] + b"\0\0\0\0" + page(GOOD)[64:],
        "不是有效",
    ),
    "bomb": (lambda: changed(word__media__b_dot_png=b"\0" * (9 << 20)), "压缩炸弹"),
    "bomb by ratio": (lambda: changed(word__media__b_dot_png=b"\0" * (1 << 20)), "压缩炸弹"),
    "bomb with a lying header": (lying_size, "压缩炸弹|不是有效"),
    "many members": (
        lambda: zipped(*((f"word/a{n}.xml", b"<a/>") for n in range(201))),
        "最多允许200",
    ),
    "duplicate name": (
        duplicated,
        "重名",
    ),
    "path upwards": (lambda: with_part("word/../../etc/passwd.xml", b"<a/>"), "名称不安全"),
    "absolute path": (lambda: with_part("/etc/passwd.xml", b"<a/>"), "名称不安全"),
    "locked by a password, or old": (lambda: OLD_OR_LOCKED + bytes(600), "取消打开密码"),
    "macro": (lambda: with_part("word/vbaProject.bin", b"x"), "宏"),
    "ActiveX": (lambda: with_part("word/activeX/activeX1.xml", b"<a/>"), "控件"),
    "embedded workbook": (lambda: with_part("word/embeddings/a.xlsx", b"x"), "嵌入"),
    "executable": (lambda: with_part("word/media/a.exe", b"MZ"), "不允许的部件"),
    "embedded font": (lambda: with_part("word/fonts/font1.odttf", b"x"), "取消「将字体嵌入文件」"),
    "TIFF in name only": (
        lambda: with_part("word/media/a.tiff", b"II"),
        "与后缀名不符",
    ),
    "EMF in name only": (lambda: with_part("word/media/a.emf", b"x"), "与后缀名不符"),
    "WMF that speaks to the printer": (
        lambda: with_part("word/media/a.wmf", wmf(struct.pack("<IHHH", 5, 0x0626, 9, 0) + b"0000")),
        "直接发给打印机的指令",
    ),
    "EMF that speaks to the printer": (
        lambda: with_part("word/media/a.emf", emf(struct.pack("<II", 106, 8))),
        "直接发给打印机的指令",
    ),
    "table of contents": (lambda: with_body(field(' TOC \\o "1-3" ')), "目录：在「引用」"),
    "cross reference": (lambda: with_body(field(" REF _Ref1 \\h ")), "交叉引用：选中后按 Ctrl"),
    "a date by itself": (lambda: with_body(field(' DATE \\@ "yyyy" ')), "不勾选「自动更新」"),
    "svg picture": (lambda: with_part("word/media/a.svg", b"<svg/>"), "不允许的部件"),
    "macro-enabled type": (
        lambda: with_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "另存为 .docx",
    ),
    "template type": (
        lambda: with_type(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
        ),
        "另存为 .docx",
    ),
    "no body": (lambda: changed(word__document_dot_xml=None), "缺少正文"),
    "DTD": (lambda: with_document(lambda xml: xml.replace("<w:doc", DOCTYPE + "<w:doc", 1)), "DTD"),
    "entity in a style sheet": (
        lambda: with_part("word/extra.xml", DOCTYPE.encode() + b"<a>&a;</a>"),
        "DTD",
    ),
    "UTF-16 to hide a DTD": (
        lambda: with_part("word/extra.xml", (DOCTYPE + "<a/>").encode("utf-16")),
        "DTD|XML",
    ),
    "broken XML": (lambda: with_document(lambda xml: xml.replace("</w:body>", "")), "XML"),
    "remote template": (
        lambda: with_relation(relation("attachedTemplate", "http://x.invalid/a.dotm")),
        "文件以外",
    ),
    "remote picture": (
        lambda: with_relation(relation("image", "http://x.invalid/a.png")),
        "文件以外",
    ),
    "remote frame": (lambda: with_relation(relation("frame", "file:///etc/passwd")), "文件以外"),
    "script link": (
        lambda: with_relation(relation("hyperlink", "javascript:alert(1)")),
        "文件以外",
    ),
    "share link": (lambda: with_relation(relation("hyperlink", "file://host/share")), "文件以外"),
    "embedded HTML": (
        lambda: with_relation(relation("aFChunk", "a.xml", "Internal")),
        "不允许的引用",
    ),
    "alternative chunk": (lambda: with_body('<w:altChunk w:rsidR="1"/>'), "外部文档"),
    "DDE field": (lambda: with_body(field(" DDEAUTO c:\\\\cmd.exe ")), "不允许的域“DDEAUTO”"),
    "DDE field in pieces": (lambda: with_body(field(" DD", "E ", "cmd ")), "不允许的域“DDE”"),
    "INCLUDETEXT": (
        lambda: with_body('<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>'),
        "INCLUDETEXT",
    ),
    "INCLUDEPICTURE": (
        lambda: with_body(field("INCLUDEPICTURE http://x.invalid")),
        "INCLUDEPICTURE",
    ),
    "MACROBUTTON": (lambda: with_body(field("MACROBUTTON x")), "MACROBUTTON"),
    "a date that changes": (lambda: with_body(field(" DATE ")), "DATE"),
    "tracked insertion": (
        lambda: with_body("<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins></w:p>"),
        "修订痕迹",
    ),
    "tracked deletion": (lambda: with_body("<w:p><w:del/></w:p>"), "修订痕迹"),
    "tracked formatting": (
        lambda: with_body("<w:p><w:pPr><w:pPrChange/></w:pPr></w:p>"),
        "修订痕迹",
    ),
    "comment": (lambda: with_body('<w:p><w:commentRangeStart w:id="1"/></w:p>'), "批注"),
    "embedded object": (lambda: with_body("<w:p><w:r><w:object/></w:r></w:p>"), "嵌入的对象"),
    "tag in a comment part": (
        lambda: with_part("word/comments.xml", "<a>{{ 当事人 }}</a>".encode()),
        "只能写在正文",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    found = complaints(make())

    assert re.search(reason, found), found


def test_a_web_link_may_stand() -> None:
    raw = with_relation(relation("hyperlink", "https://www.example.invalid/"))

    assert complaints(raw) == ""


def test_word_owns_zip_order_and_stored_members_are_read() -> None:
    contents = read_members(page(GOOD))[0]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in reversed(list(contents)):
            archive.writestr(name, contents[name])

    assert complaints(stream.getvalue()) == ""


def test_the_default_style_counts_whatever_word_or_wps_calls_it() -> None:
    contents = dict(read_members(page(GOOD.replace('<w:pStyle w:val="Body"/>', "")))[0])
    styles = contents["word/styles.xml"].decode().replace('"Normal"', '"a"')
    contents["word/styles.xml"] = styles.encode()

    assert complaints(build_package(contents)) == ""


def test_the_thumbnail_that_word_keeps_is_taken() -> None:
    raw = with_part("docProps/thumbnail.emf", b"EMF")

    assert check(raw, FIELDS) == ()


@pytest.mark.parametrize(
    ("instruction", "is_taken"),
    [
        ('HYPERLINK "https://www.example.gov.cn/"', True),
        ('HYPERLINK "mailto:a@example.gov.cn" \\o "写信"', True),
        ('HYPERLINK \\l "_附件1"', True),
        ('HYPERLINK "https://www.example.gov.cn/" \\t "_blank" \\h', True),
        ('HYPERLINK "file:///C:/a.docx"', False),
        ("INCLUDETEXT C:/a.docx", False),
    ],
)
def test_a_link_to_a_page_is_taken_and_others_say_how_they_are_removed(
    instruction: str, is_taken: bool
) -> None:
    field = (
        f"<w:p><w:fldSimple w:instr='{instruction}'><w:r><w:t>页</w:t></w:r></w:fldSimple></w:p>"
    )

    told = "；".join(map(str, check(with_body(field), FIELDS)))

    assert (told == "") is is_taken
    assert ("Ctrl+Shift+F9" in told) is not is_taken


def as_word_saved(target: str) -> bytes:
    """A template as Word saves it with its fonts, and bound to the writer's own template."""
    contents = dict(read_members(page(GOOD))[0])
    base = "http://schemas.openxmlformats.org"
    link = f"{base}/officeDocument/2006/relationships"
    settings, fonts = (
        contents["word/settings.xml"].decode(),
        contents["word/fontTable.xml"].decode(),
    )
    bound = f'<w:attachedTemplate xmlns:r="{link}" r:id="rId1"/><w:embedTrueTypeFonts/>'
    embedded = f'<w:embedRegular xmlns:r="{link}" r:id="rId1" w:fontKey="{{0}}"/></w:font>'
    contents["word/settings.xml"] = settings.replace("<w:compat>", bound + "<w:compat>").encode()
    contents["word/fontTable.xml"] = fonts.replace("</w:font>", embedded, 1).encode()
    contents["word/fonts/font1.odttf"] = b"font"
    for part, kind, told, mode in (
        ("settings", "attachedTemplate", target, ' TargetMode="External"'),
        ("fontTable", "font", "fonts/font1.odttf", ""),
    ):
        one = f'<Relationship Id="rId1" Type="{link}/{kind}" Target="{told}"{mode}/>'
        xml = f'<Relationships xmlns="{base}/package/2006/relationships">{one}</Relationships>'
        contents[f"word/_rels/{part}.xml.rels"] = xml.encode()
    return build_package(contents)


def test_fonts_and_the_writers_own_template_are_taken_out_and_told() -> None:
    raw = as_word_saved("file:///C:/Users/legal/AppData/Roaming/Microsoft/Templates/Normal.dotm")
    assert "取消「将字体嵌入文件」" in complaints(raw)

    found = tidied(raw)

    assert check(found.word, FIELDS) == ()
    assert [one[:5] for one in found.dropped] == ["嵌入的字体", "对本机 N"]
    contents, _ = read_members(found.word)
    assert not any("odttf" in one for one in contents)
    assert b"attachedTemplate" not in b"".join(contents.values())
    assert b"embed" not in contents["word/fontTable.xml"] + contents["word/settings.xml"]
    assert tidied(found.word) == Tidied(found.word)


@pytest.mark.parametrize("kind", ["return_letter", "designation_request", "goods_list"])
def test_a_template_that_wps_saved_is_taken_and_prints_the_same(kind: str) -> None:
    """Letter, official document and lying list; the file is built from what is known of WPS."""
    template = load_template(kind)
    facts = complete(template.form, sample_facts(template))
    shipped = (TEMPLATES / kind / "template.docx").read_bytes()

    found = tidied(as_wps_saved(shipped))

    assert check(found.word, template.form.fields, sample_facts(template)) == ()
    printed = CompiledTemplate(found.word).render(facts)
    assert docx_text(printed) == docx_text(CompiledTemplate(shipped).render(facts))


def test_who_wrote_a_template_in_wps_and_on_which_machine_is_taken_out_and_told() -> None:
    shipped = (TEMPLATES / "return_letter" / "template.docx").read_bytes()
    saved = as_wps_saved(shipped)

    found = tidied(saved)

    assert found.dropped == ("起草人姓名、WPS 账号和设备标识",)
    parts = b"".join(read_members(found.word)[0].values())
    for told in (MACHINE, WRITER, "KSOProductBuildVer", "ICV"):
        assert told.encode() in b"".join(read_members(saved)[0].values())
        assert told.encode() not in parts
    assert tidied(found.word) == Tidied(found.word)


def test_pictures_as_word_and_wps_keep_them_are_taken() -> None:
    for name, content in (
        ("a.emf", emf()),
        ("b.wmf", wmf()),
        ("c.tiff", b"II*\0" + b"x" * 20),
        ("d.bmp", b"BM" + b"x" * 20),
    ):
        assert check(with_part(f"word/media/{name}", content), FIELDS) == (), name


def as_saved_with_spares(shown: str = "") -> bytes:
    """A template with what Word keeps for a printer and for programs that know more or less."""
    base = "http://schemas.openxmlformats.org"
    r = f"{base}/officeDocument/2006/relationships"
    picture = (
        f'<w:p><w:r><w:drawing xmlns:a="{base}/drawingml/2006/main" xmlns:r="{r}">'
        '<a:blip r:embed="p1"><a:extLst><a:ext uri="{96DAC541}"><a:svgBlip r:embed="p2"/></a:ext>'
        f"</a:extLst></a:blip>{shown}</w:drawing></w:r></w:p>"
    )
    contents = dict(read_members(page(GOOD))[0])
    xml = contents["word/document.xml"].decode().replace("<w:sectPr", picture + "<w:sectPr", 1)
    settings = f'<w:printerSettings xmlns:r="{r}" r:id="p3"/></w:sectPr>'
    contents["word/document.xml"] = xml.replace("</w:sectPr>", settings, 1).encode()
    links = "".join(
        f'<Relationship Id="{key}" Type="{r}/{kind}" Target="{target}"/>'
        for key, kind, target in (
            ("p1", "image", "media/image1.png"),
            ("p2", "image", "media/image2.svg"),
            ("p3", "printerSettings", "printerSettings/printerSettings1.bin"),
        )
    )
    rels = "word/_rels/document.xml.rels"
    ending = b"</Relationships>"
    contents[rels] = contents[rels].replace(ending, links.encode() + ending)
    contents |= {
        "word/media/image1.png": b"\x89PNG",
        "word/media/image2.svg": b"<svg/>",
        "word/media/hdphoto1.wdp": b"II",
        "word/printerSettings/printerSettings1.bin": b"printer",
        "docProps/thumbnail.dat": b"small",
        "[trash]/0000.dat": b"",
    }
    return build_package(contents)


def test_what_no_page_shows_is_taken_out_and_told() -> None:
    raw = as_saved_with_spares()
    assert complaints(raw)

    found = tidied(raw)

    assert check(found.word, FIELDS) == ()
    assert found.dropped == ("打印时看不到的图片2张", "本机打印机的设置")
    contents, _ = read_members(found.word)
    assert "word/media/image1.png" in contents
    document = contents["word/document.xml"] + contents["word/_rels/document.xml.rels"]
    assert b"svg" not in document
    assert b"printerSettings" not in document
    assert b'r:embed="p1"' in document
    assert tidied(found.word) == Tidied(found.word)


def test_a_picture_of_a_kind_nobody_prints_is_left_for_the_lint_where_it_is_shown() -> None:
    found = tidied(as_saved_with_spares(shown='<a:blip r:embed="p2"/>'))

    assert found.dropped == ("打印时看不到的图片1张", "本机打印机的设置")
    assert "image2.svg" in complaints(found.word)
    assert "另存为 png 或者 jpg" in complaints(found.word)


@pytest.mark.parametrize(
    "target",
    ["http://x.invalid/Normal.dotm", "file://host/share/Normal.dotm", "\\\\host\\a\\Normal.dotm"],
)
def test_a_template_that_lies_elsewhere_is_still_refused_with_what_to_switch_off(
    target: str,
) -> None:
    assert "文档模板" in complaints(tidied(as_word_saved(target)).word)


@pytest.mark.parametrize("raw", [b"", b"PK\3\4 no zip", b"x" * 5000])
def test_what_is_no_word_file_is_left_for_the_lint(raw: bytes) -> None:
    assert tidied(raw) == Tidied(raw)
