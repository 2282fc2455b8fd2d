"""Requests to addresses that others named: only to hosts that may be reached, never inwards.

The name is looked up once, judged, and that very address is connected to.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, urlsplit

import httpx

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 15.0
LONGEST_URL = 500
OPEN = ipaddress.ip_network("2000::/3")
"""All that is given out of IPv6 for the open internet; other ranges lead inwards or nowhere."""
SPECIAL = tuple(map(ipaddress.ip_network, ("192.88.99.0/24", "2001:db8::/32", "3fff::/20")))
"""Reserved by IANA, and open as far as the standard library knows."""
PORTS = {"http": 80, "https": 443}


class AddressRefused(ValueError):
    """An address that must not be written to; says why, and what would do."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: the address as written, and the machine behind its name."""

    url: str
    host: str
    ip: str

    @property
    def connect_to(self) -> httpx.URL:
        """The same address with the machine in place of its name."""
        return httpx.URL(self.url).copy_with(host=self.ip)


def allowed_hosts(setting: str) -> frozenset[str]:
    """The hosts (or host:port) that may be written to although they are within the house."""
    return frozenset(one.strip().casefold() for one in setting.split(",") if one.strip())


def check_address(url: str, allowed: frozenset[str]) -> Target:
    """Where the address leads; `allowed` hosts may be inside the network and without TLS.

    Raises AddressRefused in Chinese, with what would do.
    """
    # Else an address could make this server write to machines that only it reaches (server-side
    # request forgery). The machine found here is the one connected to: a name that leads elsewhere
    # when it is looked up again gains nothing.
    parts = _parts(url)
    host, port = (parts.hostname or "").casefold(), parts.port or PORTS[parts.scheme]
    trusted = bool({host, f"{host}:{port}"} & allowed)
    if parts.scheme != "https" and not trusted:
        raise AddressRefused(
            f"地址应以 https:// 开头；内网地址须由运维人员列入 YISONG_WEBHOOK_HOSTS"
            f"（{host}:{port}）"
        )
    found = _looked_up(host, port)
    inside = [one for one in found if not _is_outside(one)]
    if inside and not trusted:
        raise AddressRefused(
            f"「{host}」指向内部网络（{inside[0]}），不予发送；"
            f"确需发送的，须由运维人员列入 YISONG_WEBHOOK_HOSTS（{host}:{port}）"
        )
    return Target(url, host, found[0])


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what judges it
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as problem:
        raise AddressRefused("地址不正确，应如 https://example.gov.cn/hooks") from problem
    if parts.scheme not in PORTS or not parts.hostname or len(url) > LONGEST_URL:
        raise AddressRefused("地址不正确，应如 https://example.gov.cn/hooks")
    if parts.username or parts.password or parts.fragment:
        raise AddressRefused("地址中不能有用户名、密码和“#”之后的部分")
    return parts


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise AddressRefused(f"找不到「{host}」这台主机") from problem
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _is_outside(text: str) -> bool:
    """Whether an address is one of the open internet, whichever way it is written."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _is_outside(str(inner))
        if address.teredo or address not in OPEN:
            return False
    reserved = any(address in one for one in SPECIAL if one.version == address.version)
    return address.is_global and not address.is_multicast and not reserved


@dataclass(frozen=True)
class Answered:
    """How a request went: its status, or why there is none."""

    status: int | None
    error: str = ""

    @property
    def taken(self) -> bool:
        """Whether the other side said that it took it."""
        return self.status is not None and 200 <= self.status < 300


def post(target: Target, content: bytes, headers: Mapping[str, str]) -> Answered:
    """Sends once, follows no redirect, reads no answer beyond its status; never longer than set.

    Nothing is raised for what the other side or the network does: the answer says it in Chinese.
    """
    try:
        status = asyncio.run(asyncio.wait_for(_post(target, content, headers), WHOLE_SECONDS))
    except (TimeoutError, httpx.TimeoutException):
        return Answered(None, "对方没有在规定时间内应答")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as problem:
        distrusted = "certificate" in str(problem).casefold()
        return Answered(None, "对方的证书不受信任" if distrusted else "连接不上对方")
    if not 200 <= status < 300:
        return Answered(status, f"对方没有接收：HTTP {status}")
    return Answered(status)


async def _post(target: Target, content: bytes, headers: Mapping[str, str]) -> int:
    limits = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    url = httpx.URL(target.url)
    async with (
        httpx.AsyncClient(
            timeout=limits, verify=_trusted(), trust_env=False, follow_redirects=False
        ) as client,
        client.stream(
            "POST",
            target.connect_to,
            content=content,
            headers={**headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": target.host},
        ) as answer,
    ):
        return answer.status_code


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, those of the house included."""
    return ssl.create_default_context()
