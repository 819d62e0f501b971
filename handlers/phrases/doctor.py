"""What the doctor found: settings, database, embedder, model."""

from __future__ import annotations

from collections.abc import Sequence

EMBED_THE_REST = "The chat, or the next ingest, does the rest."
WORDS_ONLY = (
    "Words alone find passages. EMBEDDINGS=local, or a model at an endpoint, finds by meaning too."
)
NO_MODEL = (
    "None set: answers are made of the articles' own sentences. OPENAI_API_KEY or OPENAI_BASE_URL"
    " lets a model write them."
)
ALL_WELL = "All is well."
NOT_WELL = "Not all is well; see what failed."


def settings_read(platforms: Sequence[str]) -> str:
    return f"Platforms with a token: {', '.join(platforms) or 'none, so the terminal'}."


def knows_token(platform: str, account: str) -> str:
    return f"{platform} knows the token: it is that of {account}."


def wrong_token(platform: str, why: str) -> str:
    return f"{platform} says no: {why}."


def no_platform(platform: str, why: str) -> str:
    reason = why or "no answer in time"
    return f"{platform} could not be asked about the token ({reason}). Check the network."


def no_fts5(version: str) -> str:
    return f"{version} has no FTS5. Install pysqlite3, or a Python whose SQLite has it."


def writable(address_: str) -> str:
    return f"{address_} can be opened and written."


def no_embedding(name: str, why: str) -> str:
    reason = why or "no answer in time"
    return f"{name} does not work ({reason}). EMBEDDINGS=none does without."


def embeds(name: str, dimensions: int) -> str:
    return f"{name} works ({dimensions} dimensions)."


def no_model(name: str, why: str) -> str:
    reason = why or "no answer in time"
    return f"{name} {reason}. Check OPENAI_BASE_URL, OPENAI_MODEL and the key."


def model_answers(name: str) -> str:
    return f"{name} answers."
