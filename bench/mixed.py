"""A library in six languages, every question in another language than its passage."""

from __future__ import annotations

from pathlib import Path

from bot.beir import EvaluationSet, Query, load_set

LANGUAGES = ("en", "zh", "ar", "ru", "de", "es")


def mixed_set(folder: Path) -> EvaluationSet:
    """Build it from the XQuAD sets beside `folder`: the same texts and questions in each language.

    Document n is taken in language n mod 6. Question n is asked in the language 1 + n mod 5 places
    after its document's, so each pair of languages comes up.
    """
    sets = [load_set(folder.parent / f"xquad-{language}") for language in LANGUAGES]
    documents = tuple(sets[at % 6].documents[at] for at in range(len(sets[0].documents)))
    place = {each.id: at for at, each in enumerate(documents)}
    queries: list[Query] = []
    for number, query in enumerate(sets[0].queries):
        (wanted,) = sets[0].judged[query.id]
        language = (place[wanted] + 1 + number % 5) % 6
        queries.append(sets[language].queries[number])
    return EvaluationSet("mixed", documents, tuple(queries), sets[0].judged)
