"""`yisong user`: who may act, in which chairs."""

from dataclasses import replace
from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import col, select

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import NO_SUCH_DEPARTMENT, department_of, fail, moment_of_act, office
from domain.shapes.nearest import nearest
from domain.situation.situation import SYSTEM
from domain.tables.people import User
from domain.tables.session import Password
from flows.people.actors import system_actor
from flows.people.password_rules import password_rules
from flows.people.passwords import WeakPassword, hash_password
from flows.people.sign_in import set_password
from flows.people.user_form import Particulars
from flows.people.user_keeping import (
    Keeper,
    NotKept,
    add_user,
    change_user,
    record_password,
    reset_second,
)
from flows.site.office import Office
from flows.site.store import reading, transaction

TYPED = ("name", "department", "roles", "certificate_no", "phone", "email")
"""What the command asks for; an authority to head the organ is kept in the browser."""

user = typer.Typer(help="用户：谁在哪个部门担任什么角色。", no_args_is_help=True)


@user.command("add")
def add(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="用户编号，如 zhangsan")],
    name: Annotated[str, typer.Option(help="姓名")],
    department: Annotated[str, typer.Option(help="部门编号，yisong departments 列出")],
    role: Annotated[list[str], typer.Option(help="角色编号，如 handler；可多次给出")],
    certificate: Annotated[str, typer.Option(help="执法证号")] = "",
    phone: Annotated[str, typer.Option(help="电话")] = "",
    email: Annotated[str, typer.Option(help="电子邮箱，用于提醒")] = "",
) -> None:
    """登记一名用户，已有的予以更新。"""
    found = office(ctx)
    chairs = tuple(sorted(set(role)))
    given = Particulars(name, department, chairs, certificate, phone, email)
    keeper = Keeper(found, system_actor(found.settings.desk), moment_of_act(found))
    with reading(found.engine) as session:
        row = session.get(User, user_id)
        known = row is not None
        if row is not None:
            given = replace(
                Particulars.of(row),
                **{one: getattr(given, one) for one in TYPED},
            )
    try:
        first = "" if known else add_user(keeper, user_id, given)
        if known:
            change_user(keeper, user_id, given)
    except NotKept as problem:
        raise fail(_in_words(found, problem, department)) from problem
    typer.echo(f"已登记：{name}（{user_id}），{found.rules.departments[department].name}")
    if first:
        typer.echo(f"初始密码（只显示这一次，首次登录须更改）：{first}")


def _in_words(found: Office, problem: NotKept, department: str) -> str:
    told = dict(problem.complaints)
    if "department" in told:
        known = {key: one.name for key, one in found.rules.departments.items()}
        near = nearest(department, known, known)
        told["department"] = f"没有「{department}」这个部门{near or NO_SUCH_DEPARTMENT}"
    if "roles" in told:
        roles = found.rules.roles.items()
        offered = "、".join(f"{key} {one.label}" for key, one in roles if key != SYSTEM)
        told["roles"] += f"；可用：{offered}"
    return "；".join(told.values())


@user.command("list")
def list_users(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="编号或姓名中的字词")] = "",
    department: Annotated[str, typer.Option(help="只列一个部门的，写部门编号")] = "",
) -> None:
    """列出用户：部门、角色、执法证号；停用的注明。"""
    found = office(ctx)
    if department:
        department_of(found, department)
    table = Table("用户", "姓名", "部门", "角色", "执法证号")
    with reading(found.engine) as session:
        rows = session.exec(select(User).order_by(col(User.department_id), col(User.id)))
        for row in rows:
            if department not in {"", row.department_id} or text not in f"{row.id} {row.name}":
                continue
            labels = "、".join(found.rules.roles[one].label for one in row.roles)
            organ = found.rules.departments[row.department_id].name
            name = row.name if row.active else f"{row.name}（已停用）"
            table.add_row(row.id, name, organ, labels, row.certificate_no)
    terminal().print(table)


@user.command("reset-second")
def forget_second(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="用户编号")],
) -> None:
    """解除用户的登录验证器（手机、通行密钥和恢复码都丢失时）；该用户已登录的会话随即退出。"""
    found = office(ctx)
    keeper = Keeper(found, system_actor(found.settings.desk), moment_of_act(found))
    try:
        reset_second(keeper, user_id)
    except (LookupError, NotKept) as problem:
        raise fail(str(problem)) from problem
    typer.echo(f"已解除：{user_id}")


@user.command("password")
def password(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="用户编号")],
) -> None:
    """设定用户的登录密码；该用户已登录的会话随即退出。"""
    found = office(ctx)
    keeper = Keeper(found, system_actor(found.settings.desk), moment_of_act(found))
    secret = typer.prompt("新密码", hide_input=True, confirmation_prompt="再输一次")
    try:
        made = hash_password(secret, user_id, password_rules(found.settings))
        with transaction(found.engine) as session:
            row = Password(user_id=user_id, hash=made, set_at=moment_of_act(found))
            set_password(session, row)
            record_password(session, keeper, row)
    except (LookupError, WeakPassword) as problem:
        raise fail(str(problem)) from problem
    typer.echo(f"已设定：{user_id}")
