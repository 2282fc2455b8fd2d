"""Migrations run by Alembic; imported only where there is something to migrate."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from domain.shapes.data_folders import room_folder
from flows.site.store import WRITES

MIGRATIONS = room_folder("flows", "site/migrations")


def alembic_config() -> Config:
    """Alembic's settings, which need no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine) -> None:
    """Runs every migration that has not been run yet; all of them or none."""
    config = alembic_config()
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
