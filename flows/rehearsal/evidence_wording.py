"""The evidence of the rehearsal's narratives: as pieces, as what proves what, as materials."""

import re
from collections.abc import Mapping

from flows.rehearsal.scene import Scene


def evidence(scene: Scene) -> str:
    """The evidence, one piece a line."""
    return "\n".join(scene.told.evidence or ("现场检查笔录", "现场照片", "询问笔录"))


_PROVES = (
    (("笔录",), "违法事实的经过"),
    (("照片", "录像", "视频", "检查记录", "监测记录", "清点", "评估"), "现场状况"),
    (("证件", "资质", "执业药师", "档案"), "人员、设备是否符合规定"),
    (("检验", "鉴定", "检测", "辨认", "检定", "样品"), "涉案物品的性质"),
    (("许可", "执照", "备案"), "主体和许可情况"),
    (
        (
            "票",
            "单",
            "流水",
            "合同",
            "协议",
            "台账",
            "销售",
            "收款",
            "收费",
            "收入",
            "数据",
            "结算",
        ),
        "交易情况",
    ),
)
"""By words in the name of a piece of evidence, what it proves."""


def proving(scene: Scene) -> str:
    """The evidence with what each piece proves, as an investigation reports it."""
    pieces = (
        (one, next((told for words, told in _PROVES if any(w in one for w in words)), "违法事实"))
        for one in evidence(scene).splitlines()
    )
    return "\n".join(f"{name}：证明{told}" for name, told in pieces)


_SEVERAL = re.compile(r"^(?P<name>.+?)(?P<count>\d+)(?P<unit>份|张|盘|台|件)$")
_THINGS = re.compile("样品|实物|录像|光盘|录音|电脑|视频")
"""What lies beside the file and has no pages."""


def materials(scene: Scene, extra: tuple[str, ...] = ()) -> list[Mapping[str, str]]:
    """The materials that go along: every piece of evidence, what was issued here first.

    Pages of what was issued here are not typed: the product counts them from its files.
    """
    parts = ("涉嫌犯罪案件情况的调查报告", "涉案物品清单")
    pieces = dict.fromkeys((*(evidence(scene).splitlines()), *extra))
    return [*({"名称": one, "份数": "1"} for one in parts), *map(_material, pieces)]


def _material(piece: str) -> Mapping[str, str]:
    """A piece of evidence with its copies and pages: 询问笔录5份 is five of three pages each."""
    several = _SEVERAL.match(piece)
    count = int(several["count"]) if several else 1
    name = several["name"] if several and several["unit"] == "份" else piece
    if _THINGS.search(piece):
        return {"名称": piece, "份数": "1", "页数": "/"}
    each = 1 if several and several["unit"] == "张" else 2 + len(name) % 3
    copies = str(count) if several and several["unit"] == "份" else "1"
    return {"名称": name, "份数": copies, "页数": str(each * count)}
