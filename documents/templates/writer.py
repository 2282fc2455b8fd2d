"""Who wrote a template and on which machine, as Word and WPS keep it: no issued paper tells that.

Word names the author and who saved last; WPS keeps beside them an account and a machine, once in a
property of its own and once in a variable of the settings.
"""

import re
from zipfile import ZipFile

from lxml import etree

from documents.templates.markup import parse_part

CORE, CUSTOM, SETTINGS = "docProps/core.xml", "docProps/custom.xml", "word/settings.xml"
TOLD = "起草人姓名、WPS 账号和设备标识"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PEOPLE = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_OF_WPS = re.compile(r"KSO\w*|ICV")
_VARIABLE = "commondata"
_LARGEST = 4 << 20


def without_writer(archive: ZipFile, changed: dict[str, bytes]) -> bool:
    """Takes out of the parts what tells of their writer; whether there was anything.

    `changed` holds the parts that were written anew already, and those written anew here.
    """
    found = False
    for name in {CORE, CUSTOM, SETTINGS} & set(archive.namelist()):
        content = changed.get(name) or _read(archive, name)
        root = parse_part(content)
        if _taken_out(root):
            changed[name] = bytes(
                etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
            found = True
    return found


def _taken_out(root: etree._Element) -> bool:
    people = [one for one in root.iter(*_PEOPLE) if one.text]
    for one in people:
        one.text = None
    kept = [one for one in root.iter(etree.Element) if _tells_of_machine(one)]
    for one in kept:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    return bool(people or kept)


def _tells_of_machine(element: etree._Element) -> bool:
    if element.tag == f"{_W}docVar":
        return str(element.get(f"{_W}name")) == _VARIABLE
    if etree.QName(element).localname != "property":
        return False
    return _OF_WPS.fullmatch(element.get("name", "")) is not None


def _read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST or b"<!" in content:
        raise ValueError(name)
    return content
