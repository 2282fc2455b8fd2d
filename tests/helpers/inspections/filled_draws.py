"""The forms of draws, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping

Form = dict[str, object]
SHA = "3f0d6a0f7f0fb1c8a5cf0d3a0b6f8d5e2a9c7b1d4e6f8091a2b3c4d5e6f70819"
ROW = {
    "对象": "91370000000000001P",
    "名称": "示例市1号餐饮有限公司",
    "事项": "餐饮服务",
    "签号": "00a1b2c3d4e5f607",
    "人员": "示市监：甲0（M0）、甲1（M1）",
    "情况": "",
}
DRAWS: Mapping[str, Mapping[str, Form]] = {
    "draw": {
        "prepare": {
            "title": "2026年度餐饮服务跨部门联合抽查第一批",
            "matters": ["catering", "public_place_hygiene"],
            "participants": ["shili-health"],
            "shares": [{"类别": "A", "比例": "10%"}, {"类别": "未分级", "比例": "20％"}],
            "witnesses": ["shili-justice", "shili-staffing"],
        },
        "drop": {"reason": "名录需要补充"},
        "freeze": {"public_number": "封存后当日现场掷骰子"},
        "seal": {
            **{"frame_sha": SHA, "commitment": SHA, "objects": 10, "places": 14, "quota": 3},
            **{"officers": 6, "times": 1},
        },
        "reveal": {
            "seed": SHA,
            "secret": SHA,
            "numbers": [
                {"单位": "示例市司法局", "见证人": "沈司法", "见证数": "4152", "来源": "掷骰子"}
            ],
            "drawn": [ROW],
        },
        "replace_object": {
            "object": ROW["对象"],
            "ground": "cancelled",
            "evidence": "登记机关查询：已于5月9日注销",
        },
        "replace_officer": {
            "object": ROW["对象"],
            "certificate": "M0",
            "ground": "avoids",
            "evidence": "与该单位负责人是亲属",
        },
        "record_change": {"changed": [ROW], "told": "没有可以替补的对象"},
        "void": {"reason": "名单遗漏一个街道的对象"},
    },
    "draw_part": {"decline": {"reason": "本季度已检查过同一批对象"}},
    "draw_witness": {
        "give": {"witness": "沈司法", "number": "4152", "source": "现场掷骰子四次"},
    },
}
