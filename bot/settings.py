"""Environment and `.env` → one frozen Settings, or one clear line that names what is wrong."""

from __future__ import annotations

import logging
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from handlers.errors import SettingsError

log = logging.getLogger(__name__)

ALIKE = (
    0.85  # TELEGRAM_TOKEN is TELEGRAM_BOT_TOKEN by 0.88, OPENAI_API_BASE no other by more than 0.83
)
DEFAULT_MODEL = "gpt-5.4-mini"  # small, current, speaks Chat Completions (November 2026)
_OWNER = re.compile(r"[a-z]+:[A-Za-z0-9_-]+")
_LISTEN = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}")

# The good form of each setting that can be malformed, as its error shows it.
GOOD_FORMS = {
    "telegram_bot_token": "TELEGRAM_BOT_TOKEN=123456:AAE… (as @BotFather gives it)",
    "telegram_base_url": "TELEGRAM_BASE_URL=https://api.telegram.org/bot",
    "telegram_base_file_url": "TELEGRAM_BASE_FILE_URL=https://api.telegram.org/file/bot",
    "telegram_webhook_url": "TELEGRAM_WEBHOOK_URL=https://bot.example.org/telegram",
    "telegram_webhook_listen": "TELEGRAM_WEBHOOK_LISTEN=127.0.0.1:8443",
    "telegram_webhook_secret": "TELEGRAM_WEBHOOK_SECRET= 1 to 256 of A-Z a-z 0-9 _ -",
    "discord_bot_token": "DISCORD_BOT_TOKEN= the token of the bot's page, without spaces",
    "owners": "OWNERS=telegram:123,discord:456",
    "default_library": "DEFAULT_LIBRARY=main (1 to 64 characters, no line ends)",
    "database_url": "DATABASE_URL=sqlite:///data/library.db",
    "openai_api_key": "OPENAI_API_KEY=sk-… (without spaces)",
    "openai_base_url": "OPENAI_BASE_URL=http://127.0.0.1:8080/v1",
    "openai_model": f"OPENAI_MODEL={DEFAULT_MODEL}",
    "openai_price_sent": "OPENAI_PRICE_SENT=0.25 (money for a million tokens)",
    "openai_price_received": "OPENAI_PRICE_RECEIVED=2 (money for a million tokens)",
    "person_tokens_a_day": "PERSON_TOKENS_A_DAY=50000 (a whole number, 0 for no limit)",
    "chat_tokens_a_day": "CHAT_TOKENS_A_DAY=500000 (a whole number, 0 for no limit)",
    "embeddings": "EMBEDDINGS=local, EMBEDDINGS=none, or the name of a model at the endpoint",
    "log_level": "LOG_LEVEL=DEBUG, INFO, WARNING or ERROR",
    "discord_loopback": "DISCORD_LOOPBACK=8443,ca.pem",
    "fetch_loopback": "FETCH_LOOPBACK=8443,ca.pem,names.json",
}


class Loopback(NamedTuple):
    """Where tests in another process answer for the network; `names` maps hosts to addresses."""

    port: int
    ca: Path
    names: Path | None = None


def _owners(value: object) -> object:
    if not isinstance(value, str):
        return value
    owners = [part.strip() for part in value.split(",") if part.strip()]
    if not all(_OWNER.fullmatch(owner) for owner in owners):
        raise ValueError
    return frozenset(owners)


def _loopback(value: object) -> object:
    if not isinstance(value, str):
        return value
    port, *files = [part.strip() for part in value.split(",")]
    return Loopback(int(port), *map(Path, files)) if len(files) in (1, 2) else port


def _listen(value: object) -> object:
    if not _LISTEN.fullmatch(str(value)) or int(str(value).rpartition(":")[2]) > 65535:
        raise ValueError
    return value


Owners = Annotated[frozenset[str], NoDecode, BeforeValidator(_owners)]
Seam = Annotated[Loopback | None, NoDecode, BeforeValidator(_loopback)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+\S*$")]
Line = Annotated[str, Field(pattern=r"^[^\s\x00-\x1f]([^\x00-\x1f]{0,62}[^\s\x00-\x1f])?$")]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=0, lt=10**15)]
Word = Annotated[SecretStr, BeforeValidator(lambda value: _no_space(value))]


def _no_space(value: object) -> object:
    if isinstance(value, str) and re.search(r"\s", value):
        raise ValueError
    return value


class Settings(BaseSettings):
    """Every setting, checked. Secrets print as stars."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8"
    )

    telegram_bot_token: Word | None = None
    telegram_base_url: Address | None = None
    telegram_base_file_url: Address | None = None
    telegram_webhook_url: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None
    telegram_webhook_listen: Annotated[str, BeforeValidator(_listen)] = "127.0.0.1:8443"
    telegram_webhook_secret: Word | None = None
    discord_bot_token: Word | None = None
    owners: Owners = frozenset()
    default_library: Line | None = None
    database_url: Annotated[str, Field(pattern=r"^[a-z][a-z0-9+]*://.+$")] = (
        "sqlite:///data/library.db"
    )
    openai_api_key: Word | None = None
    openai_base_url: Address | None = None
    openai_model: Line | None = None
    openai_price_sent: Price = 0.0
    openai_price_received: Price = 0.0
    person_tokens_a_day: Tokens = 0
    chat_tokens_a_day: Tokens = 0
    embeddings: Line = "local"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    discord_loopback: Seam = None
    fetch_loopback: Seam = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.openai_base_url and not self.openai_model:
            raise SettingsError(
                "OPENAI_MODEL is missing: with OPENAI_BASE_URL set, name the model to ask there,"
                " for example OPENAI_MODEL=llama-3.3-70b."
            )
        if self.embeddings not in ("local", "none") and not self.model_mode:
            raise SettingsError(
                f"EMBEDDINGS={self.embeddings} names a model at an endpoint: set OPENAI_BASE_URL"
                " or OPENAI_API_KEY, or use EMBEDDINGS=local."
            )
        return self

    @property
    def model_mode(self) -> bool:
        """Whether a model writes the answers: a key or an endpoint is set."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def model(self) -> str:
        """The name of the model that writes."""
        return self.openai_model or DEFAULT_MODEL

    @property
    def platforms(self) -> tuple[str, ...]:
        """The chat platforms that have a token."""
        tokens = {"Telegram": self.telegram_bot_token, "Discord": self.discord_bot_token}
        return tuple(name for name, token in tokens.items() if token)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


def load(env_file: Path | None = Path(".env"), **given: Any) -> Settings:
    """Read the settings; what is given goes before the environment, and that before the file.

    Raises `SettingsError` with one line that names the setting and shows its good form.
    """
    try:
        settings = Settings(_env_file=env_file, **given)  # type: ignore[call-arg]  # pydantic's own
    except ValidationError as fault:
        raise SettingsError(_line(fault)) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{env_file} cannot be read: {fault}.") from None
    for name, meant in misspelt(env_file):
        log.warning("%s in %s is no setting; is %s meant?", name, env_file, meant)
    return settings


def misspelt(env_file: Path | None) -> list[tuple[str, str]]:
    """Give the names in a file that are nearly a setting's, each with the setting's."""
    known = [*Settings.model_fields]
    said = DotEnvSettingsSource(Settings, env_file=env_file).env_vars if env_file else {}
    near = ((name, get_close_matches(name, known, 1, ALIKE)) for name in said if name not in known)
    return [(name.upper(), meant[0].upper()) for name, meant in near if meant]


def _line(fault: ValidationError) -> str:
    """Say it without the value: it may be a secret in the wrong place."""
    name = str(fault.errors(include_input=False, include_url=False)[0]["loc"][0])
    form = GOOD_FORMS.get(name, f"{name.upper()}=…")
    return f"{name.upper()} is malformed. The good form is: {form}."
