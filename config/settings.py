"""Settings: every environment variable of a deployment, typed and validated.

A variable is read from the environment first, then from `.env`, then from the `demo.env` that
`agent-analytics up` writes into the home directory.
"""

import os.path
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.currencies import CURRENCIES

HOME_VARIABLE = "AGENT_ANALYTICS_HOME"
DEFAULT_HOME = Path(".agent-analytics")
UNIT_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
JWT_ALGORITHMS = frozenset(
    f"{family}{bits}" for family in ("HS", "RS", "PS", "ES") for bits in (256, 384, 512)
) | {"EdDSA"}


class SettingsError(ValueError):
    """A variable has an invalid value; the message is one line and starts with its name."""


def _duration(value: object) -> object:
    match = (
        re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", value)
        if isinstance(value, str)
        else None
    )
    if match is None:
        return value
    return timedelta(seconds=float(match[1]) * UNIT_SECONDS[match[2]])


def _positive_duration(value: timedelta) -> timedelta:
    if value <= timedelta(0):
        raise ValueError("must be positive")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {value!r} (expected an IANA name)") from error
    return value


def _currency(value: str | None) -> str | None:
    if value is not None and value not in CURRENCIES:
        raise ValueError(f"unknown currency {value!r} (expected a code of ISO 4217 such as EUR)")
    return value


def _jwt_algorithm(value: str) -> str:
    if value not in JWT_ALGORITHMS:
        raise ValueError(
            f"unknown algorithm {value!r} (expected one of {', '.join(sorted(JWT_ALGORITHMS))})"
        )
    return value


def _database_url(value: str) -> str:
    """Reject a URL that libpq cannot parse; the error omits it, as it may hold a password."""
    try:
        if not value.startswith(("postgresql://", "postgres://")):
            raise ValueError
        conninfo_to_dict(value)
    except (ValueError, psycopg.Error):
        raise ValueError(
            "is not a valid URL (expected postgresql://user:password@host:5432/database)"
        ) from None
    return value


def _http_url(value: str | None) -> str | None:
    """Reject anything but an http(s) URL; the error omits it, as it may hold a secret."""
    if value is not None and not re.fullmatch(r"https?://[^\s/?#@]+([/?#]\S*)?", value):
        raise ValueError("is not a valid URL (expected https://host/path, without credentials)")
    return value


def _origins(value: object) -> object:
    """Parse comma-separated origins; reject one that no browser sends, as it would never match."""
    if not isinstance(value, str):
        return value
    origins = tuple(part.strip() for part in value.split(",") if part.strip())
    for origin in origins:
        if not _is_origin(origin):
            raise ValueError(
                f"{origin!r} is not a valid origin (expected scheme, lower-case host and any"
                " non-default port, without path or *, such as https://dashboard.example.com)"
            )
    return origins


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_host = re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host) or ":" in host
    written_host = f"[{host}]" if ":" in host else host
    default_ports = {"http": 80, "https": 443}
    suffix = "" if port is None or port == default_ports.get(parts.scheme) else f":{port}"
    canonical = f"{parts.scheme}://{written_host}{suffix}"
    return bool(parts.scheme in default_ports and is_host and text == canonical)


def _absolute(value: Path) -> Path:
    return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 - keeps symbolic links as written


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
AbsolutePath = Annotated[Path, AfterValidator(_absolute)]


class Settings(BaseSettings):
    """One field per environment variable; an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=True,
    )

    home: AbsolutePath = Field(default=DEFAULT_HOME, validation_alias=HOME_VARIABLE)

    operational_database_url: DatabaseUrl | None = Field(default=None, repr=False)
    warehouse_database_url: DatabaseUrl | None = Field(default=None, repr=False)
    api_operational_url: DatabaseUrl | None = Field(default=None, repr=False)
    api_warehouse_url: DatabaseUrl | None = Field(default=None, repr=False)
    dagster_database_url: DatabaseUrl | None = Field(default=None, repr=False)

    analytics_timezone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    analytics_as_of: date | None = None
    analytics_start_date: date = date(2010, 1, 1)
    analytics_currency: Annotated[str | None, AfterValidator(_currency)] = None
    analytics_stale_after: Annotated[
        timedelta, BeforeValidator(_duration), AfterValidator(_positive_duration)
    ] = timedelta(hours=2)

    jwt_algorithm: Annotated[str, AfterValidator(_jwt_algorithm)] = "HS256"
    jwt_secret: str | None = Field(default=None, repr=False)
    jwt_public_key: str | None = None
    jwt_jwks_url: str | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    jwt_agent_claim: str = "sub"
    api_rate_limit: float = Field(default=20.0, gt=0, allow_inf_nan=False)
    api_cache_bytes: int = Field(default=64 * 1024 * 1024, ge=0)
    api_dashboard: bool = True
    api_cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = ()
    api_admin_host: str = "127.0.0.1"
    api_admin_port: int = Field(default=9464, ge=0, le=65535)
    api_log_level: Literal["debug", "info", "warning", "error"] = "info"
    api_access_log: bool = True
    otel_exporter_otlp_endpoint: Annotated[str | None, AfterValidator(_http_url)] = Field(
        default=None, repr=False
    )

    alert_webhook_url: Annotated[str | None, AfterValidator(_http_url)] = Field(
        default=None, repr=False
    )

    lake_path: AbsolutePath = Path()
    lake_retention_days: int = Field(default=7, ge=1)
    crm_mapping: AbsolutePath = Path("crm_mapping.toml")
    reference_data_path: AbsolutePath | None = None

    def __init__(self, **values: Any) -> None:
        # With populate_by_name pydantic-settings would also read the variable HOME.
        if "home" in values:
            values[HOME_VARIABLE] = values.pop("home")
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError(_one_line(error)) from None

    @model_validator(mode="before")
    @classmethod
    def _default_lake_path(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"lake_path": Path(values.get(HOME_VARIABLE) or DEFAULT_HOME) / "lake", **values}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the demo's file last, so that it fills gaps and overrides nothing."""
        sources = (init_settings, env_settings, dotenv_settings)
        homes = (source().get(HOME_VARIABLE) for source in sources)
        home = _absolute(Path(next(filter(None, homes), DEFAULT_HOME)))
        return *sources, DotEnvSettingsSource(settings_cls, env_file=home / "demo.env")


def _one_line(error: ValidationError) -> str:
    return "; ".join(
        f"{str(detail['loc'][0]).upper() if detail['loc'] else 'settings'}: "
        + detail["msg"].removeprefix("Value error, ")
        for detail in error.errors(include_input=False, include_url=False)
    )
