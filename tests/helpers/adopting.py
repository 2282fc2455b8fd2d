"""What an office elsewhere adds to the rulebook: a region, organs, a matter, a mapping."""

from pathlib import Path

REGION = """label: 湖北省
reply_clock:
return_clock:
plan_due: 每年2月底前
basis: [cf-25]
note: 试用地区，时限由本级约定。
"""
ORGANS = (
    ("hotline", "12345热线中心", "hotline", "武热"),
    ("market", "市场监督管理局", "enforcement", "武市监"),
    ("police", "公安局", "police", "武公"),
    ("government", "人民政府办公室", "government", "武政"),
)
ORGAN = """
wuqu-{key}:
  name: 武曲市{name}
  short: {short}
  area: wuqu
  level: city
  function: {key}
  kind: {kind}
  aliases: [武曲{name}]
  address: 武曲市长江路8号
  phone: 027-8888100{number}
  email: {key}@wuqu.gov.example.invalid
"""
MATTER = """
lake_boats:
  field: 水上交通
  name: 湖区游船监督检查
  cause: 游船无证载客
  lead: market
  cooperating: [police]
  basis: [《中华人民共和国内河交通安全管理条例》]
  objects: 湖区游船经营者
  category: 一般事项
  method: 部门联合双随机抽查
  level: [市级]
  keywords: [湖区游船无证载客]
  no_offence: {by: 武曲市法制科, stated_on: 2026-11-02, reason: 无证载客由行政处罚处理}
"""
MAPPING = """label: 武曲热线导出表
channel: hotline
channel_label: 武曲市12345热线
columns:
  outside_no: [武曲单号]
  received_at: [武曲来电时刻]
  content: [武曲诉求]
  area: [武曲片区]
values:
  area:
    武曲: wuqu
constants:
  area: wuqu
required: [outside_no, received_at, content]
not_before: 2000-01-01
longest: {outside_no: 64, content: 20000}
"""


def adopt(config: Path) -> None:
    """Adds all of it to a copy of config/."""
    (config / "regions" / "hubei.yaml").write_text(REGION, encoding="utf-8")
    (config / "mappings" / "wuqu.yaml").write_text(MAPPING, encoding="utf-8")
    organs = "".join(
        ORGAN.format(key=key, name=name, kind=kind, short=short, number=number)
        for number, (key, name, kind, short) in enumerate(ORGANS)
    )
    for file, text in (("departments.yaml", organs), ("matters.yaml", MATTER)):
        with (config / file).open("a", encoding="utf-8") as stream:
            stream.write(text)
