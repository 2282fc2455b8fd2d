"""`yisong init`: a site in earnest, from an empty folder to its first administrator."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.terminal.context import fail, office, settings_of, site_folder
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import load_rulebook
from flows.people.actors import system_actor
from flows.people.administrators import ADMINISTRATOR
from flows.people.user_form import Particulars
from flows.people.user_keeping import Keeper, NotKept, add_user
from flows.rehearsal.demonstration import has_users
from flows.site.first_start import database_file, keep_settings, remains

NO_CONFIGURATION = (
    "还没有本站的配置目录：随系统发布的只有演示用的虚构城市。请用 yisong example DIR 复制一份样例，"
    "改成本地的部门，设置 YISONG_CONFIG=DIR，用 yisong check 核对后再启用"
)
NEXT = (
    "下一步：yisong serve 启动，由这名管理员登录后登记其他用户。"
    "密钥文件 {keys} 请另外备份，与数据库分开存放。"
)


def init(
    ctx: typer.Context,
    *,
    area: Annotated[str, typer.Option(help="本级地区，部门编号的前半部分")] = "",
    region: Annotated[str, typer.Option(help="适用哪个地区的规定（config/regions）")] = "",
    desk: Annotated[str, typer.Option(help="登记、分办线索的机构（部门编号）")] = "",
    user: Annotated[str, typer.Option(help="第一名管理员的用户编号，如 zhangsan")] = "",
    name: Annotated[str, typer.Option(help="管理员姓名")] = "",
    department: Annotated[str, typer.Option(help="管理员所在部门编号")] = "",
) -> None:
    """正式启用：选定地区和热线机构，登记第一名管理员；没有给出的逐项询问。"""
    settings = settings_of(ctx)
    if site_folder(ctx) is None:
        raise fail(NO_CONFIGURATION)
    if database_file(settings) is not None and (there := remains(settings)):
        raise fail(f"这里已经有{'、'.join(there)}，不能再次启用；请用 --home 另外指定数据目录")
    rules = load_rulebook(site=settings.config)
    areas = {one.area: one.area for one in rules.departments.values()}
    region, area, desk = region or settings.region, area or settings.area, desk or settings.desk
    places = {
        "region": _chosen("适用哪个地区的规定", region, dict.fromkeys(rules.regions, "")),
        "area": _chosen("本级地区", area, areas),
    }
    places["desk"] = _chosen("热线机构", desk, _departments(rules, places["area"]))
    user = user or typer.prompt("管理员的用户编号（字母、数字）")
    name = name or typer.prompt("管理员姓名")
    offered = _departments(rules, places["area"])
    department = _chosen("管理员所在部门", department, offered)
    ctx.obj = settings.model_copy(update=places)
    found = office(ctx)
    if has_users(found):
        raise fail("这个数据库里已有用户，不能再次启用")
    keeper = Keeper(found, system_actor(found.settings.desk), datetime.now(UTC))
    try:
        first = add_user(keeper, user, Particulars(name, department, (ADMINISTRATOR,), "", "", ""))
    except NotKept as problem:
        raise fail("；".join(problem.complaints.values())) from problem
    kept = keep_settings(found.settings)
    typer.echo(f"已启用：地区、机构写在 {kept}（环境变量 YISONG_* 优先于它）")
    typer.echo(f"管理员 {name}（{user}）的初始密码（只显示这一次，首次登录须更改）：{first}")
    typer.echo(NEXT.format(keys=found.settings.keys))


def _departments(rules: Rulebook, area: str) -> dict[str, str]:
    return {key: one.name for key, one in rules.departments.items() if one.area == area}


def _chosen(question: str, given: str, offered: dict[str, str]) -> str:
    """One of what is offered, as given or as asked for; ends the command for anything else."""
    listed = "、".join(
        f"{key} {label}".strip() if label != key else key for key, label in offered.items()
    )
    answer = given or str(typer.prompt(f"{question}（{listed}）")).strip()
    if answer not in offered:
        raise fail(f"{question}：没有「{answer}」，可用：{listed}")
    return answer
