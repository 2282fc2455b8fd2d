"""Word files for the pages about templates: changed, examined and uploaded as people do."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import httpx
from starlette.testclient import TestClient

from documents.templates.template_files import TEMPLATES

KIND = "dispatch_slip"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def changed(after: str, before: str = "{{ 线索编号 }}", kind: str = KIND) -> bytes:
    """The shipped template with other words in one place."""
    made = BytesIO()
    shipped = (TEMPLATES / kind / "template.docx").read_bytes()
    with ZipFile(BytesIO(shipped)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(ZipInfo(name), content)
    return made.getvalue()


def examine(client: TestClient, raw: bytes, note: str = "") -> httpx.Response:
    """The answer to a file that is sent in to be examined."""
    files = {"file": ("转办单.docx", raw, WORD)}
    return client.post(f"/templates/{KIND}/check", files=files, data={"note": note})


def uploaded(client: TestClient, raw: bytes, note: str = "") -> str:
    """A version that waits; its page."""
    text = examine(client, raw, note).text
    [key] = re.findall(r'name="key" value="(\w+)"', text)
    answer = client.post(f"/templates/{KIND}/versions", data={"key": key, "note": note})
    assert answer.status_code == 303
    return str(answer.headers["location"])
