"""The command line: `footnote`, also as `python -m bot`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot.before import loaded
from bot.commands import (
    answers,
    articles,
    backup,
    doctor,
    evaluation,
    feeds,
    gaps,
    run,
    sources,
    versions,
)
from bot.commands.options import Db, Library, fail
from bot.here import Here
from bot.logs import configure
from bot.version import own_version
from handlers.errors import SettingsError
from storage.store import StoreError

loaded()

INTERRUPTED = 130  # what a shell expects after Ctrl-C: 128 + SIGINT
READER_GONE = 141  # and where the reader of a pipe has left: 128 + SIGPIPE

cli = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"footnote {own_version()}")
        raise typer.Exit


@cli.callback()
def footnote(
    ctx: typer.Context,
    db: Db = "",
    library: Library = "",
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """Answers questions from your articles, with a proven quote under every claim."""
    ctx.obj = Here(db, library)


for command in (
    run.run,
    run.chat,
    sources.ingest,
    answers.ask,
    answers.search,
    sources.extract,
    evaluation.evaluate,
    articles.articles,
    articles.show,
    articles.forget,
    feeds.feeds,
    feeds.feed,
    versions.refresh,
    versions.diff,
    versions.revert,
    versions.putback,
    versions.undo,
    gaps.gaps,
    doctor.doctor,
    backup.backup,
    backup.restore,
):
    cli.command()(command)


def main() -> None:
    """Run one command and leave with its status: 0 done, 1 failed, 2 called wrongly."""
    if sys.stderr is None:  # closed by whoever started us; its number must not go to a file
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if sys.stdout is None:
        sys.exit(fail("standard output is closed; give it somewhere to go, such as /dev/null."))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    configure("WARNING")
    sys.excepthook = _unexpected
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: Sequence[str]) -> int:
    """Turn what can go wrong around a command into one line and a status."""
    try:
        status = cli(arguments or ["--help"], prog_name="footnote", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as fault:
        fail(f"{fault.format_message()} (footnote --help shows how)")
        return 2
    except (SettingsError, StoreError) as fault:
        return fail(str(fault))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the second is how typer tells of the first
        _forget_stdout()
        return READER_GONE
    except OSError as fault:
        _forget_stdout()
        return fail(f"reading or writing failed: {fault.strerror or fault}.")
    return (status or 0) if arguments else 2


def _unexpected(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """Say in one line what no one foresaw; `LOG_LEVEL=DEBUG` shows where it came from."""
    logging.getLogger("bot").error("unexpected", exc_info=(kind, fault, trace))


def _forget_stdout() -> None:
    """Send what is still buffered nowhere, or Python would complain of it on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
