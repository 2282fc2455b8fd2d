"""The check of genuineness: for anybody, without signing in, answered in a few words.

Nothing of the case is told: kind, number, organ, day, and whether it is in force.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from documents.values.codes import read_code, shown_code
from flows.papers.genuineness import Verdict, verify_code, verify_file
from web.request.desk import Home, Now, Reading, Sent, address_of
from web.request.limiter import Limiter
from web.request.render import page

MOST, IN_ALL, WHILE = 30, 600, timedelta(minutes=10)
"""Questions of one address, and of all together, within that while."""
LARGEST = 8 << 20
LONGEST_CODE = 40


def asked_too_often(request: Request, now: Now) -> None:
    """Refuses who asks too often, before anything that was sent is read."""
    state = request.app.state
    if not hasattr(state, "verify_limiter"):
        state.verify_limiter = Limiter(MOST, WHILE, IN_ALL)
    limiter: Limiter = state.verify_limiter
    if seconds := limiter.wait(address_of(request), now):
        told = f"核验过于频繁，请{-(-seconds // 60)}分钟后再试"
        raise HTTPException(429, told, {"Retry-After": str(seconds)})


router = APIRouter()
Limited = Annotated[None, Depends(asked_too_often)]


@router.get("/verify")
def ask(request: Request) -> Response:
    """The form that takes a code or a file."""
    return _show(request)


@router.get("/v/{code}")
def by_code(
    request: Request, limited: Limited, office: Home, session: Reading, code: str
) -> Response:
    """What is known under a code: where the sign on a document leads."""
    return _show(request, *verify_code(session, office, code[:LONGEST_CODE]), code=code)


@router.post("/verify")
def answer(
    request: Request, limited: Limited, office: Home, session: Reading, sent: Sent
) -> Response:
    """What is known of a file, or under a code."""
    code = str(sent.get("code", "")).strip()[:LONGEST_CODE]
    file = sent.get("file")
    if isinstance(file, UploadFile) and file.filename:
        if (file.size or 0) > LARGEST:
            told = f"文件过大，最大{LARGEST >> 20}兆字节"
            return _show(request, code=code, complaint=told)
        return _show(request, verify_file(session, office, file.file.read()), name=file.filename)
    if not code:
        return _show(request, complaint="请填写校验码，或者选择文书的 Word 文件")
    plain = read_code(code)
    if plain is None:
        return _show(request, code=code, complaint="校验码应为8位字母和数字，如 QDPM-2EGV")
    return RedirectResponse(f"/v/{plain}", 303)


def _show(
    request: Request, *verdicts: Verdict, code: str = "", name: str = "", complaint: str = ""
) -> Response:
    plain = read_code(code)
    return page(
        request,
        "papers/genuineness.html",
        422 if complaint else 200,
        verdicts=verdicts,
        code=shown_code(plain) if plain else code[:LONGEST_CODE],
        name=name,
        complaint=complaint,
    )
