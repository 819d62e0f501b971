"""All that the bot says to people: what went wrong, and what to do next; a room for each noun.

Callers write `phrases.NAME`, whichever room it stands in; no name stands in two (test_house).
"""
# ruff: noqa: F403

from handlers.phrases.access import *
from handlers.phrases.answers import *
from handlers.phrases.articles import *
from handlers.phrases.chats import *
from handlers.phrases.commands import *
from handlers.phrases.cuts import *
from handlers.phrases.doctor import *
from handlers.phrases.feeds import *
from handlers.phrases.gaps import *
from handlers.phrases.library import *
from handlers.phrases.model import *
from handlers.phrases.overviews import *
from handlers.phrases.pins import *
from handlers.phrases.receipts import *
from handlers.phrases.remarks import *
from handlers.phrases.sources import *
from handlers.phrases.terminal import *
from handlers.phrases.versions import *
