"""The forms of yearly reports, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping

ASSESSMENTS: Mapping[str, Mapping[str, dict[str, object]]] = {
    "assessment": {
        "draw_up": {"title": "2026年度跨部门综合监管评估报告", "year": 2026},
        "record_figures": {"row_count": 0},
        "issue": {
            "opinion": "联合检查减少上门次数。",
            "demands": "没有参加联合检查的，写明理由。",
            "copies_to": "示例市人民政府；各成员单位",
        },
        "drop": {"reason": "年度尚未结束"},
    },
}
