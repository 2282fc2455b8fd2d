"""What a row changes of a subject, in words: what stood there, and what stands there after it."""

from collections.abc import Iterator

from domain.rosters.listed_subject import ListedSubject
from domain.shapes.rosters import RosterWords


def told_changes(before: ListedSubject, after: ListedSubject, words: RosterWords) -> Iterator[str]:
    """Everything that differs; of a credit class only that there is a newer one.

    A class is shown to nobody but supervisors and auditors (decision 31).
    """
    status = words.statuses
    if before.status != after.status:
        yield f"状态：{status[before.status].label}改为{status[after.status].label}"
    for label, old, new in (
        ("统一社会信用代码", before.credit_code, after.credit_code),
        ("地址", before.address, after.address),
        ("联络人", before.contact, after.contact),
        ("联系方式", before.phone, after.phone),
    ):
        if old != new:
            yield f"{label}：{f'{old}改为{new}' if old else f'补充{new}'}"
    added = sorted(words.tags[key].label for key in after.tags - before.tags)
    if added:
        yield f"标签：增加{'、'.join(added)}"
    if (before.grade, before.grade_day) != (after.grade, after.grade_day):
        yield "登记新的信用风险等级"
    more = [name for name in after.names if name not in before.names]
    if more:
        yield f"另记名称：{'、'.join(more)}"
