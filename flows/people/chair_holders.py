"""Holders of chairs: the department and chair a reminder goes to, or its desk if it has none."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from domain.shapes.entries import Department
from domain.situation.recipients import Recipient
from domain.tables.people import User

OUTSIDE = {"police", "procuratorate"}
"""Organs whose limits we watch: our own people are reminded of what the other side owes."""


class ChairHolders:
    """The chairs of the departments looked at so far; one look per department and sweep."""

    def __init__(self, departments: Mapping[str, Department]) -> None:
        self._departments = departments
        self._known: dict[str, frozenset[str]] = {}

    def find(self, session: Session, role: str, owner: str, holder: str) -> Recipient | None:
        """The chair of a role: the owner's, the holder's own where an outside organ owes.

        A supervisor is the one of the owner's area; a role that nobody holds goes to the desk.
        """
        department = self._department(role, owner, holder)
        if department is None:
            return None
        taken = role in self._roles(session, department)
        return Recipient(department, role if taken else None)

    def _department(self, role: str, owner: str, holder: str) -> str | None:
        outside = self._departments[owner].kind in OUTSIDE
        if role != "supervisor":
            return holder if outside else owner
        area = self._departments[holder if outside else owner].area
        return next(
            (
                key
                for key, one in self._departments.items()
                if (one.kind, one.area) == ("justice", area) and not one.closed
            ),
            None,
        )

    def _roles(self, session: Session, department: str) -> frozenset[str]:
        if department not in self._known:
            query = select(User.roles).where(
                col(User.department_id) == department, col(User.active)
            )
            rows = session.exec(query)
            self._known[department] = frozenset(role for roles in rows for role in roles)
        return self._known[department]
