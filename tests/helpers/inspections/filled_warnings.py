"""The forms of risk warnings, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping

from tests.helpers.inspections.filled_publications import PLAN
from tests.helpers.inspections.filled_visits import FIRM

WARNINGS: Mapping[str, Mapping[str, dict[str, object]]] = {
    "risk_warning": {
        "raise": {
            "title": "同一当事人被多人反映：鑫源食品",
            "indicator": "repeat_subject",
            "cell": "鑫源食品",
            "about": "鑫源食品",
            "arithmetic": "近30日3件，3名不同的人反映（达到3名即预警）",
            "observed": 3,
            "reports": [{"编号": "XS2026000001", "收到": "2026-05-11"}],
        },
        "assess": {"assessment": "线索集中反映过期原料，与季节无关。"},
        "dismiss": {"ground": "season", "reason": "开学前后每年如此"},
        "push": {
            "addressees": ["shili-health"],
            "demands": "请核查供餐合同和留样。",
        },
        "convene": {"attendees": "市场监管、卫生健康", "conclusion": "联合核查"},
        "to_clue": {"clue_title": "使用过期原料", "clue_content": "三名群众反映使用过期原料"},
        "to_visit": {
            **{"visit_object": FIRM, "visit_matters": ["catering"], "visit_officers": "M0、M1"},
            "visit_reason": "需要查看后厨",
        },
        "to_special": {
            "plan_title": "学校周边餐饮服务专项检查计划",
            "plan_rows": [PLAN],
            "plan_departments": ["shili-health"],
        },
        "record_led_to": {"led_to_no": "JC2026000001"},
        "close": {"result": "problem", "report": "查实一起，已立案"},
    },
    "risk_response": {"answer": {"finding": "problem", "answer": "留样不全，已责令改正"}},
}
