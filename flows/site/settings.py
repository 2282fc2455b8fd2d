"""The settings of a site, read from `YISONG_*`: where data lie, the region, the outside world."""

import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from domain.rulebook.rulebook_reading import DEMONSTRATION_SITE, layers

HOME = "var"
SITE_FILE = "site.env"
"""In the home folder: what `yisong init` was told; in a site's configuration: where it lies.

The environment comes before both.
"""


class Settings(BaseSettings):
    """The settings of one site; every one of them acts, and none has a secret as its default."""

    model_config = SettingsConfigDict(env_prefix="YISONG_", extra="ignore")

    home: Path = Path(HOME)
    config: Path | None = None
    database_url: str = ""
    shelf_url: str = ""
    exchange_url: str = ""
    key_file: Path | None = None
    region: str = ""
    area: str = ""
    desk: str = ""
    base_url: str = "http://127.0.0.1:8000"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: bool = False
    smtp_ssl: bool = False
    mail_quiet: str = ""
    smtp_from: str = "yisong@localhost"
    write_back_url: str = ""
    write_back_token: SecretStr = SecretStr("")
    chain_note_file: Path | None = None
    chain_note_url: str = ""
    chain_note_token: SecretStr = SecretStr("")
    webhook_hosts: str = ""
    seal_url: str = ""
    seal_token: SecretStr = SecretStr("")
    seal_ca: Path | None = None
    seal_command: str = ""
    seal_format: Literal["pdf", "docx"] = "pdf"
    seal_seconds: int = Field(default=60, ge=1, le=600)
    log: Literal["", "json"] = ""
    metrics_token: SecretStr = SecretStr("")
    trusted_proxies: str = "127.0.0.1"
    api_calls_per_minute: int = 600
    prefect_run_days: int = Field(default=14, ge=1, le=3650)
    prefect_event_days: int = Field(default=400, ge=1, le=3650)
    draft_days: int = Field(default=30, ge=1, le=365)
    password_shortest: int = Field(default=10, ge=8, le=64)
    password_kinds: int = Field(default=4, ge=1, le=4)
    password_phrase: int = Field(default=15, ge=12, le=100)
    password_earlier: int = Field(default=5, ge=0, le=24)
    password_days: int = Field(default=0, ge=0, le=3650)
    second_factor: str = ""
    three_administrators: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_claim: str = "preferred_username"

    @field_validator("mail_quiet")
    @classmethod
    def _hours(cls, text: str) -> str:
        if text and not re.fullmatch(r"([01]?\d|2[0-3])-([01]?\d|2[0-3])", text):
            raise ValueError("YISONG_MAIL_QUIET 应写作 22-7（二十二时至次日七时不发邮件）")
        return text

    @field_validator("seal_url")
    @classmethod
    def _safe_address(cls, text: str) -> str:
        parts = urlsplit(text)
        here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if text and not (parts.hostname and (parts.scheme == "https" or here)):
            raise ValueError("YISONG_SEAL_URL 应以 https:// 开头；只有本机的印章服务可以用 http://")
        return text

    @field_validator("seal_command")
    @classmethod
    def _whole_command(cls, text: str) -> str:
        if text and not all(place in text for place in ("{input}", "{output}")):
            raise ValueError(
                "YISONG_SEAL_COMMAND 应写明 {input} 和 {output}，如 盖章程序 {input} {output}"
            )
        return text

    @model_validator(mode="after")
    def _one_seal_service(self) -> Self:
        if self.seal_url and self.seal_command:
            raise ValueError("YISONG_SEAL_URL 和 YISONG_SEAL_COMMAND 只能设定一个")
        return self

    @property
    def quiet_hours(self) -> tuple[int, int] | None:
        """From which hour to which, in China, nobody is disturbed by mail; None for never."""
        if not self.mail_quiet:
            return None
        begin, _, end = self.mail_quiet.partition("-")
        return int(begin), int(end)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, the environment, the file in the home, the file in the configuration.

        The last is the site's own (`config`), or the demonstration's where the site has none.
        """
        given = init_settings.init_kwargs if isinstance(init_settings, InitSettingsSource) else {}
        home = Path(str(given.get("home") or os.environ.get("YISONG_HOME") or HOME))
        kept = DotEnvSettingsSource(settings_cls, home / SITE_FILE, "utf-8")
        site = given.get("config") or os.environ.get("YISONG_CONFIG") or kept().get("config")
        folder = Path(str(site)) if site else DEMONSTRATION_SITE
        configured = DotEnvSettingsSource(settings_cls, folder / SITE_FILE, "utf-8")
        return init_settings, env_settings, kept, configured

    @property
    def second_factor_chairs(self) -> frozenset[str]:
        """The chairs (ids of `roles.yaml`, or `all`) that need a second factor to sign in."""
        return frozenset(one.strip() for one in self.second_factor.split(",") if one.strip())

    @property
    def layers(self) -> tuple[Path, ...]:
        """The folders of configuration: the shipped one, and over it the site's."""
        return layers(site=self.config)

    @property
    def database(self) -> str:
        """The database to use: a SQLite file in the home folder unless one is named."""
        return self.database_url or f"sqlite:///{self.home / 'yisong.sqlite3'}"

    @property
    def shelf(self) -> str:
        """Where document bytes lie: a folder in the home folder unless a place is named."""
        return self.shelf_url or str(self.home / "shelf")

    @property
    def exchange(self) -> str:
        """Where uploads wait and other systems fetch files: the home, unless a place is named."""
        return self.exchange_url or str(self.home)

    @property
    def keys(self) -> Path:
        """The key file, kept outside the database."""
        return self.key_file or self.home / "keys.json"
