"""Settings: every one is read, checked and explained; secrets stay secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import DEFAULT_MODEL, GOOD_FORMS, Loopback, Settings, load
from handlers.errors import SettingsError

SECRET = "sk-do-not-show"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def env(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")
    return load(file)


def fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        env(tmp_path, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_nothing_set_is_a_bot_without_key_and_platform():
    settings = load(None)
    assert settings.database_url == "sqlite:///data/library.db"
    assert settings.telegram_webhook_listen == "127.0.0.1:8443"
    assert (settings.embeddings, settings.log_level) == ("local", "WARNING")
    assert not settings.model_mode
    assert settings.platforms == ()


def test_a_missing_env_file_is_no_fault(tmp_path: Path):
    assert load(tmp_path / "absent").owners == frozenset()


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DEFAULT_LIBRARY", "from-environment")
    assert env(tmp_path, "DEFAULT_LIBRARY=from-file").default_library == "from-environment"


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///a.db")
    assert load(None, database_url="sqlite:///b.db").database_url == "sqlite:///b.db"


def test_empty_strings_mean_unset(tmp_path: Path):
    lines = "\n".join(f"{name.upper()}=" for name in Settings.model_fields)
    assert env(tmp_path, lines) == load(None)


def test_owners_are_platform_and_id(tmp_path: Path):
    settings = env(tmp_path, "OWNERS= telegram:123 , discord:456,")
    assert settings.owners == {"telegram:123", "discord:456"}


def test_a_token_switches_its_platform_on(tmp_path: Path):
    settings = env(tmp_path, "TELEGRAM_BOT_TOKEN=1:a\nDISCORD_BOT_TOKEN=b")
    assert settings.platforms == ("Telegram", "Discord")


def test_the_loopback_seams_are_port_and_files(tmp_path: Path):
    settings = env(tmp_path, "FETCH_LOOPBACK=8443,ca.pem,names.json\nDISCORD_LOOPBACK=9,ca.pem")
    assert settings.fetch_loopback == Loopback(8443, Path("ca.pem"), Path("names.json"))
    assert settings.discord_loopback == Loopback(9, Path("ca.pem"), None)


def test_a_key_alone_switches_model_mode_on_with_the_default_model(tmp_path: Path):
    settings = env(tmp_path, f"OPENAI_API_KEY={SECRET}")
    assert settings.model_mode
    assert settings.model == DEFAULT_MODEL


def test_a_base_url_with_a_model_needs_no_key(tmp_path: Path):
    settings = env(tmp_path, "OPENAI_BASE_URL=http://127.0.0.1:8080/v1\nOPENAI_MODEL=tiny")
    assert settings.model_mode
    assert settings.model == "tiny"


def test_a_base_url_without_a_model_is_an_error_that_names_it(tmp_path: Path):
    assert "OPENAI_MODEL is missing" in fault(tmp_path, "OPENAI_BASE_URL=http://localhost/v1")


def test_an_embedding_model_needs_an_endpoint(tmp_path: Path):
    assert "EMBEDDINGS=bge" in fault(tmp_path, "EMBEDDINGS=bge")
    settings = env(tmp_path, f"EMBEDDINGS=bge\nOPENAI_API_KEY={SECRET}")
    assert settings.embeddings == "bge"


@pytest.mark.parametrize(
    "line",
    [
        "TELEGRAM_BOT_TOKEN='12 34'",
        "TELEGRAM_BASE_URL=ftp://x",
        "TELEGRAM_BASE_FILE_URL=api",
        "TELEGRAM_WEBHOOK_URL=http://insecure.example",
        "TELEGRAM_WEBHOOK_LISTEN=8443",
        "TELEGRAM_WEBHOOK_LISTEN=127.0.0.1:99999",
        "TELEGRAM_WEBHOOK_SECRET='a b'",
        "DISCORD_BOT_TOKEN='a b'",
        "OWNERS=123",
        "OWNERS=telegram:123;discord:4",
        "DEFAULT_LIBRARY=" + "x" * 65,
        "DATABASE_URL=library.db",
        "OPENAI_API_KEY='sk a'",
        "OPENAI_BASE_URL=localhost:8080",
        "LOG_LEVEL=loud",
        "DISCORD_LOOPBACK=8443",
        "FETCH_LOOPBACK=port,ca.pem,names.json",
        "FETCH_LOOPBACK=1,a,b,c",
    ],
)
def test_a_malformed_setting_is_named_with_its_good_form(tmp_path: Path, line: str):
    name = line.partition("=")[0]
    said = fault(tmp_path, line)
    assert said.startswith(f"{name} is malformed")
    assert GOOD_FORMS[name.lower()] in said


def test_an_env_file_that_is_not_text_is_one_clear_line(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe\x00O")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(file)


def test_secrets_are_in_no_print_and_in_no_error(tmp_path: Path):
    settings = env(tmp_path, f"OPENAI_API_KEY={SECRET}\nTELEGRAM_BOT_TOKEN={SECRET}")
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()}"
    assert settings.secrets == (SECRET, SECRET)
    assert SECRET not in fault(tmp_path, f"TELEGRAM_BOT_TOKEN='{SECRET} x'")
    assert SECRET not in fault(tmp_path, f"OPENAI_BASE_URL={SECRET}")


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        load(None).embeddings = "none"  # type: ignore[misc]


def test_a_name_that_is_nearly_a_setting_is_pointed_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    env(tmp_path, "TELEGRAM_TOKEN=1:a\nOWNER=telegram:1\nEDITOR=vi\nOPENAI_API_BASE=x\n")
    said = [record.getMessage() for record in caplog.records]
    assert [each.split()[0] for each in said] == ["TELEGRAM_TOKEN", "OWNER"]
    assert said[0].endswith("is TELEGRAM_BOT_TOKEN meant?")
    assert "1:a" not in "".join(said)
