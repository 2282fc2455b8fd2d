"""`yisong draw`: the record of a draw replayed by the file that anybody may replay it with."""

from pathlib import Path
from typing import Annotated

import typer

from domain.draws.verify_draw import told
from domain.shapes.data_folders import room_folder

draw = typer.Typer(help="双随机抽取：核验抽取记录。", no_args_is_help=True)
ALONE = "verify_draw.py"
Record = Annotated[Path, typer.Argument(metavar="FILE", help="抽取记录，如 draw-CQ2026000001.json")]


@draw.command()
def verify(path: Record) -> None:
    """用记录里的封存名录、密数和见证数重新抽取，与记录逐项核对；不符的逐条列出。"""
    holds, lines = told(str(path))
    for one in lines:
        typer.echo(one, err=not holds)
    if not holds:
        raise typer.Exit(1)


@draw.command("verifier")
def verifier(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="存放到哪个文件夹")] = Path(),
) -> None:
    """取出独立核验程序 verify_draw.py：一个文件，只要有 Python 就能核验，不用安装本系统。"""
    source = room_folder("domain", "draws") / ALONE
    (folder / ALONE).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    typer.echo(f"已存为 {folder / ALONE}")
