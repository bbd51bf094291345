"""Operations: credentials and endpoints, from the environment, `.env` and `.dlt/*.toml` of the project.

Policy is not here: every threshold of the agreement lives in `agreement.yml`.
Names are dlt's: `SOURCES__HUBSPOT__ACCESS_TOKEN`, or `[sources.hubspot] access_token` in `.dlt/secrets.toml`.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from errors import UsageProblem
from project import Project

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class HubSpot(BaseModel):
    """How to reach the portal. `quota_share` is the part of the portal's limits that we may use.

    With `portal_id` set, reports link leads to their page at `app_url`. `objects` are the portal's own ones,
    by the name that their raw table gets; an entry is like those in `extract/hubspot.yml`.
    """

    access_token: SecretStr | None = None
    base_url: str = "https://api.hubapi.com"
    quota_share: float = 0.9
    timeout_seconds: float = 30.0
    app_url: str = "https://app.hubspot.com"
    portal_id: int | None = None
    objects: dict[str, dict[str, Any]] = {}

    @field_validator("base_url")
    @classmethod
    def _keeps_the_token(cls, address: str) -> str:
        """The token travels by TLS, or does not leave this machine."""
        parts = urlsplit(address)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return address
        raise ValueError("it has to begin with https://, as the token goes there")


class Sources(BaseModel):
    """One entry for each CRM."""

    hubspot: HubSpot = HubSpot()


class Privacy(BaseModel):
    """The key of the agreement's `hash`, 16 bytes or more; None: one is made in `.smarketing/privacy.key`."""

    hash_key: SecretStr | None = None


class Publish(BaseModel):
    """How many publications are kept, and who on this machine may read them.

    The current one and the last certified one are kept whatever `keep` says. It is two at least: a reader
    that followed the link an instant ago must still find the folder.
    """

    keep: int = Field(default=30, ge=2)
    readable_by: Literal["owner", "group", "everyone"] = "everyone"


class Checks(BaseModel):
    """What may be found without refusing the night.

    `largest_drop`: the share of a table's rows that may go in one night; 1: anything may. `proof_tolerance`:
    how many records of an object may differ from the CRM.
    """

    largest_drop: float = Field(default=0.5, gt=0, le=1)
    proof_tolerance: int = Field(default=0, ge=0)


def _apart(value: object) -> object:
    """Addresses in one text, apart by blanks or as a JSON list; a list is taken as it is."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else tuple(value.split())


class Notifications(BaseModel):
    """Who is told when a run is refused or a commitment turns to at risk: addresses as Apprise writes them.

    A list, or one text with blanks between. They hold tokens and are secrets. `digest` says how often the
    same addresses get a publication's digest: with the first one of a week or of a day (the agreement's),
    with each, or never.
    """

    urls: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_apart)] = ()
    digest: Literal["weekly", "daily", "always", "never"] = "weekly"


class Timeouts(BaseModel):
    """Minutes after which a stage is stopped, and the whole run."""

    sync_minutes: float = Field(default=600, gt=0)
    build_minutes: float = Field(default=240, gt=0)
    check_minutes: float = Field(default=120, gt=0)
    publish_minutes: float = Field(default=120, gt=0)
    run_minutes: float = Field(default=720, gt=0)


class Heartbeat(BaseModel):
    """An address to ask for when a run went well: whoever waits for it knows when a night is missing."""

    url: SecretStr | None = None


class Settings(BaseSettings):
    """All operational settings of one project folder. Secrets print as asterisks."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", extra="ignore")
    sources: Sources = Sources()
    privacy: Privacy = Privacy()
    publish: Publish = Publish()
    checks: Checks = Checks()
    notifications: Notifications = Notifications()
    timeouts: Timeouts = Timeouts()
    heartbeat: Heartbeat = Heartbeat()
    # The standard's own names: where traces go, if anywhere, and what its headers are (they may hold a key).
    otel_exporter_otlp_endpoint: str | None = None
    otel_exporter_otlp_headers: SecretStr | None = None


def load(project: Project) -> Settings:
    """Read the settings of `project`; the environment wins over `.env`, `.env` over `.dlt/*.toml`.

    Raises:
        UsageProblem: a value is of the wrong kind. The value itself is not shown: it may be a secret.
    """
    root = project.root

    class Here(Settings):
        model_config = SettingsConfigDict(env_file=root / ".env")

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (env_settings, dotenv_settings, *_toml_sources(settings_cls, root))

    try:
        return Here()
    except ValidationError as error:
        wrong = "; ".join(f"{'__'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise UsageProblem(f"A setting is not usable: {wrong}.") from None


def _toml_sources(of: type[BaseSettings], root: Path) -> list[PydanticBaseSettingsSource]:
    files = [root / ".dlt" / "secrets.toml", root / ".dlt" / "config.toml"]
    return [TomlConfigSettingsSource(of, toml_file=file) for file in files if file.is_file()]
