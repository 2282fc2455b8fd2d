"""Who looks into the file of a penalty case: its party, and whoever shows an interest or an office.

程序规定第七十八条第三款 leaves it to the rules on archives; 行政复议法第四十七条 has the reviewing
body show what the organ handed in. Neither names a limit of days, so none runs.
"""

from domain.guards.registry import guard
from domain.situation.situation import Situation

FILES = ("case", "spot_penalty")
ENTITLED = {"agent": "代理人", "third": "利害关系人", "organ": "机关"}


@guard
def there_is_a_file(s: Situation) -> str | None:
    """There is a case, or a penalty on the spot, whose file can be looked into."""
    if any(s.of_kind(kind) for kind in FILES):
        return None
    return "本线索没有立案，也没有当场处罚，没有可以查阅的案卷；反映人了解办理结果的，以答复告知"


@guard
def right_to_look_is_told(s: Situation) -> str | None:
    """An agent, a third person and another organ show what lets them look."""
    who = ENTITLED.get(s.text("access_by"))
    if who is None or s.text("access_title"):
        return None
    return (
        f"查阅人为{who}的，请在「查阅的权限」写明授权委托书、利害关系或者调阅函的名称、文号；"
        "没有这些依据的不是有权查阅的人"
    )
