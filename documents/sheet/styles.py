"""The styles of GB/T 9704-2012: fonts by name, sizes in half points, a line of 28.95 points.

22 lines of 28 characters: 225 mm / 22 = 28.95 pt exact, and -0.25 pt of tracking on size 3.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

SONG, XIAOBIAOSONG = "宋体", "方正小标宋简体"
FANGSONG, KAI, HEI = "仿宋_GB2312", "楷体_GB2312", "黑体"
LATIN = "Times New Roman"
RED = "FF0000"
LINE = 579
"""Twentieths of a point from line to line."""

_ALTERNATIVES = {FANGSONG: "仿宋", KAI: "楷体", XIAOBIAOSONG: "方正小标宋_GBK", HEI: "SimHei"}
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: what the author sees by name in Word."""

    id: str
    name: str
    paragraph: str = ""
    font: str = FANGSONG
    size: int = 32
    color: str = ""
    tracking: int = -5
    based_on: str = "Normal"


def _exact(line: int = LINE, before: int = 0, after: int = 0) -> str:
    room = (f' w:before="{before}"' if before else "") + (f' w:after="{after}"' if after else "")
    return f'<w:spacing{room} w:line="{line}" w:lineRule="exact"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_CENTER = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'
_TWO_CHARACTERS = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_LETTER_WIDTH = '<w:ind w:left="-397" w:right="-397"/>'
# Word would set a quarter of a character between figures and characters: 28 no longer fit.
_NO_EXTRA_SPACE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_NO_GRID = '<w:snapToGrid w:val="0"/>'
# A higher foot would take a line off the page.
_FOOT = _NO_GRID + _exact(400)
_CELL = _NO_GRID + '<w:spacing w:before="20" w:after="20" w:line="340" w:lineRule="exact"/>'


def _sign(left: int, right: int, before: int = 0) -> str:
    """Name and date are centred between the same margins, so that the seal covers both."""
    room = f'<w:ind w:left="{left}" w:right="{right}"/>'
    return _KEEP + _exact(before=before) + room + _CENTER


def _mark(style: str, name: str, size: int) -> Style:
    room = _KEEP + _NO_GRID + _exact(size * 12)
    return Style(style, name, room + _CENTER, XIAOBIAOSONG, size, RED, 0)


def _letter_mark(style: str, name: str, size: int) -> Style:
    rule = (
        f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="{RED}"/>'
        "</w:pBdr>"
    )
    room = rule + _NO_GRID + _exact(size * 11) + _LETTER_WIDTH
    return Style(style, name, room + _CENTER, XIAOBIAOSONG, size, RED, 0)


# The date of a short name ends four characters from the right; a line of twenty ends one from it.
_SIGNED, _SIGNED_WIDE = (4255, 0), (2110, 315)
STYLES: tuple[Style, ...] = (
    Style("Body", "公文正文", _TWO_CHARACTERS),
    Style("Party", "当事人信息", _TWO_CHARACTERS + '<w:jc w:val="left"/>'),
    Style("Heading1", "一级标题", _KEEP + _TWO_CHARACTERS + '<w:outlineLvl w:val="0"/>', HEI),
    Style("Heading2", "二级标题", _KEEP + _TWO_CHARACTERS + '<w:outlineLvl w:val="1"/>', KAI),
    Style("Title", "公文标题", _KEEP + _NO_GRID + _exact() + _CENTER, XIAOBIAOSONG, 44),
    Style("Organ", "文书机关名称", _KEEP + _NO_GRID + _exact() + _CENTER, XIAOBIAOSONG, 44),
    Style("Addressee", "主送机关", _exact(before=LINE)),
    Style("Number", "发文字号", _KEEP + _CENTER),
    Style(
        "NumberRed",
        "发文字号（红线）",
        _KEEP
        + f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED}"/></w:pBdr>'
        + _CENTER,
    ),
    Style("NumberRight", "文书文号", _KEEP + _RIGHT),
    Style("FormNumber", "表格编号", _KEEP + _exact(460) + _RIGHT, size=24, tracking=0),
    Style("LetterNumber", "信函文号", _KEEP + _RIGHT),
    Style(
        "NumberUp",
        "上行文字号",
        _KEEP
        + f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED}"/></w:pBdr>'
        + '<w:tabs><w:tab w:val="right" w:pos="8525"/></w:tabs>'
        + '<w:ind w:firstLineChars="100" w:firstLine="320"/>',
    ),
    Style("Contact", "联系方式", _KEEP + _TWO_CHARACTERS),
    Style("ContactLong", "联系方式（多行）", "<w:widowControl/>" + _TWO_CHARACTERS),
    Style("Attachment", "附件说明", '<w:ind w:left="1960" w:hanging="1320"/>'),
    Style("SignName", "署名", _sign(*_SIGNED, before=LINE * 2)),
    Style("SignNameWide", "署名（长名称）", _sign(*_SIGNED_WIDE, before=LINE * 2)),
    Style("SignDate", "成文日期", _sign(*_SIGNED)),
    Style("SignDateWide", "成文日期（长名称）", _sign(*_SIGNED_WIDE)),
    Style(
        "Copies",
        "抄送",
        _KEEP + _exact() + '<w:ind w:left="1160" w:right="280" w:hanging="840"/>',
        size=28,
    ),
    Style(
        "Imprint",
        "印发",
        '<w:tabs><w:tab w:val="right" w:pos="8285"/></w:tabs>' + _exact(),
        size=28,
    ),
    Style("Remark", "文书附注", "<w:keepLines/>" + _NO_GRID + _exact(380), size=24, tracking=0),
    Style("Annex", "附件标记", _KEEP + "<w:pageBreakBefore/>", HEI),
    Style("AnnexRoom", "附件标题上空行", _KEEP),
    Style(
        "Receipt",
        "回执标题",
        _KEEP + "<w:pageBreakBefore/>" + _NO_GRID + _exact() + _CENTER,
        XIAOBIAOSONG,
        44,
    ),
    Style("End", "文末", _NO_GRID + _exact(20), size=2, tracking=0),
    Style("Cell", "表格文字", _CELL + '<w:jc w:val="left"/>', size=24, tracking=0),
    Style(
        "CellLong",
        "表格长文",
        _CELL + '<w:ind w:firstLineChars="200" w:firstLine="480"/>',
        size=24,
        tracking=0,
    ),
    Style("CellCenter", "表格居中", _CELL + _CENTER, size=24, tracking=0),
    # A moment to the minute stays on one line of 47 mm, LibreOffice's room about figures included.
    Style("CellTime", "表格时间", _CELL + '<w:jc w:val="left"/>', size=20, tracking=-6),
    Style("CellRight", "表格签名", _KEEP + _CELL + _RIGHT, size=24, tracking=0),
    Style("Small", "清单文字", _CELL.replace("340", "300") + _CENTER, size=21, tracking=0),
    Style(
        "SmallLeft",
        "清单文字（左）",
        _CELL.replace("340", "300") + '<w:jc w:val="left"/>',
        size=21,
        tracking=0,
    ),
    Style(
        "ListHead", "清单栏目", _KEEP + _CELL.replace("340", "300") + _CENTER, HEI, 21, tracking=0
    ),
    Style("Room", "发文机关标志上留白", _KEEP + _NO_GRID + _exact(1760), size=2, tracking=0),
    _mark("Mark", "发文机关标志", 72),
    _mark("MarkLong", "发文机关标志（长名称）", 52),
    _mark("MarkLonger", "发文机关标志（更长的名称）", 40),
    _letter_mark("LetterMark", "信函机关标志", 72),
    _letter_mark("LetterMarkLong", "信函机关标志（长名称）", 52),
    _letter_mark("LetterMarkLonger", "信函机关标志（更长的名称）", 40),
    Style(
        "LetterFoot",
        "信函页下线",
        '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0"'
        f' w:color="{RED}"/></w:pBdr>' + _NO_GRID + _exact(20) + _LETTER_WIDTH,
        size=2,
        tracking=0,
    ),
    Style(
        "PageOdd",
        "单页码",
        _FOOT + '<w:ind w:rightChars="100" w:right="280"/>' + _RIGHT,
        SONG,
        28,
        tracking=0,
    ),
    Style(
        "PageEven",
        "双页码",
        _FOOT + '<w:ind w:leftChars="100" w:left="280"/>',
        SONG,
        28,
        tracking=0,
    ),
)


def _fonts(font: str, latin: str = LATIN) -> str:
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{latin}"'
        ' w:hint="eastAsia"/>'
    )


def _run(style: Style) -> str:
    latin = SONG if style.font == SONG else LATIN
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    tracking = f'<w:spacing w:val="{style.tracking}"/>'
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return f"<w:rPr>{_fonts(style.font, latin)}{color}{tracking}{size}</w:rPr>"


def _style(style: Style) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f"<w:name w:val={quoteattr(style.name)}/>"
        f'<w:basedOn w:val="{style.based_on}"/><w:qFormat/>'
        f"<w:pPr>{style.paragraph}</w:pPr>{_run(style)}</w:style>"
    )


def styles_xml() -> str:
    """The whole of styles.xml."""
    normal = Style("Normal", "Normal")
    return (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/>{_NO_EXTRA_SPACE}{_exact()}'
        '<w:jc w:val="both"/></w:pPr>'
        f"{_run(normal)}</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"</w:style>{''.join(map(_style, STYLES))}</w:styles>"
    )


def font_table_xml() -> str:
    """The fonts by name, each with the name it bears where the first is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    return f"<w:fonts {NAMESPACE}>{fonts}</w:fonts>"
