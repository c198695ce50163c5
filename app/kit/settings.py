"""Why this file exists: every setting in one frozen object, read once, described, and refused loudly when wrong."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "ONRECORD_"


class SettingsError(ValueError):
    """A setting is unknown or bad; the text is one clear line per fault."""


class Settings(BaseSettings):
    """All settings; each is read from the environment as ONRECORD_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database_url: str = Field(
        default="sqlite:///onrecord.db",
        description="Where the record is kept: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `onrecord serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that `onrecord serve` listens on.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious kind of log line that is written."
    )
    source_texts: Path | None = Field(
        default=None, description="Folder with the reports' own texts, against which seeding checks every locator."
    )
    database_connections: int = Field(
        default=8, ge=1, le=100, description="Most connections that one server process holds open for reading."
    )
    exports: int = Field(
        default=4, ge=1, le=8, description="Most exports that one server process sends at once; others wait their turn."
    )
    ledger_key: Path | None = Field(
        default=None,
        description="File with the private key that signs the ledger's head; `onrecord ledger keygen` makes one.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from `load` alone, so that one place reads the environment."""
        return (init_settings,)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith("sqlite:///") and value not in ("sqlite:///", "sqlite:///:memory:"):
            return value
        if value.startswith(("postgresql://", "postgresql+psycopg://", "postgres://")):
            _refuse_doubtful(value)
            if _has_lawful_port(value):
                return value
        raise ValueError("expected sqlite:///FILE or postgresql://USER@HOST/NAME")


def _refuse_doubtful(url: str) -> None:
    """Refuse a URL whose password could be taken for another part of it, and so reach a log."""
    before, at, after = url.partition("://")[2].partition("@")
    if "@" in after or (at and re.search(r"[/?#]", before)):
        raise ValueError("expected at most one @, and no / ? # before it: write them as %40 %2F %3F %23")
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        raise ValueError("expected two hexadecimal digits after every %: write a % itself as %25")
    if not (url.isascii() and unquote(url).isprintable()):
        raise ValueError("expected ASCII without control characters: write other letters with % and their UTF-8 bytes")


def _has_lawful_port(url: str) -> bool:
    """Whether host and port of a URL can be told apart; what cannot be read is not repeated to anybody."""
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    return port is None or port > 0


def load(environment: Mapping[str, str] | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings; raises SettingsError naming every unknown or bad one, never echoing its value."""
    environment = os.environ if environment is None else environment
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    given = {name: value for name, value in environment.items() if name.upper().startswith(PREFIX)}
    unknown = sorted(name for name in given if name.upper() not in known)
    if unknown:
        raise SettingsError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    values: dict[str, object] = {known[name.upper()]: value for name, value in given.items()}
    values.update({name: value for name, value in (overrides or {}).items() if value is not None})
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors(include_input=False)
        ]
        raise SettingsError("; ".join(lines)) from None
