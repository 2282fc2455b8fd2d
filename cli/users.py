"""`yisong user`: who may act, in which chairs."""

from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import col, select

from cli.context import fail, moment, office
from cli.sheet import screen
from domain.tables.people import User
from flows.accounts import set_password
from flows.passwords import WeakPassword
from flows.store import reading, transaction

user = typer.Typer(help="用户：谁在哪个部门担任什么角色。", no_args_is_help=True)


@user.command("add")
def add(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="用户编号，如 zhangsan")],
    name: Annotated[str, typer.Option(help="姓名")],
    department: Annotated[str, typer.Option(help="部门编号，如 shili-market")],
    role: Annotated[list[str], typer.Option(help="角色编号，如 handler；可多次给出")],
    certificate: Annotated[str, typer.Option(help="执法证号")] = "",
    phone: Annotated[str, typer.Option(help="电话")] = "",
    email: Annotated[str, typer.Option(help="电子邮箱，用于提醒")] = "",
) -> None:
    """登记一名用户，已有的予以更新。"""
    found = office(ctx)
    if department not in found.rules.departments:
        raise fail(f"没有「{department}」这个部门")
    unknown = [one for one in role if one not in found.rules.roles]
    if unknown:
        known = "、".join(f"{key} {one.label}" for key, one in found.rules.roles.items())
        raise fail(f"没有角色{'、'.join(unknown)}；可用：{known}")
    with transaction(found.engine) as session:
        session.merge(
            User(
                id=user_id,
                name=name,
                department_id=department,
                roles=role,
                certificate_no=certificate,
                phone=phone,
                email=email,
            )
        )
    typer.echo(f"已登记：{name}（{user_id}），{found.rules.departments[department].name}")


@user.command("list")
def list_users(ctx: typer.Context) -> None:
    """列出全部用户。"""
    found = office(ctx)
    table = Table("用户", "姓名", "部门", "角色", "执法证号")
    with reading(found.engine) as session:
        rows = session.exec(select(User).order_by(col(User.department_id), col(User.id)))
        for row in rows:
            labels = "、".join(found.rules.roles[one].label for one in row.roles)
            organ = found.rules.departments[row.department_id].name
            table.add_row(row.id, row.name, organ, labels, row.certificate_no)
    screen().print(table)


@user.command("password")
def password(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="用户编号")],
) -> None:
    """设定用户的登录密码；该用户已登录的会话随即退出。"""
    found = office(ctx)
    secret = typer.prompt("新密码", hide_input=True, confirmation_prompt="再输一次")
    try:
        with transaction(found.engine) as session:
            set_password(session, user_id, secret, moment(None))
    except (LookupError, WeakPassword) as problem:
        raise fail(str(problem)) from problem
    typer.echo(f"已设定：{user_id}")
