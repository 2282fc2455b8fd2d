"""The office: one site put together of database, rulebook, shelf and keys."""

import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from documents.output.exchange import Exchange
from documents.output.shelf import Shelf
from domain.rulebook.regional import of_region
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.entries import Region
from domain.shapes.nearest import nearest
from flows.site.key_check import keys_of
from flows.site.keys import Keys, WrongKeys
from flows.site.settings import Settings
from flows.site.store import BadAddress, open_store
from flows.site.stored_documents import DatabaseTray

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

    @property
    def exchange(self) -> Exchange:
        """Uploads and files for other systems; outside the home, what is its own lies sealed."""
        return Exchange(self.settings.exchange, self.keys if self.settings.exchange_url else None)


def open_office(settings: Settings | None = None) -> Office:
    """The office that the settings (the environment's, for None) describe.

    Tables are not made here (`schema.upgrade`). Raises UnknownSetting, in Chinese and naming the
    setting, for one that cannot act, and RulebookError where `config/` does not hold together.
    """
    settings = settings or Settings()
    rules = rules_of(settings)
    if settings.region not in rules.regions:
        known = "、".join(sorted(rules.regions))
        raise UnknownSetting(f"YISONG_REGION：没有地区参数包「{settings.region}」，可用：{known}")
    if settings.desk not in rules.departments:
        near = nearest(settings.desk, rules.departments)
        raise UnknownSetting(f"YISONG_DESK：没有「{settings.desk}」这个部门{near}")
    if settings.area not in (areas := {one.area for one in rules.departments.values()}):
        told = "、".join(sorted(areas))
        raise UnknownSetting(f"YISONG_AREA：没有「{settings.area}」这个地区的部门，可用：{told}")
    if unknown := settings.second_factor_chairs - {"all", *rules.roles}:
        told = "、".join(sorted(unknown))
        near = nearest(told, rules.roles)
        raise UnknownSetting(f"YISONG_SECOND_FACTOR：没有岗位「{told}」{near}；全部岗位写 all")
    _keep_private(settings.home)
    engine = store_at(settings.database)
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
        shelf=Shelf(settings.shelf, keys, DatabaseTray(engine)),
        keys=keys,
    )


def _keep_private(home: Path) -> None:
    """Nobody but its owner looks into the home: keys, papers and reporters lie there."""
    if home.is_dir() and home.stat().st_uid == os.geteuid() and home.stat().st_mode & OTHERS:
        home.chmod(home.stat().st_mode & ~OTHERS)


def rules_of(settings: Settings) -> Rulebook:
    """The rulebook of a site: the shipped one with its own laid over it, without other regions.

    A site that has none of its own is the demonstration.
    Raises UnknownSetting for a folder that is not there.
    """
    if settings.config is not None and not settings.config.is_dir():
        raise UnknownSetting(f"YISONG_CONFIG：没有「{settings.config}」这个文件夹")
    if settings.config is None:
        return load_rulebook()
    return _of_site(settings.config, settings.region)


@lru_cache(maxsize=8)
def _of_site(folder: Path, region: str) -> Rulebook:
    return of_region(load_rulebook(site=folder), region)


def store_at(address: str) -> Engine:
    """The engine for an address; UnknownSetting where no database can be."""
    try:
        return open_store(address)
    except BadAddress:
        raise UnknownSetting(
            "数据库地址（--db 或者 YISONG_DATABASE_URL）应为 sqlite:///文件 或者 postgresql://…"
        ) from None
