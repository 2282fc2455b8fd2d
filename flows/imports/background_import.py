"""Imports in the background of the request that asked for them, progress in the exchange.

Any web process of any host can tell how far it is; one that died leaves one to be started again.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Literal

from sqlmodel import Session, col, select

from domain.tables.people import User
from domain.tables.work import InboxMessage
from flows.door.inbox import message_once
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import Unusable
from flows.imports.order_import import import_file
from flows.imports.uploads import (
    empty_upload,
    hand_over,
    is_kept,
    kept_upload,
    upload_folder,
    upload_path,
)
from flows.site.store import transaction

STALLED = timedelta(seconds=60)
WAIT_SECONDS = 2.0
PROGRESS = ".progress.json"
IMPORT, ENDED = "import", "导入结束："
"""What messages about imports are called by, and how they begin."""
PAST = 20


@dataclass(frozen=True)
class Progress:
    """How far an import is, and at its end what became of the file.

    `numbers`: of the clues registered, where any has a suspected duplicate.
    """

    name: str
    standing: Literal["running", "done", "failed", "stalled"] = "running"
    rows: int = 0
    total: int = 0
    registered: int = 0
    already_there: int = 0
    rejected: int = 0
    suspected: int = 0
    rejections: str = ""
    trouble: str = ""
    remarks: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def start_import(clerk: Clerk, key: str, name: str, channel: str | None) -> None:
    """Begins an import of the clerk's uploaded file in a thread; a small one is done on return.

    `key` is the upload's (NoSuchUpload), `name` the file's own for people, `channel` overrules the
    source of clues that its column mapping names. One at work or done is not begun again.
    """
    file = _file(clerk, key)
    if clerk.office.exchange.has(file) and progress_of(clerk, key).standing in {"running", "done"}:
        return
    _write(clerk, file, Progress(name))
    worker = threading.Thread(target=_run, args=(clerk, key, name, channel))
    worker.start()
    worker.join(WAIT_SECONDS)


def progress_of(clerk: Clerk, key: str) -> Progress:
    """How far the import of the person's file is; LookupError where there is none."""
    exchange, file = clerk.office.exchange, _file(clerk, key)
    if not exchange.has(file):
        raise LookupError("这个文件还没有开始导入")
    found = Progress(**json.loads(exchange.get(file)))
    if found.standing == "running" and datetime.now(UTC) - exchange.modified(file) > STALLED:
        return replace(found, standing="stalled")
    return found


def recent_imports(clerk: Clerk) -> list[tuple[str, Progress]]:
    """The person's imports that are at work or ended within the hour, by key, the newest first."""
    exchange, folder = clerk.office.exchange, upload_folder(clerk.actor)
    names = [one for one in exchange.names(folder) if one.endswith(PROGRESS)]
    names.sort(key=lambda one: exchange.modified(f"{folder}/{one}"), reverse=True)
    keys = [one.removesuffix(PROGRESS) for one in names]
    return [
        (key, progress_of(clerk, key)) for key in keys if is_kept(clerk.office, clerk.actor, key)
    ]


def past_imports(session: Session, clerk: Clerk) -> list[tuple[InboxMessage, str]]:
    """The last imports of the clerk's department that ended, each with who began it."""
    query = (
        select(InboxMessage, User.name)
        .join(User, col(User.id) == col(InboxMessage.user_id))
        .where(
            col(InboxMessage.department_id) == clerk.actor.department,
            col(InboxMessage.kind).in_([f"{IMPORT}.done", f"{IMPORT}.failed"]),
        )
        .order_by(col(InboxMessage.id).desc())
    )
    return list(session.exec(query.limit(PAST)).all())


def rejections_of(clerk: Clerk, key: str) -> tuple[str, bytes]:
    """Suffix and bytes of the file of rows that were not imported; LookupError where all were."""
    found = progress_of(clerk, key)
    if not found.rejections:
        raise LookupError("没有未通过的行")
    path = PurePosixPath(_file(clerk, key)).with_name(PurePosixPath(found.rejections).name)
    return path.suffix, clerk.office.exchange.get(str(path))


def _run(clerk: Clerk, key: str, name: str, channel: str | None) -> None:
    begun, file = Progress(name), _file(clerk, key)

    def told(rows: int, total: int) -> None:
        _write(clerk, file, replace(begun, rows=rows, total=total))

    try:
        with kept_upload(clerk.office, clerk.actor, key) as path:
            done = _done(clerk, path, begun, channel, told)
    except Unusable as problem:
        failed = replace(begun, standing="failed", trouble=str(problem))
        _tell(clerk, key, failed)
        _write(clerk, file, failed)
        return
    _tell(clerk, key, done)
    _write(clerk, file, done)
    # Names and numbers of reporters stood in it in clear; from now on only the rows have them.
    empty_upload(clerk.office, clerk.actor, key)


def _done(
    clerk: Clerk, path: Path, begun: Progress, channel: str | None, told: Callable[[int, int], None]
) -> Progress:
    try:
        result = import_file(clerk, path, channel, progress=told)
    except Unusable as problem:
        raise Unusable(str(problem).replace(str(path), begun.name)) from problem
    rejected = result.rejections
    return replace(
        begun,
        standing="done",
        registered=result.registered,
        already_there=result.already_there,
        rejected=result.rejected,
        suspected=result.suspected,
        rejections=hand_over(clerk.office, clerk.actor, rejected) if rejected else "",
        remarks=[str(one) for one in result.remarks],
        numbers=list(result.numbers) if result.suspected else [],
    )


def _tell(clerk: Clerk, key: str, found: Progress) -> None:
    """A message to who began it: he may have left the page long ago."""
    told = f"没有导入：{found.trouble}"
    if found.standing == "done":
        told = (
            f"登记{found.registered}条，已登记过{found.already_there}条，未通过{found.rejected}行。"
        )
        told += f"其中{found.suspected}条有疑似重复，请逐对核对。" if found.suspected else ""
        told += "未通过的行一小时内可以在导入结果中下载。" if found.rejected else ""
    message = InboxMessage(
        key=f"{IMPORT}-{key}",
        department_id=clerk.actor.department,
        user_id=clerk.actor.id,
        kind=f"{IMPORT}.{found.standing}",
        title=f"{ENDED}{found.name}",
        body=told,
        created_at=clerk.now,
    )
    with transaction(clerk.office.engine) as session:
        message_once(session, [message])


def _file(clerk: Clerk, key: str) -> str:
    path = PurePosixPath(upload_path(clerk.office, clerk.actor, key))
    return str(path.with_name(f"{path.stem}{PROGRESS}"))


def _write(clerk: Clerk, file: str, found: Progress) -> None:
    told = json.dumps(asdict(found), ensure_ascii=False)
    clerk.office.exchange.put(file, told.encode())
