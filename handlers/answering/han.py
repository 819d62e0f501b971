"""Numbers written in Han characters."""

from __future__ import annotations

HAN = "〇零一二两兩三四五六七八九十百千万萬亿億"
_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def han(written: str) -> int | None:
    """Read a number in Han characters: 三千二百万 is 32,000,000; none where it is no number."""
    if len(written) == 1 and written in "万萬亿億千百":
        return None
    total = part = digit = 0
    for each in written:
        if each in _DIGITS:
            digit = digit * 10 + _DIGITS[each]
        elif each in _TENS:
            part, digit = part + (digit or 1) * _TENS[each], 0
        else:
            total, part, digit = (total + (part + digit or 1)) * _MYRIADS[each], 0, 0
    return total + part + digit
