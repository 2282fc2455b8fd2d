"""The seal service of a site, a command or an address: a file goes in, the sealed file comes back.

What comes back is bounded in time and size, and is a PDF, an OFD or a Word file, or refused.
"""

import hashlib
import os
import shlex
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import BadZipFile, ZipFile

import httpx

from flows.site.settings import Settings

MOST = 64 << 20
CONNECT_SECONDS = 5.0
PLACES = ("{input}", "{output}")
LONGEST_SAID = 200
PDF = b"%PDF-"
INSIDE = {"OFD.xml": "ofd", "word/document.xml": "docx"}
"""By which entry a container is known, and the ending of its name."""


class NotSealed(OSError):
    """There is no sealed file; says why. `is_general`: others would not be sealed now either."""

    def __init__(self, text: str, *, is_general: bool = True) -> None:
        super().__init__(text)
        self.is_general = is_general


@dataclass(frozen=True)
class ToSeal:
    """A file to be sealed, and what the service is told of it: words by name, in ASCII letters.

    `key` stays the same however often the file is sent.
    """

    content: bytes
    form: str
    key: str
    told: Mapping[str, str]


@dataclass(frozen=True)
class Sealed:
    """A sealed file, its form (pdf, ofd, docx), and whether a digital signature is in it."""

    content: bytes
    form: str
    is_signed: bool


def sealed_by_service(settings: Settings, paper: ToSeal) -> Sealed:
    """The file as the site's service seals it; NotSealed says why there is none."""
    call = _sent if settings.seal_url else _run
    return examined(call(settings, paper), paper)


def examined(content: bytes, paper: ToSeal) -> Sealed:
    """What came back, if it is a sealed file at all; NotSealed in Chinese otherwise."""
    if not content:
        raise NotSealed("印章服务退回的是空文件", is_general=False)
    if hashlib.sha256(content).digest() == hashlib.sha256(paper.content).digest():
        raise NotSealed("印章服务退回的文件与原文件相同，没有加盖印章", is_general=False)
    if content.startswith(PDF):
        return Sealed(content, "pdf", b"/ByteRange" in content)
    try:
        with ZipFile(BytesIO(content)) as container:
            names = container.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        names = []
    for entry, form in INSIDE.items():
        if entry in names:
            return Sealed(content, form, any("ignature" in one for one in names))
    raise NotSealed("印章服务退回的不是 PDF、OFD 或者 Word 文件", is_general=False)


# --- an address ----------------------------------------------------------------------------------


def _sent(settings: Settings, paper: ToSeal) -> bytes:
    limits = httpx.Timeout(settings.seal_seconds, connect=CONNECT_SECONDS)
    trusted = ssl.create_default_context(cafile=settings.seal_ca)
    headers = _headers(settings, paper)
    try:
        with (
            httpx.Client(timeout=limits, verify=trusted, trust_env=False) as client,
            client.stream(
                "POST", settings.seal_url, content=paper.content, headers=headers
            ) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                general = answer.status_code >= 500 or answer.status_code in {401, 403, 404, 429}
                told = f"印章服务没有加盖：HTTP {answer.status_code}"
                raise NotSealed(told, is_general=general)
            return _read(answer, time.monotonic() + settings.seal_seconds)
    except httpx.TimeoutException as problem:
        raise NotSealed(_too_slow(settings)) from problem
    except (httpx.HTTPError, ssl.SSLError) as problem:
        distrusted = "certificate" in str(problem).casefold()
        words = "印章服务的证书不受信任" if distrusted else "连接不上印章服务"
        raise NotSealed(words) from problem


def _read(answer: httpx.Response, until: float) -> bytes:
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > MOST:
            raise NotSealed(f"印章服务退回的文件超过{MOST >> 20}MB", is_general=False)
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the whole answer took too long")
    return bytes(found)


def _headers(settings: Settings, paper: ToSeal) -> dict[str, str]:
    headers = {
        "Content-Type": TYPES[paper.form],
        "Idempotency-Key": paper.key,
        **{f"Yisong-{name.title()}": quote(text) for name, text in paper.told.items()},
    }
    if token := settings.seal_token.get_secret_value():
        headers["Authorization"] = f"Bearer {token}"
    return headers


TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


# --- a command -----------------------------------------------------------------------------------


def _run(settings: Settings, paper: ToSeal) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yisong-seal-") as folder:
        given, made = Path(folder) / f"input.{paper.form}", Path(folder) / "output"
        given.write_bytes(paper.content)
        places = dict(zip(PLACES, (str(given), str(made)), strict=True))
        words = [_filled(one, places) for one in shlex.split(settings.seal_command)]
        said = _called(settings, words, _surroundings(paper, folder), folder)
        if not made.is_file():
            raise NotSealed(f"印章程序没有写出文件{said}")
        if made.stat().st_size > MOST:
            raise NotSealed(f"印章程序写出的文件超过{MOST >> 20}MB", is_general=False)
        return made.read_bytes()


def _filled(word: str, places: Mapping[str, str]) -> str:
    for place, value in places.items():
        word = word.replace(place, value)
    return word


def _surroundings(paper: ToSeal, folder: str) -> dict[str, str]:
    """No setting of ours reaches the command: it is told of the document and nothing else."""
    told = {f"YISONG_SEAL_{name.upper()}": text for name, text in paper.told.items()}
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": folder, "LANG": "C.UTF-8", "YISONG_SEAL_KEY": paper.key, **told}


def _called(
    settings: Settings, words: list[str], surroundings: Mapping[str, str], folder: str
) -> str:
    """What the command wrote on its error output, in brackets; NotSealed where it failed."""
    said = Path(folder) / "said"
    try:
        with said.open("wb") as stream:
            process = subprocess.Popen(
                words,
                env=dict(surroundings),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                start_new_session=True,
            )
            try:
                code = process.wait(settings.seal_seconds)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
    except subprocess.TimeoutExpired as problem:
        raise NotSealed(_too_slow(settings)) from problem
    except OSError as problem:
        raise NotSealed(f"印章程序不能运行：{words[0]}") from problem
    with said.open("rb") as stream:
        text = "".join(stream.read(LONGEST_SAID * 4).decode("utf-8", "replace").split())
    words_said = f"（{text[:LONGEST_SAID]}）" if text else ""
    if code:
        raise NotSealed(f"印章程序以{code}退出{words_said}")
    return words_said


def _too_slow(settings: Settings) -> str:
    return f"印章服务没有在{settings.seal_seconds}秒内完成"
