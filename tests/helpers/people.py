"""Who sits where in the test office: one chair each, called by what it does."""

from functools import cache

from domain.situation.situation import SYSTEM, Actor
from domain.tables.people import User

CHAIRS: dict[str, tuple[str, str, str]] = {
    "desk": ("热小线", "shili-hotline", "intake_clerk"),
    "handler": ("张经办", "shili-market", "handler"),
    "colleague": ("李协办", "shili-market", "handler"),
    "head": ("王科长", "shili-market", "department_head"),
    "principal": ("赵局长", "shili-market", "principal"),
    "legal": ("钱法制", "shili-market", "legal_reviewer"),
    "health": ("郑卫健", "shili-health", "handler"),
    "health_second": ("冯卫健", "shili-health", "handler"),
    "health_head": ("陈主任", "shili-health", "department_head"),
    "health_legal": ("褚法规", "shili-health", "legal_reviewer"),
    "urban": ("卫城管", "shili-urban", "handler"),
    "urban_head": ("蒋队长", "shili-urban", "department_head"),
    "police": ("孙警官", "shili-police", "police_liaison"),
    "procuratorate": ("周检察", "shili-procuratorate", "procuratorate_liaison"),
    "supervisor": ("吴督办", "shili-justice", "supervisor"),
    "arbiter": ("沈司法", "shili-justice", "arbiter"),
    "staffing": ("韩编办", "shili-staffing", "arbiter"),
    "government": ("杨政府", "shili-government", "arbiter"),
    "county": ("朱县监", "shixian-market", "handler"),
    "county_head": ("秦县长", "shixian-market", "department_head"),
    "county_police": ("尤县警", "shixian-police", "police_liaison"),
    "province_market": ("许省监", "shandong-market", "arbiter"),
    "auditor": ("何审计", "shili-justice", "auditor"),
    "administrator": ("吕管理", "shili-justice", "administrator"),
    "security": ("施安全", "shili-justice", "security_administrator"),
    "section": ("魏科长", "shili-market", "section_head"),
    "ecology": ("曹环保", "shili-ecology", "handler"),
    "ecology_second": ("严环保", "shili-ecology", "handler"),
    "ecology_head": ("华处长", "shili-ecology", "department_head"),
    "ecology_principal": ("金局长", "shili-ecology", "principal"),
    "human": ("华人社", "shili-human", "handler"),
    "human_second": ("金人社", "shili-human", "handler"),
    "human_head": ("严人社", "shili-human", "department_head"),
    "health_principal": ("施主任", "shili-health", "principal"),
}


def users() -> list[User]:
    """Everybody as a row; who may handle cases has an enforcement certificate."""
    return [
        User(
            id=chair,
            name=name,
            department_id=department,
            roles=[role],
            certificate_no=f"SL{number:06d}" if role in {"handler", "department_head"} else "",
            phone=f"0000-{number:07d}",
        )
        for number, (chair, (name, department, role)) in enumerate(CHAIRS.items(), start=1)
    ]


@cache
def actor(chair: str) -> Actor:
    """The person in a chair, or the program itself."""
    if chair == SYSTEM:
        return Actor(SYSTEM, "系统", frozenset({SYSTEM}), "shili-hotline")
    name, department, role = CHAIRS[chair]
    return Actor(chair, name, frozenset({role}), department, "0000-7654321")
