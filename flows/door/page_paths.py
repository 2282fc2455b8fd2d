"""Where the page of a clue or undertaking is, for messages, mails and other systems."""

from domain.shapes.lifecycles import Lifecycle
from flows.door.locked_dossier import Root, kind_of


def page_path(kind: str, number: str) -> str:
    """The page of what bears this number: `kind` is the lifecycle of its main line."""
    return f"/{'clues' if kind == 'clue' else 'undertakings'}/{number}"


def path_of(root: Root) -> str:
    """The page of a clue or undertaking."""
    return page_path(kind_of(root), root.no)


def form_path(root: Root, lifecycle: Lifecycle, action: str, process_id: int) -> str:
    """The form of an action on a process of a clue or undertaking; 0: the process is to begin."""
    one = f"/{process_id}" if process_id and not lifecycle.is_root else ""
    return f"{path_of(root)}/do/{lifecycle.process}/{action}{one}"
