"""The forms of 失信信息, joint measures and repairs, filled in as on an ordinary day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tests.helpers.rosters import code_of

Form = dict[str, object]
BREACHES: Mapping[str, Mapping[str, Form]] = {
    "breach_record": {
        "record": {
            "title": "示例市1号餐饮有限公司（使用非食品原料）",
            "party": "示例市1号餐饮有限公司",
            "code": code_of(1),
            "level": "serious",
            "paper": "行政处罚决定书（示市监处罚〔2026〕5号）",
            "ground": "《中华人民共和国食品安全法》第一百二十三条",
        },
        "drop": {"reason": "认定文书尚未生效"},
        "trigger": {
            "measure_item": "限制申请财政资金项目",
            "measure_basis": "《山东省社会信用条例》第二十七条",
            "departments": ["shili-health", "shili-urban"],
            "explanation": "使用非食品原料生产食品，情节严重。",
        },
        "note_ground_fallen": {"fallen_by": "行政复议决定书（示府复〔2026〕3号）"},
        "withdraw": {"told_where": "信用中国（山东）"},
    },
    "joint_measure": {
        "apply": {"measure": "不受理其专项资金申请", "article": "本级专项资金管理办法第九条"},
        "decline": {"reason": "本部门没有法定职权"},
        "lift": {"lifted_how": "恢复受理申请"},
    },
    "credit_objection": {
        "file": {"objector": "示例市1号餐饮有限公司", "objection": "情节一般，登记为严重。"},
        "ask_help": {"helper": "示例市税务局", "helped_with": "核对纳税情况"},
        "uphold": {"opinion": "认定文书所列当事人不是该公司。"},
        "correct": {"level": "general", "opinion": "处罚决定认定情节一般。"},
        "reject": {"opinion": "与认定文书一致。"},
    },
    "credit_repair": {
        "apply": {
            "applicant": "示例市1号餐饮有限公司",
            "fulfilled": "罚款已缴清，违法行为已改正。",
            "promise": "given",
        },
        "grant": {"opinion": "公示已满最短公示期限，法定责任义务已履行。"},
        "refuse": {"opinion": "罚款尚未缴清，缴清后可以再申请。"},
    },
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days of these forms, filled in at a moment in China."""
    day, later = now.date().isoformat(), (now.date() + timedelta(days=14)).isoformat()
    two_years = now.date().replace(year=now.year + 2).isoformat()
    half_a_year = (now.date() + timedelta(days=183)).isoformat()
    found: Mapping[tuple[str, str], Form] = {
        ("breach_record", "record"): {
            **{"found_on": day, "publicity_from": day, "publicity_until": two_years}
        },
        ("breach_record", "trigger"): {"respond_by": later},
        ("breach_record", "note_ground_fallen"): {"fallen_on": day},
        ("credit_objection", "file"): {"objected_on": day},
        ("credit_objection", "correct"): {
            **{"publicity_from": day, "publicity_until": half_a_year}
        },
        ("joint_measure", "apply"): {"applied_on": day},
        ("joint_measure", "lift"): {"lifted_on": day},
        ("credit_repair", "apply"): {"applied_on": day, "decide_by": later},
    }
    return found.get((process, action), {})
