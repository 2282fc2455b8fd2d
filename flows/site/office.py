"""The office: one site put together of database, rulebook, shelf and keys."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from documents.output.shelf import Shelf
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.entries import Region
from flows.site.key_check import keys_of
from flows.site.keys import Keys, WrongKeys
from flows.site.settings import Settings
from flows.site.store import BadAddress, open_store

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnknownSetting(Exception):
    """A setting that cannot act, named together with what would be right."""


@dataclass(frozen=True)
class Office:
    """Everything a step needs besides the order itself; whoever opened it disposes of the engine.

    `rules` are those of `config/`; `site_rules.in_force` gives the office with what its
    administrators changed.
    """

    settings: Settings
    engine: Engine
    rules: Rulebook
    region: Region
    shelf: Shelf
    keys: Keys


def open_office(settings: Settings | None = None) -> Office:
    """The office that the settings (the environment's, for None) describe.

    Tables are not made here (`schema.upgrade`). Raises UnknownSetting, in Chinese and naming the
    setting, for one that cannot act, and RulebookError where `config/` does not hold together.
    """
    settings = settings or Settings()
    rules = load_rulebook()
    if settings.region not in rules.regions:
        known = "、".join(sorted(rules.regions))
        raise UnknownSetting(f"YISONG_REGION：没有地区参数包「{settings.region}」，可用：{known}")
    if settings.desk not in rules.departments:
        raise UnknownSetting(f"YISONG_DESK：没有「{settings.desk}」这个部门")
    _keep_private(settings.home)
    engine = _store(settings.database)
    try:
        keys = keys_of(engine, settings.keys)
    except WrongKeys as problem:
        engine.dispose()
        raise UnknownSetting(str(problem)) from problem
    return Office(
        settings=settings,
        engine=engine,
        rules=rules,
        region=rules.regions[settings.region],
        shelf=Shelf(settings.shelf),
        keys=keys,
    )


def _keep_private(home: Path) -> None:
    """Nobody but its owner looks into the home: keys, papers and reporters lie there."""
    if home.is_dir() and home.stat().st_uid == os.geteuid() and home.stat().st_mode & OTHERS:
        home.chmod(home.stat().st_mode & ~OTHERS)


def _store(address: str) -> Engine:
    try:
        return open_store(address)
    except BadAddress:
        raise UnknownSetting(
            "数据库地址（--db 或者 YISONG_DATABASE_URL）应为 sqlite:///文件 或者 postgresql://…"
        ) from None
