"""Sentences that give orders to a machine that reads them: stored, but never evidence."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from handlers.answering.plain import visible
from handlers.lexicon import load, pattern

_ORDERS = pattern(load(Path(__file__).with_name("orders.toml"))["orders"])
# Tokens and headings that chat models are trained to read as the voice of somebody else.
_VOICES = re.compile(
    r"<\|.{0,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?(?:system|assistant|user|"
    r"instructions?|information|important|think|passage|context|prompt)>|"
    r"\"role\"\s*:\s*\"(?:system|assistant|user)\"|^\W*(?:system|assistant|user|human|developer)\s*:|"
    r"^\W*#{2,}\s*(?:system|instructions?|response|assistant|user|human)\b|\bTODO:|\$\(",
    re.IGNORECASE | re.MULTILINE,
)

# Cyrillic and Greek letters that look like Latin ones; they are folded in words that mix scripts.
_LOOKS = str.maketrans(
    "аеорсухіјѕһԁАВЕКМНОРСТУХІЅαονρΑΒΕΗΙΚΜΝΟΡΤΧ", "aeopcyxijshdABEKMHOPCTYXISaovpABEHIKMNOPTX"
)
_MIXED = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[Ͱ-ӿԁ])\w+")


@lru_cache(maxsize=4096)
def addresses_machine(sentence: str) -> bool:
    """Say whether a sentence orders a reader-machine about."""
    text = visible(unicodedata.normalize("NFKC", sentence))
    text = _MIXED.sub(lambda word: word.group().translate(_LOOKS), text)
    return bool(_ORDERS.search(text) or _VOICES.search(sentence))
