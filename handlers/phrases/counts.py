"""A number with its noun."""

from __future__ import annotations


def counted(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {many or noun + 's'}"
