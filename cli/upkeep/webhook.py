"""`yisong webhook`: addresses of other systems that are told of steps."""

from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import in_china, terminal
from cli.terminal.context import acting_user, moment, moment_of_act, office
from cli.terminal.refusal import REFUSED, chinese_errors
from domain.tables.interface import Webhook
from flows.site.store import reading
from flows.systems.webhook_sending import send_trial
from flows.systems.webhooks import (
    ALL,
    WebhookWish,
    deliveries,
    end_webhook,
    list_webhooks,
    retry_deliveries,
    subscribe,
)

webhook = typer.Typer(help="对外通知：登记、列出、试发、重发、停用。", no_args_is_help=True)
Number = Annotated[int, typer.Argument(metavar="ID", help="通知地址的编号，见 webhook list")]
Administrator = Annotated[str, typer.Option("--as", metavar="USER", help="办理的管理员")]


@webhook.command("add")
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(help="地址，如 https://example.gov.cn/hooks")],
    *,
    label: Annotated[str, typer.Option(help="对方系统的名称")],
    as_user: Annotated[
        str, typer.Option("--as-user", metavar="USER", help="只告知该用户有权查看的线索和流程")
    ],
    administrator: Administrator,
    events: Annotated[
        str, typer.Option(metavar="A,B", help="事件，如 clue.dispatch,referral.*；默认全部")
    ] = ALL,
) -> None:
    """登记通知地址；签名密钥只显示这一次。"""
    found = office(ctx)
    actor = acting_user(found, administrator)
    names = tuple(one.strip() for one in events.split(",") if one.strip())
    with chinese_errors():
        made = subscribe(
            found, WebhookWish(label, url, as_user, names), actor, moment_of_act(found)
        )
    typer.echo(f"第{made.row.id}号通知地址已登记。")
    typer.echo("签名密钥只显示这一次，请立即妥善保存：", err=True)
    typer.echo(made.secret)


@webhook.command("list")
def list_all(ctx: typer.Context) -> None:
    """列出通知地址，在用的在前。"""
    found = office(ctx)
    with reading(found.engine) as session:
        rows = list_webhooks(session)
    table = Table("编号", "系统", "地址", "可见范围", "事件", "状态")
    for row in rows:
        table.add_row(
            str(row.id), row.label, row.url, row.user_id, ",".join(row.events), _state(row)
        )
    terminal().print(table if rows else "还没有登记通知地址。")


@webhook.command("deliveries")
def list_deliveries(ctx: typer.Context, number: Number) -> None:
    """列出最近的发送情况。"""
    found = office(ctx)
    with reading(found.engine) as session:
        lines, _ = deliveries(session, number)
    table = Table("通知", "事件", "线索", "时间", "次数", "状态", "说明")
    for line in lines:
        one = line.delivery
        told = (one.message_id, one.event, one.clue_no, in_china(one.made_at), str(one.tries))
        table.add_row(*told, line.state, one.error)
    terminal().print(table if lines else "还没有发送过通知。")


@webhook.command("test")
def try_out(ctx: typer.Context, number: Number) -> None:
    """立即试发一条，看对方是否接收；没有接收的，退出码为1。"""
    here = office(ctx)
    with chinese_errors():
        found = send_trial(here, number, moment(here))
    if found.delivered_at is None:
        typer.echo(found.error, err=True)
        raise typer.Exit(REFUSED)
    typer.echo(f"对方已接收（HTTP {found.status}）。")


@webhook.command("retry")
def retry(ctx: typer.Context, number: Number, administrator: Administrator) -> None:
    """把搁置的通知重新排队。"""
    found = office(ctx)
    with chinese_errors():
        count = retry_deliveries(found, number, acting_user(found, administrator), moment(found))
    typer.echo(f"已重新排队{count}条。")


@webhook.command("end")
def end(ctx: typer.Context, number: Number, administrator: Administrator) -> None:
    """停用通知地址，不能恢复。"""
    found = office(ctx)
    with chinese_errors():
        row = end_webhook(found, number, acting_user(found, administrator), moment(found))
    typer.echo(f"第{row.id}号通知地址（{row.label}）已停用。")


def _state(row: Webhook) -> str:
    if row.ended_at is not None:
        return "已停用"
    return f"连续{row.failures}次未接收" if row.failures else "正常"
