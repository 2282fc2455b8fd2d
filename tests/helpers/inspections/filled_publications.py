"""The forms of publications, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping

ITEM = {
    "监管领域": "餐饮业",
    "牵头部门": "示例市市场监督管理局",
    "配合部门": "示例市卫生健康委员会",
    "监管事项": "餐饮服务",
    "设定依据": "《中华人民共和国食品安全法》第一百零九条",
    "监管对象": "餐饮服务经营者",
    "事项类别": "重点事项",
    "检查方式": "现场检查",
    "监管层级": "市、县",
}
PLAN = {
    "计划名称": "餐饮服务联合抽查",
    "牵头部门": "示例市市场监督管理局",
    "配合部门": "示例市卫生健康委员会",
    "监管事项": "餐饮服务",
    "监管对象": "餐饮服务经营者",
    "检查数量": "不低于3%，全年一次",
    "起止时间": "2026年5月至10月",
}
LIST: dict[str, object] = {
    "kind": "matter_list",
    "title": "示例市跨部门综合监管事项清单",
    "co_departments": ["shili-health"],
    "items": [ITEM],
}
YEARLY: dict[str, object] = {
    "kind": "annual_plan",
    "title": "2026年度抽查检查计划",
    "year": 2026,
    "plan": [PLAN],
    "items": None,
}
PUBLICATIONS: Mapping[str, Mapping[str, dict[str, object]]] = {
    "publication": {
        "call": {"title": "2027年度抽查检查计划", "year": 2027},
        "take_up": {"title": "2027年度抽查检查计划", "plan": [PLAN]},
        "draft": LIST,
        "record_version": {"version": 1},
        "revise": {key: one for key, one in LIST.items() if key != "kind"},
        "adapt": {"title": LIST["title"], "items": [ITEM]},
        "refer": {"question": "duties", "arbiters": ["shili-staffing"]},
        "send_back": {"reason": "监管层级写法不一致"},
        "file": {"filed_with": "双随机、一公开监管工作联席会议"},
        "supersede": {"superseded_by": "GB2026000002"},
        "withdraw": {"reason": "职责调整"},
        "drop": {"reason": "合并到另一份"},
    },
    "publication_opinion": {"object": {"reason": "餐饮具消毒由本部门负责"}},
    "publication_ruling": {"rule": {"ruling": "餐饮具集中消毒由卫生健康部门负责"}},
}
