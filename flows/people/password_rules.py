"""What a password must be like at a site, how long it serves, and which may not come again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.site.settings import Settings

LONGEST = 200
MOST_EARLIER = 24
"""So many hashes of earlier passwords are kept of a user."""
KINDS = ("大写字母", "小写字母", "数字", "其他符号")


@dataclass(frozen=True)
class PasswordRules:
    """The site's rules (GB/T 22239 身份鉴别 asks for complexity and regular change).

    `shortest`: signs at least. `kinds`: of the four kinds of signs so many at least, unless the
    password is a phrase of `phrase` signs or more. `earlier`: so many earlier passwords are not
    taken again. `days`: so many calendar days a password serves; 0: as long as nobody changes it.
    """

    shortest: int = 10
    kinds: int = 4
    phrase: int = 15
    earlier: int = 5
    days: int = 0

    @property
    def words(self) -> str:
        """The rules as the form tells them."""
        found = f"{self.shortest}至{LONGEST}个字符"
        if self.kinds > 1:
            found += f"，{'、'.join(KINDS)}中至少有{self.kinds}种"
            found += f"（{self.phrase}个字符以上的不限）"
        found += "；不含用户编号"
        if self.earlier:
            found += f"，不用最近{self.earlier}次用过的密码"
        return found + (f"；每{self.days}日更换一次。" if self.days else "。")

    def complaint(self, password: str, user_id: str) -> str:
        """Everything why a password is not good enough, in Chinese; empty where it is."""
        found = []
        if not self.shortest <= len(password) <= LONGEST:
            found.append(f"密码应为{self.shortest}至{LONGEST}个字符，现有{len(password)}个")
        if user_id and user_id.lower() in password.lower():
            found.append("密码不得包含用户编号")
        if len(set(password)) < self.shortest // 2:
            found.append("密码中不同的字符太少，请换一个不易猜到的")
        if len(password) < self.phrase and (lacks := self._lacking(password)):
            found.append(
                f"密码应有{'、'.join(KINDS)}中至少{self.kinds}种，现在没有{'、'.join(lacks)}"
                f"（{self.phrase}个字符以上的不限种类）"
            )
        return "；".join(found)

    def _lacking(self, password: str) -> list[str]:
        has = {_kind(one) for one in password}
        return [] if len(has) >= self.kinds else [one for one in KINDS if one not in has]

    def is_over(self, set_at: datetime, now: datetime) -> bool:
        """Whether a password set at a moment has served its days."""
        return self.days > 0 and now - set_at >= timedelta(days=self.days)


def _kind(sign: str) -> str:
    upper, lower, digit, other = KINDS
    if sign.isdecimal():
        return digit
    return upper if sign.isupper() else lower if sign.islower() else other


def password_rules(settings: Settings) -> PasswordRules:
    """The rules that a site has set."""
    return PasswordRules(
        shortest=settings.password_shortest,
        kinds=settings.password_kinds,
        phrase=max(settings.password_phrase, settings.password_shortest),
        earlier=settings.password_earlier,
        days=settings.password_days,
    )
