"""`footnote evaluate`: finding and answering, measured on a set in BEIR form."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.app import embedder_of, model_of
from bot.beir import EvaluationSet, load_set
from bot.commands.options import Db, Json, Library, fail
from bot.evaluate import Evaluated, Evaluation
from bot.evaluate import evaluate as measure
from bot.json_lines import line, objects
from bot.logs import configure
from bot.progress import Bar, bar
from bot.settings import Settings, load
from handlers.errors import UserError


def evaluate(
    folder: Annotated[
        Path, typer.Argument(help="Holds corpus.jsonl, queries.jsonl and qrels.tsv.")
    ],
    answers: Annotated[
        Path | None,
        typer.Option(metavar="OUT.jsonl", help="Write each answer there, a JSON object a line."),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(metavar="OUT.trec", help="Write the rankings there, as TREC does."),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="Ask only N of the questions, evenly spread.")
    ] = 0,
    json: Json = False,
    db: Db = "",
    library: Library = "",
) -> None:
    """Measure finding and answering on a set in BEIR form, in a throw-away library.

    Example: footnote evaluate sets/xquad-en --limit 100
    """
    settings = load()
    configure(settings.log_level, settings.secrets)
    try:
        chosen = load_set(folder, limit)
    except UserError as fault:
        raise typer.Exit(fail(str(fault))) from fault
    with bar() as shown:
        result = asyncio.run(_measured(chosen, settings, shown))
    if answers:
        answers.write_text("".join(map(_answer_line, result.outcomes)), encoding="utf-8")
    if run:
        run.write_text("".join(map(_trec_lines, result.outcomes)), encoding="utf-8")
    typer.echo(line(result.figures) if json else _table(result))


async def _measured(chosen: EvaluationSet, settings: Settings, shown: Bar) -> Evaluation:
    embedder = embedder_of(settings)
    model = model_of(settings, settings.model) if settings.model_mode else None
    doing = ""

    def tick(what: str, done: int, total: int) -> None:
        nonlocal doing
        if what != doing:
            doing = what
            shown.begin(what, total)
        shown.at(done)

    try:
        return await measure(chosen, embedder, model, tick)
    finally:
        if embedder:
            await embedder.close()
        if model:
            await model.close()


def _answer_line(outcome: Evaluated) -> str:
    return "".join(f"{line(value)}\n" for value in objects(outcome.answer))


def _trec_lines(outcome: Evaluated) -> str:
    return "".join(
        f"{outcome.query.id} Q0 {document} {rank} {score:.6f} footnote\n"
        for rank, (document, score) in enumerate(outcome.ranking, 1)
    )


def _table(result: Evaluation) -> str:
    return "\n".join(f"{name:22} {value}" for name, value in result.figures.items())
