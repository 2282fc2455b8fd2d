"""The people who act, and where they sit."""

from sqlalchemy import JSON
from sqlmodel import Field

from domain.tables.row import Row


class User(Row, table=True):
    """An officer: name, department, chairs held, and the enforcement certificate number.

    `stand_role` is the chair he is entrusted with from `stand_from` to `stand_until` (ISO days),
    on the paper `stand_ground`; all four are empty where he stands in for nobody.
    """

    __tablename__ = "user"

    id: str = Field(primary_key=True)
    name: str
    department_id: str = Field(index=True)
    roles: list[str] = Field(default=[], sa_type=JSON)
    certificate_no: str = ""
    phone: str = ""
    email: str = ""
    active: bool = True
    stand_role: str = Field(default="", sa_column_kwargs={"server_default": ""})
    stand_from: str = Field(default="", sa_column_kwargs={"server_default": ""})
    stand_until: str = Field(default="", sa_column_kwargs={"server_default": ""})
    stand_ground: str = Field(default="", sa_column_kwargs={"server_default": ""})
