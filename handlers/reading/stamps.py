"""The shapes in which chat programs write who said something, and when."""

from __future__ import annotations

import re

_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日|today|yesterday)"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\.?)?"
_WHEN = rf"(?:{_DAY}(?:,| at| um| à| в)?\s+{_TIME}|{_TIME},?\s+{_DAY}|{_TIME})"
_WHO = r"[^\W\d_][^:：\[\](){}<>|\d]{0,40}?"

# "[12.05.25, 09:14:22] Ada: …", "12/05/25, 9:14 - Ada: …", "10:15 – …": before each message
BEFORE = re.compile(rf"\W{{0,2}}(?:[\[(]{_WHEN}[\])]|{_WHEN} [-–—])\s+", re.IGNORECASE)
# the same, "09:14 Ada: …", "09:14 <Ada> …" and "Ada (09:14): …", "Ada [09:14] …"
INLINE = re.compile(
    rf"{BEFORE.pattern}\S|{_WHEN}[ \t]+(?:<\S.{{0,40}}?>\s|{_WHO}[:：]\s)\s*\S"
    rf"|{_WHO}\s*[,]?\s*[\[(]{_WHEN}[\])]\s*[:：-]?\s+\S",
    re.IGNORECASE,
)
# "Ada Quill, [12.05.25 09:14]", "Ada Quill — today at 9:14", "Ada Quill  9:14 AM": over each
OVER = re.compile(
    rf"\S.{{0,50}}?(?:,\s*\[{_WHEN}\]:?|\s+[—–|·-]\s*{_WHEN})|{_WHO},?\s+\(?{_WHEN}\)?",
    re.IGNORECASE,
)
WHEN = re.compile(_WHEN, re.IGNORECASE)
NAME = re.compile(r"(?:[^:：]{1,40}[:：]\s+|<[^<>]{1,40}>\s+)(?=\S)")
