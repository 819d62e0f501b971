"""Logs: one line an event, whole traces at DEBUG only, never a secret."""

from __future__ import annotations

import logging
import sys

from bot.logs import OneLine


def record(fault: Exception | None = None, message: str = "it broke") -> logging.LogRecord:
    caught = None
    if fault:
        try:
            raise fault
        except type(fault):
            caught = sys.exc_info()
    return logging.LogRecord("bot.app", logging.ERROR, __file__, 1, message, None, caught)


def test_a_fault_is_one_line_with_its_place():
    text = OneLine(whole=False, secrets=()).format(record(KeyError("x")))
    assert "\n" not in text
    assert "KeyError: 'x' at test_logs.py:" in text


def test_a_whole_trace_is_shown_where_it_is_asked_for():
    text = OneLine(whole=True, secrets=()).format(record(KeyError("x")))
    assert "Traceback" in text


def test_a_trace_that_another_handler_kept_is_made_one_line_again():
    kept = record(KeyError("x"))
    OneLine(whole=True, secrets=()).format(kept)
    assert "Traceback" not in OneLine(whole=False, secrets=()).format(kept)


def test_a_secret_becomes_stars_in_messages_and_in_faults():
    form = OneLine(whole=False, secrets=("sk-secret", ""))
    assert "sk-secret" not in form.format(record(ValueError("key sk-secret"), "with sk-secret"))
