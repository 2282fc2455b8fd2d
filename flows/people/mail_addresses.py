"""E-mail addresses as mail servers take them."""

import re

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})){0,8}"
)
WANTED = "邮箱应写作 name@example.cn，只用英文字母、数字和符号"


def is_mail_address(text: str) -> bool:
    """Whether mail can be addressed to it: one mailbox, plain, in ASCII."""
    local = text.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in local
    return _ADDRESS.fullmatch(text) is not None and not dotted
