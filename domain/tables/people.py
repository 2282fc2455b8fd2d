"""The people who act, and where they sit."""

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    """An officer: name, department, chairs held, and the enforcement certificate number."""

    __tablename__ = "user"

    id: str = Field(primary_key=True)
    name: str
    department_id: str = Field(index=True)
    roles: list[str] = Field(default=[], sa_type=JSON)
    certificate_no: str = ""
    phone: str = ""
    email: str = ""
    active: bool = True
