"""Fields that name a subject of the roster: the first that fit, and where the others are found."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from domain.tables.roster import Subject
from web.forms.choices import Choice

SUBJECT_FIELDS = {
    ("visit", "object"),
    ("risk_warning", "visit_object"),
    ("breach_record", "code"),
}
"""Fields that name a subject of the roster, by the process that they are of."""
PATH = "/rosters/named"
"""Where a field asks for the subjects that fit what is typed."""
MOST = 100
"""How many are suggested at once; who needs another types more of its name."""


@dataclass(frozen=True)
class Named:
    """Subjects that fit some words, by name, and how many fit at all."""

    shown: tuple[Choice, ...]
    total: int


def subjects_named(session: Session, area: str, day: date, words: str = "") -> Named:
    """An area's subjects on a day whose name has the words, or whose code begins so."""
    fitting = [
        col(Subject.area) == area,
        col(Subject.listed_on) <= day,
        or_(col(Subject.ceased_on).is_(None), col(Subject.ceased_on) > day),
    ]
    for word in words.split():
        named = col(Subject.name).contains(word, autoescape=True)
        fitting.append(or_(named, col(Subject.key).startswith(word.upper(), autoescape=True)))
    query = select(Subject.key, Subject.name).where(*fitting)
    found = session.exec(query.order_by(col(Subject.name), col(Subject.id)).limit(MOST))
    shown = tuple(Choice(key, name) for key, name in found)
    total = session.exec(select(func.count()).select_from(Subject).where(*fitting)).one()
    return Named(shown, total)


@dataclass(frozen=True)
class Search:
    """Where a field asks for what fits, and what is told of the first suggestions."""

    path: str
    told: str


def search_beside(session: Session, area: str, day: date) -> Search:
    """How a field that names a subject is looked up; how many there are beyond those suggested."""
    found = subjects_named(session, area, day)
    told = f"本地区名录共{found.total}个对象"
    if found.total > len(found.shown):
        told += (
            f"，这里先列出按名称排列的前{len(found.shown)}个；输入名称的一部分或者代码的开头，"
            "在全部名录中查找（浏览器停用脚本的，请到“监管名录”查得代码后填写）"
        )
    return Search(PATH, told + "。")
