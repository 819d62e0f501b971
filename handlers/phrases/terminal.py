"""The command line and the chat in the terminal, backups and evaluation sets among them."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.phrases.counts import counted

WELCOME = "Ask me anything about your articles. /help lists the commands, /quit leaves."
LOADING_SAMPLES = "The library is empty: loading the sample articles first."
STOPPED = "Stopped."
EMBEDDING = "Learning what the passages mean"


def offer_samples(files: int) -> str:
    return f"The library is empty. Load the {files} sample articles? [Y/n] "


def samples_loaded(articles: int) -> str:
    return f"Loaded {counted(articles, 'article')}. Try: why did LeCun leave Meta?"


def nothing_read(sources: int) -> str:
    every = "the only source was" if sources == 1 else f"all {sources} sources were"
    return f"Nothing was read: {every} refused."


def embedding_waits(why: str) -> str:
    return f"stored, but found by words alone until the next ingest or chat: {why}"


def not_a_set(folder: str, missing: str) -> str:
    needs = "corpus.jsonl, queries.jsonl and qrels.tsv"
    return f"{folder} is no evaluation set: {missing} is missing. It needs {needs}."


def broken_set(folder: str, fault: str) -> str:
    return f"The evaluation set {folder} can't be read: {fault}"


def no_conversation(after: str) -> str:
    return (
        f"there is no conversation {after} in this library. --after takes"
        ' the "conversation" of an earlier answer, as --json gives it.'
    )


def backed_up(file: str, size: int, counts: Mapping[str, int]) -> str:
    return f"Backed up to {file}: {_held(counts)}, {size / 1_000_000:.1f} MB, checked."


def restored(file: str, counts: Mapping[str, int], aside: str | None) -> str:
    kept_ = f" What was there before is {aside}." if aside else ""
    return f"Restored from {file}: {_held(counts)}, checked.{kept_}"


def _held(counts: Mapping[str, int]) -> str:
    one = {"libraries": "library"}
    names = ((one.get(each, each[:-1]), each, number) for each, number in counts.items())
    return ", ".join(
        f"{number} {single if number == 1 else name}" for single, name, number in names
    )
