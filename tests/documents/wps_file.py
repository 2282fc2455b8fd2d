"""A Word file as WPS 12 writes it, built from public descriptions: no file of WPS itself is here.

Described are: styles and paragraphs named by numbers, runs parted wherever a hint of the script
changes, a bookmark where the writer stopped, the maker's properties (`KSOProductBuildVer`, `ICV`,
an account and a machine in `KSOTemplateDocerSaveRecord`), the same in a variable of the settings,
`customXml` and an alternative that only WPS knows, both of the namespace `wpsCustomData`.
"""

import re
from collections.abc import Mapping
from itertools import count

from documents.templates.package import build_package, read_members

MACHINE = "eyJoZGlkIjoiMDAwMCIsInVzZXJJZCI6IjExMTEifQ=="
"""An account and a machine as WPS writes them: {"hdid":"0000","userId":"1111"}."""
WRITER = "张三"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_CUSTOM = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMES = {
    "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xmlns:o": "urn:schemas-microsoft-com:office:office",
    "xmlns:v": "urn:schemas-microsoft-com:vml",
    "xmlns:w14": f"{_MICROSOFT}/2010/wordml",
    "xmlns:w15": f"{_MICROSOFT}/2012/wordml",
    "xmlns:wps": f"{_MICROSOFT}/2010/wordprocessingShape",
    "xmlns:wpsCustomData": _CUSTOM,
    "mc:Ignorable": "w14 w15",
}
_SETTINGS = (
    '<w:docVars><w:docVar w:name="commondata" w:val="{machine}"/></w:docVars>'
    '<w:rsids><w:rsidRoot w:val="7BDA4DE7"/><w:rsid w:val="022C604A"/></w:rsids>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:doNotIncludeSubdocsInStats/>'
    '<mc:AlternateContent><mc:Choice Requires="wpsCustomData">'
    '<wpsCustomData:typoFeatureVersion val="1"/></mc:Choice></mc:AlternateContent>'
)
_HINTS = ("eastAsia", "default")


def as_wps_saved(word: bytes) -> bytes:
    """The same document, with the same text and look, as WPS would have saved it."""
    contents = dict(read_members(word)[0])
    numbers = _numbered(contents["word/styles.xml"].decode())
    for name in list(contents):
        if re.fullmatch(r"word/(document|styles|header\d|footer\d)\.xml", name):
            contents[name] = _renamed(contents[name].decode(), numbers).encode()
    body = _with_names(_parted(contents["word/document.xml"].decode()), "document")
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/></w:p><w:sectPr'
    contents["word/document.xml"] = body.replace("</w:p><w:sectPr", mark).encode()
    settings = _with_names(contents["word/settings.xml"].decode(), "settings")
    added = _SETTINGS.format(machine=MACHINE) + "</w:settings>"
    contents["word/settings.xml"] = settings.replace("</w:settings>", added).encode()
    return build_package(contents | _beside(contents))


def _numbered(styles: str) -> Mapping[str, str]:
    """WPS names styles by numbers, the default one first."""
    numbers = count(1)
    return {one: str(next(numbers)) for one in re.findall(r'w:styleId="(\w+)"', styles)}


def _renamed(xml: str, numbers: Mapping[str, str]) -> str:
    named = re.compile(r'(<w:(?:pStyle|rStyle|basedOn|next|link) w:val=|w:styleId=)"(\w+)"')
    return named.sub(lambda one: f'{one[1]}"{numbers.get(one[2], one[2])}"', xml)


def _with_names(xml: str, root: str) -> str:
    given = xml[xml.index(f"<w:{root} ") :].partition(">")[0]
    added = "".join(f' {name}="{told}"' for name, told in _NAMES.items() if name not in given)
    return xml.replace(f"<w:{root} ", f"<w:{root}{added} ", 1)


def _parted(xml: str) -> str:
    """Every run parted where figures or letters meet characters, tags of a template too."""
    return re.sub(r'<w:r><w:t xml:space="preserve">([^<]+)</w:t></w:r>', _runs, xml)


def _runs(run: re.Match[str]) -> str:
    pieces = re.findall(r"[\u3000-\uffff]+|&\w+;|[^\u3000-\uffff&]+", run[1])
    return "".join(
        f'<w:r><w:rPr><w:rFonts w:hint="{_HINTS[place % 2]}"/><w:lang w:val="en-US"'
        f' w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for place, piece in enumerate(pieces)
    )


def _beside(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts beside the text, and what names them."""
    item = "customXml/item1.xml"
    types = contents["[Content_Types].xml"].decode()
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for part, kind in (
            ("docProps/custom.xml", "officedocument.custom-properties"),
            ("customXml/itemProps1.xml", "officedocument.customXmlProperties"),
        )
    )
    properties = f'<Relationship Id="k1" Type="{_OFFICE}/relationships/custom-properties" '
    links = contents["_rels/.rels"].decode()
    custom = f'<Relationship Id="k2" Type="{_OFFICE}/relationships/customXml" '
    inner = contents["word/_rels/document.xml.rels"].decode()
    ending = "</Relationships>"
    core = contents["docProps/core.xml"].decode()
    made = {
        "[Content_Types].xml": types.replace("</Types>", f"{overrides}</Types>"),
        "_rels/.rels": links.replace(ending, f'{properties}Target="docProps/custom.xml"/>{ending}'),
        "word/_rels/document.xml.rels": inner.replace(
            ending, f'{custom}Target="../{item}"/>{ending}'
        ),
        "docProps/core.xml": core.replace(
            "<dc:creator></dc:creator>", f"<dc:creator>{WRITER}</dc:creator>"
        ),
        "docProps/custom.xml": _properties(),
        "docProps/app.xml": _app(),
        item: f'<s:customData xmlns="{_CUSTOM}" xmlns:s="{_CUSTOM}"><customSectProps>'
        "<customSectPr/></customSectProps></s:customData>",
        "customXml/itemProps1.xml": "<ds:datastoreItem"
        ' ds:itemID="{B1977F7D-205B-4081-913C-38D41E755F92}"'
        f' xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{_CUSTOM}"/>'
        "</ds:schemaRefs></ds:datastoreItem>",
        "customXml/_rels/item1.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps"'
        f' Target="itemProps1.xml"/>{ending}',
    }
    return {name: xml.encode() for name, xml in made.items()}


def _properties() -> str:
    told = {
        "KSOTemplateDocerSaveRecord": MACHINE,
        "KSOProductBuildVer": "2052-12.1.0.26895",
        "ICV": "7C9AA9E21DDD4C25BAA4A2F4EFFC5C3A_13",
    }
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{place}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr>'
        "</property>"
        for place, (name, value) in enumerate(told.items(), start=2)
    )
    names = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"<Properties {names}>{rows}</Properties>"


def _app() -> str:
    return (
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Template>Normal.dotm</Template>'
        "<Pages>1</Pages><ScaleCrop>false</ScaleCrop><LinksUpToDate>false</LinksUpToDate>"
        "<Application>WPS Office_12.1.0.26895_F1E327BC-269C-435d-A152-05C5408002CA</Application>"
        "<DocSecurity>0</DocSecurity></Properties>"
    )
