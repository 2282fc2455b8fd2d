"""`yisong token`: tokens with which other systems call the interface."""

from datetime import timedelta
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import in_china, terminal
from cli.terminal.context import acting_user, fail, moment, moment_of_act, office
from cli.terminal.refusal import chinese_errors
from flows.imports.incoming_file import Unusable, channel_of
from flows.site.office import Office
from flows.site.store import reading
from flows.systems.access_tokens import (
    SCOPES,
    TokenWish,
    issue_token,
    list_tokens,
    revoke_token,
    token_state,
)

token = typer.Typer(help="接口令牌：签发、列出、停用。", no_args_is_help=True)
Administrator = Annotated[str, typer.Option("--as", metavar="USER", help="办理的管理员")]


@token.command("issue")
def issue(
    ctx: typer.Context,
    *,
    label: Annotated[str, typer.Option(help="对接系统的名称，如 12345热线平台")],
    as_user: Annotated[
        str, typer.Option("--as-user", metavar="USER", help="记在谁的名下：权限和可见范围与其相同")
    ],
    scopes: Annotated[
        str, typer.Option(metavar="A,B", help="用途，逗号分隔：orders、clues、documents、actions")
    ],
    administrator: Administrator,
    channel: Annotated[
        str, typer.Option(help="线索来源，推送工单的须指明，如 hotline 或 12345")
    ] = "",
    days: Annotated[int, typer.Option(min=1, max=731, help="有效天数")] = 365,
) -> None:
    """签发令牌；令牌只显示这一次。"""
    found = office(ctx)
    now = moment_of_act(found)
    wish = TokenWish(
        label=label,
        user=as_user,
        scopes=tuple(one.strip() for one in scopes.split(",") if one.strip()),
        expires_at=now + timedelta(days=days),
        channel=_channel(found, channel),
    )
    actor = acting_user(found, administrator)
    with chinese_errors():
        issued = issue_token(found, wish, actor, now)
    typer.echo(f"第{issued.row.id}号令牌已签发，有效期至{in_china(issued.row.expires_at)}。")
    typer.echo("令牌只显示这一次，请立即妥善保存：", err=True)
    typer.echo(issued.secret)


@token.command("list")
def list_all(ctx: typer.Context) -> None:
    """列出令牌，在用的在前。"""
    found = office(ctx)
    now = moment(found)
    with reading(found.engine) as session:
        rows = list_tokens(session)
    table = Table("编号", "系统", "令牌", "名下", "用途", "来源", "有效期至", "最近使用", "状态")
    for row in rows:
        table.add_row(
            str(row.id),
            row.label,
            f"{row.hint}…",
            row.user_id,
            "、".join(SCOPES[one] for one in row.scopes),
            row.channel or "—",
            in_china(row.expires_at),
            in_china(row.last_used_at) if row.last_used_at else "从未使用",
            token_state(row, now),
        )
    terminal().print(table if rows else "还没有签发接口令牌。")


@token.command("revoke")
def revoke(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="令牌编号，见 token list")],
    administrator: Administrator,
) -> None:
    """停用令牌，立即生效，不能恢复。"""
    found = office(ctx)
    actor = acting_user(found, administrator)
    with chinese_errors():
        row = revoke_token(found, number, actor, moment(found))
    typer.echo(f"第{row.id}号令牌（{row.label}）已停用。")


def _channel(found: Office, word: str) -> str:
    try:
        return channel_of(found, word) if word else ""
    except Unusable as problem:
        raise fail(str(problem)) from problem
