"""The sample facts beside a template, as the JSON that stands in their file."""

import json
from pathlib import Path

from documents.templates.engine import BadTemplate


def shown(path: Path) -> str:
    """A file of a template as people find it: templates/KIND/form.yaml."""
    return "/".join(path.parts[-3:])


def read_json(path: Path) -> dict[str, object]:
    """The facts by name, not yet typed; `BadTemplate` names the file and what is wrong with it."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadTemplate(f"{shown(path)}：缺少文件") from error
    except UnicodeDecodeError as error:
        raise BadTemplate(f"{shown(path)}：不是 UTF-8 编码的文字") from error
    except json.JSONDecodeError as error:
        raise BadTemplate(f"{shown(path)}:{error.lineno}: 不是正确的 JSON") from error
    if not isinstance(raw, dict):
        raise BadTemplate(f"{shown(path)}：应为「事实: 内容」")
    return raw
