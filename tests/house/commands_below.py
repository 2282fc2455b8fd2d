"""The commands of a group, which are loaded when they are asked for."""

from typer._click import Command, Context
from typer.core import TyperGroup


def commands_below(command: Command) -> dict[str, Command]:
    """Those that a group has, by name; none of a command that is no group."""
    if not isinstance(command, TyperGroup):
        return {}
    context = Context(command)
    found = {name: command.get_command(context, name) for name in command.list_commands(context)}
    return {name: one for name, one in found.items() if one is not None}
