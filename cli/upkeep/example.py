"""`yisong example`: the beginning of a site's own configuration, to be changed."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import fail
from domain.rulebook.rulebook_reading import CONFIG

EXAMPLE = CONFIG / "example"


def example(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="写到哪个新文件夹")],
) -> None:
    """复制一份本站配置目录的样例（虚构的武曲市），供改成本地的部门。"""
    if folder.exists():
        raise fail(f"「{folder}」已经存在，请写一个新的文件夹")
    try:
        shutil.copytree(EXAMPLE, folder)
    except OSError as error:
        raise fail(f"不能写入「{folder}」，请检查权限和磁盘空间（{error.errno}）") from error
    typer.echo(f"已复制到 {folder}。请按其中的 README.md 修改，设置 YISONG_CONFIG={folder}，")
    typer.echo("用 yisong check 核对，用 yisong init 启用。")
