"""Imports in the background of the request that asked for them, with their progress in a file.

Any web process can tell how far it is; one that died leaves an import to be started again.
"""

import json
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from flows.imports.clerk import Clerk
from flows.imports.incoming_file import Unusable
from flows.imports.order_import import import_file
from flows.imports.uploads import kept_upload

STALLED_SECONDS = 60.0
WAIT_SECONDS = 2.0


@dataclass(frozen=True)
class Progress:
    """How far an import is, and at its end what became of the file."""

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


def start_import(clerk: Clerk, key: str, name: str, channel: str | None) -> None:
    """Begins an import of the clerk's uploaded file in a thread; a small one is done on return.

    `key` is the upload's (NoSuchUpload), `name` the file's own for people, `channel` overrules the
    source of clues that its column mapping names. One at work or done is not begun again.
    """
    path = kept_upload(clerk.office, clerk.actor, key)
    if _file(path).is_file() and progress_of(clerk, key).standing in {"running", "done"}:
        return
    _write(path, Progress(name))
    worker = threading.Thread(target=_run, args=(clerk, path, name, channel))
    worker.start()
    worker.join(WAIT_SECONDS)


def progress_of(clerk: Clerk, key: str) -> Progress:
    """How far the import of the person's file is; LookupError where there is none."""
    file = _file(kept_upload(clerk.office, clerk.actor, key))
    if not file.is_file():
        raise LookupError("这个文件还没有开始导入")
    found = Progress(**json.loads(file.read_text(encoding="utf-8")))
    if found.standing == "running" and time.time() - file.stat().st_mtime > STALLED_SECONDS:
        return replace(found, standing="stalled")
    return found


def rejections_of(clerk: Clerk, key: str) -> Path:
    """The file of rows that were not imported; LookupError where all were."""
    found = progress_of(clerk, key)
    if not found.rejections:
        raise LookupError("没有未通过的行")
    return Path(found.rejections)


def _run(clerk: Clerk, path: Path, name: str, channel: str | None) -> None:
    begun = Progress(name)

    def told(rows: int, total: int) -> None:
        _write(path, replace(begun, rows=rows, total=total))

    try:
        result = import_file(clerk, path, channel, progress=told)
    except Unusable as problem:
        trouble = str(problem).replace(str(path), name)
        _write(path, replace(begun, standing="failed", trouble=trouble))
        return
    done = Progress(
        name=name,
        standing="done",
        registered=result.registered,
        already_there=result.already_there,
        rejected=result.rejected,
        suspected=result.suspected,
        rejections=str(result.rejections or ""),
        remarks=[str(one) for one in result.remarks],
    )
    _write(path, done)
    # Names and numbers of reporters stood in it in clear; from now on only the rows have them.
    path.write_bytes(b"")


def _file(path: Path) -> Path:
    return path.with_name(f"{path.stem}.progress.json")


def _write(path: Path, found: Progress) -> None:
    # Moved into place: another process may read at this moment.
    staged = path.with_name(f"{path.stem}.staged")
    staged.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    staged.replace(_file(path))
