"""Settings: sources, precedence, validation messages."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for field, definition in Settings.model_fields.items():
        monkeypatch.delenv(str(definition.validation_alias or field).upper(), raising=False)
    return tmp_path


def test_the_defaults_are_those_of_a_demo(folder: Path) -> None:
    settings = Settings()
    assert settings.home == folder / ".agent-analytics"
    assert settings.lake_path == folder / ".agent-analytics" / "lake"
    assert settings.crm_mapping == folder / "crm_mapping.toml"
    assert settings.operational_database_url is None
    assert settings.analytics_timezone == "UTC"
    assert settings.analytics_as_of is None
    assert settings.analytics_start_date == date(2010, 1, 1)
    assert settings.analytics_stale_after == timedelta(hours=2)
    assert (settings.jwt_algorithm, settings.jwt_secret) == ("HS256", None)
    assert (settings.jwt_agent_claim, settings.api_rate_limit) == ("sub", 20.0)


def test_the_environment_overrides_dot_env_which_overrides_the_demo_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "demo.env").write_text(
        "JWT_SECRET=demo\nJWT_ISSUER=demo\nJWT_AUDIENCE=demo\nOTHER=x\n"
    )
    (folder / ".env").write_text(
        "AGENT_ANALYTICS_HOME=elsewhere\nJWT_SECRET=file\nJWT_ISSUER=file\nUNKNOWN=1\n"
    )
    monkeypatch.setenv("JWT_SECRET", "environment")
    settings = Settings()
    assert (settings.jwt_secret, settings.jwt_issuer, settings.jwt_audience) == (
        "environment",
        "file",
        "demo",
    )
    assert settings.lake_path == folder / "elsewhere" / "lake"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPERATIONAL_DATABASE_URL", "ANALYTICS_AS_OF", "ANALYTICS_TIMEZONE"):
        monkeypatch.setenv(name, "")
    settings = Settings()
    assert settings.operational_database_url is None
    assert settings.analytics_as_of is None
    assert settings.analytics_timezone == "UTC"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2h", 7200), ("90m", 5400), ("45s", 45), ("7200", 7200), ("1d", 86400), ("PT30M", 1800)],
)
def test_a_duration_accepts_the_usual_notations(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: int
) -> None:
    monkeypatch.setenv("ANALYTICS_STALE_AFTER", text)
    assert Settings().analytics_stale_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ANALYTICS_TIMEZONE", "Mars/Olympus", "unknown time zone 'Mars/Olympus'"),
        ("ANALYTICS_TIMEZONE", "../etc/passwd", "unknown time zone '../etc/passwd'"),
        ("ANALYTICS_AS_OF", "2026-02-30", "Input should be a valid date"),
        ("ANALYTICS_CURRENCY", "EURO", "unknown currency 'EURO' (expected a code of ISO 4217"),
        ("ANALYTICS_CURRENCY", "eur", "unknown currency 'eur'"),
        ("ANALYTICS_STALE_AFTER", "soon", "Input should be a valid timedelta"),
        ("ANALYTICS_STALE_AFTER", "0", "must be positive"),
        ("JWT_ALGORITHM", "none", "unknown algorithm 'none' (expected one of ES256"),
        ("API_RATE_LIMIT", "nan", "Input should be"),
        ("LAKE_RETENTION_DAYS", "0", "Input should be greater than or equal to 1"),
        (
            "WAREHOUSE_DATABASE_URL",
            "host=x password=hidden",
            "is not a valid URL (expected postgresql://",
        ),
    ],
)
def test_an_invalid_value_is_reported_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings()
    message = str(caught.value)
    assert message.startswith(f"{name}: {reason}")
    assert "\n" not in message
    assert "hidden" not in message


def test_secrets_are_not_in_the_repr() -> None:
    settings = Settings(
        jwt_secret="hush", operational_database_url="postgresql://u:hush@localhost/d"
    )
    assert "hush" not in repr(settings)
