"""All that the bot says, by the room that says it: what went wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

# chats (bot/)

UNREADABLE = "I read text, links and files. Send one of those, or ask me something."
OLD_BUTTON = "This button does not work any more. Ask again to get new ones."
SAVE_MESSAGE = "Save to library"
NO_DOWNLOAD = "The file could not be fetched from the chat. Send it again."


def too_old(count: int) -> str:
    if count == 1:
        return "I was away for long, and your message is too old now. Send it again if you like."
    return (
        f"I was away for long, and {count} messages here are too old now."
        " Send again what still matters."
    )


# access

NO_LIBRARY_HERE = (
    "This chat has no library. Ask an owner of this bot to let it use one, or ask in a group"
    " that the bot is in."
)
OWNERS_ONLY = "Only an owner of this bot may do that."
ADMINS_ONLY = (
    "Only this library's admins may do that. Its owner can do it, or tell you who its admins are."
)
OWN_LIBRARY_ONLY = "Only an owner may choose a library; leave it out to use this chat's own."


def too_many(seconds: int) -> str:
    return f"That is too many in one minute. Ask again in {seconds} s."


# dispatch


def unknown_command(name: str, near: str) -> str:
    hint = f"Did you mean /{near}?" if near else "/help lists what there is."
    return f"There is no command /{name}. {hint}"


def store_failed(why: str) -> str:
    return f"The library could not be used: {why}"


def broke(reference: str) -> str:
    return (
        "Something went wrong here, and it is not your fault. Try again; if it stays, give the"
        f" operator this reference: {reference}."
    )


# library

NOTHING_STORED = "The library is empty. Add an article with /ingest and a link, a file or a text."
WHICH_ARTICLE = "Say which article by its number, as /articles lists them: for example /{} 3."


def no_article(number: int) -> str:
    return f"There is no article {number} in this library. /articles lists those that there are."


def no_version(number: int, version: int, newest: int) -> str:
    return f"Article {number} has no version {version}: its versions are 1 to {newest}."


def forgot(title: str, number: int) -> str:
    return f"Forgot “{title}” (article {number}) and all that was stored of it."


def status(library: str, articles: int, passages: int, embedded: int) -> str:
    waiting = passages - embedded
    later = f", {waiting} of them found by their words only so far" if waiting else ""
    held = f"{_count(articles, 'article')} in {_count(passages, 'passage')}"
    return f"{library[0].upper()}{library[1:]}: {held}{later}."


def _count(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {many or noun + 's'}"


FORGET_IT = "Forget it"
KEEP_IT = "Keep it"
UNDO_WHAT = "Press Undo below the receipt of what is to be taken back."
NOTHING_TO_UNDO = "There is nothing to undo: it was taken back or changed since."
PREVIOUS = "‹ Previous"
NEXT = "Next ›"


def forget_it(title: str, number: int, passages_: int) -> str:
    held = passages(passages_)
    return f"Forget “{title}” (article {number}, {held}) for good, with all its versions?"


def kept(title: str, number: int) -> str:
    return f"Kept “{title}” (article {number})."


def undone(titles: Sequence[str]) -> str:
    return f"Undone: {', '.join(titles)}."


OWN = "this chat's own library"
LIBRARY_USAGE = (
    "To change it: `use NAME` or `own`, with `in telegram:123` behind it for another chat or"
    " person; `appoint discord:456` or `dismiss discord:456` for who may add articles."
)
LIBRARY_NAME = "A library's name has 1 to 64 characters and no line ends. Choose another."


def named(library: str) -> str:
    return f"library “{library}”"


def library_here(library: str, others: int) -> str:
    shared = f", which {_count(others, 'other chat')} can use too" if others else ""
    return f"This chat uses {library}{shared}."


def library_admins(people: str) -> str:
    return f"Appointed to look after it: {people}."


def libraries(names: str) -> str:
    return f"There are: {names}."


def uses(place: str, library: str) -> str:
    return f"{place} uses the library “{library}” from now on."


def uses_own(place: str) -> str:
    return f"Nothing is bound to {place} any more: it uses the default library, or one of its own."


def appointed(person: str, library: str) -> str:
    return f"{person} may add, refresh and remove articles of {library}."


def dismissed(person: str, library: str) -> str:
    return f"{person} is no admin of {library} any more."


def no_admin(person: str, library: str) -> str:
    return f"{person} was not appointed for {library}."


# parameters of commands, as menus show them (handlers/table.py)

A_QUESTION = "What you want to know, in any language"
SOME_WORDS = "Words to look for, in any language"
ITS_NUMBER = "The article: its number, or choose by title"
A_VERSION = "An older version's number"
A_PAGE = "Which page of the list"
A_SOURCE = "A link, or the text itself"
A_FILE = "A PDF, Word, EPUB, mail, HTML, Markdown or text file"
A_CHANGE = "use NAME, own, appoint PERSON, dismiss PERSON; empty: only look"

# help

HELP_HEAD = "Ask me a question; I answer from this library's articles, each claim with its quote."


def you_are(person: str) -> str:
    return f"Your id here is {person}."


HELP_STRANGER = "I answer questions from a library of articles. " + NO_LIBRARY_HERE

# what a reply looks like (bot/compose.py)

NEAREST = "Nearest passages – they do not answer the question:"


def typed(label: str, command: str, text: str) -> str:
    return f"{label}: /{command} {text}"


UNTITLED = "Untitled"
FOUND_NOTHING = "No passage holds any of these words or comes near their meaning."
KNOWN = {"updated": "a new version of it", "duplicate": "known already"}
_RECEIVED = {
    "stored": "Stored {} from {}.",
    "updated": "Updated {} from {}.",
    "duplicate": "Nothing new: {} from {} known already.",
    "read": "Read {} from {}, stored nothing.",
}


def received(status: str, articles: int, source: str) -> str:
    form = _RECEIVED.get(status, status + " {} from {}.")
    return form.format(_count(articles, "article"), source)


def passages(number: int) -> str:
    return _count(number, "passage")


def cut(pieces: int) -> str:
    return f"Cut {_count(pieces, 'piece')} that belong to no article:"


def as_of(date: str) -> str:
    return f"As of {date}."


def page(number: int, pages: int) -> str:
    return f"Page {number} of {pages}"


def quote_button(n: int) -> str:
    return f"Quote {n}"


def taken(sources: int) -> str:
    return f"{_count(sources, 'source')}:"


def version(number: int, versions: int) -> str:
    return f"version {number} of {versions}"


# reading

READING = "Reading…"
STORING = "Storing…"
UNDO = "Undo"
WHICH_SOURCE = "Say what to read: a link, a file, or a text of a few sentences."
EMPTY_FILE = "There is no text in it. Send a file or a text that has some."
BINARY = (
    "This is no text that can be read. Send a PDF, Word, EPUB, mail, HTML, Markdown or text file,"
    " or paste the text."
)
BROKEN_FILE = "The file is broken and cannot be read. Save it anew, or paste its text."
ENCRYPTED = "The file is locked with a password. Save it without one, or paste its text."
SCAN = (
    "The pages of this PDF are pictures (a scan) without text. Have its text recognised (OCR) and"
    " send the result, or paste the text."
)
TOO_MUCH_INSIDE = "Unpacked, the file is far too large to be read. Send a smaller one, or the text."
TOO_HARD = (
    "Reading this takes more time or memory than is sensible. Send a smaller part, or the text."
)
BROKEN_PAGE = "The page is too broken to be read. Paste its text instead."
NO_ARTICLE = "There is no article on that page, only a few words. Send the article's own link."
WALL = (
    "The page shows its article only to subscribers or to a browser that accepts its terms."
    " Open it yourself and paste the text."
)
TOO_SHORT = "That is too short to be an article: send a link, a file, or a few sentences at least."

BAD_LINK = "That is no link that can be read. Copy it whole from the browser's address bar."
BAD_SCHEME = "Only http and https links are read. Send such a link, or the file or text itself."
BAD_PORT = "Links with that port are not read. Send the article's usual address."
INSIDE = "That address is inside a private network and is never read. Paste the text instead."
DOWNGRADE = "The page leads from https to unprotected http and was not followed. Paste the text."
NO_SUCH_HOST = "There is no site of that name. Check the link for typing errors."
TOO_MANY_REDIRECTS = "The link leads round in circles. Open it in a browser and send where it ends."
GONE = "There is no such page any more. Check the link, or paste the text."
ROBOTS = "The site does not let bots read that page (robots.txt). Paste the text instead."


def too_slow(host: str) -> str:
    return f"{host} takes too long to answer. Try again later, or paste the text."


def too_often(seconds: int | None) -> str:
    """`seconds` as the site says it, where it does."""
    wait = "some minutes"
    if seconds:
        wait = f"{seconds} s" if seconds < 120 else f"{seconds // 60 + 1} minutes"
    return f"The site says that it was asked too often. Try again in {wait}, or paste the text."


def unreachable(host: str) -> str:
    return f"{host} can't be reached. Check the link, try again later, or paste the text."


def bad_status(status: int) -> str:
    return f"The site answered with error {status}. Try again later, or paste the text."


def unsupported(kind: str) -> str:
    return (
        f"This is a {kind} file, which cannot be read. Send a PDF, Word, EPUB, mail, HTML, Markdown"
        " or text file."
    )


def too_large(most: int) -> str:
    return f"It is larger than {most // 1_000_000} MB. Send a smaller file, or a part of it."


def too_long(most: int) -> str:
    return f"It has more than {most:,} characters. Split it and send the parts."


# ask and search

WHICH_QUESTION = "Ask something: /ask and your question."
WHICH_WORDS = "Say what to search for."
SEARCHING = "Looking through the articles…"
NO_ANSWER = "The articles in this library don't answer that."
SUMMARY_OFF = "The language model can't be reached, so here are the articles' own words."

# votes on answers

GOOD = "👍"
BAD = "👎"
THANKS = "Thank you: noted as a good answer."
WHAT_WAS_WRONG = "Noted as a bad answer. What was wrong with it?"
VOTE_BY_BUTTON = "Press 👍 or 👎 below an answer to vote on it."
VOTE_YOURSELF = "These buttons are for the person who voted. Press 👎 below the answer yourself."
NO_SUCH_ANSWER = "That answer is not kept any more. Ask again."


class Fault(StrEnum):
    """What can be wrong with an answer, as buttons say it."""

    WRONG = "Wrong"
    ABSENT = "Not in the article"
    INCOMPLETE = "Incomplete"
    OLD = "Out of date"
    OTHER = "Something else"


def noted(fault: Fault) -> str:
    return f"Thank you. Noted as a bad answer: {fault.value.lower()}."


# following a question

TELL_ME = "Tell me when an article answers it"
FOLLOWING = "I will tell you here when an article answers it. Press again if I shall not."
FOLLOWING_MANY = "You wait for many answers already. Press the button of an older one again first."
NOT_FOLLOWING = "I will not tell you when an article answers it."


def now_answered(name: str, question: str) -> str:
    whose = f"{name}, an article answers" if name else "An article answers"
    return f"{whose} what you asked: “{question}”"


# gaps

SORTING = "Sorting the questions…"
GAPS = "What people asked and no article answered, the newest first:"
NO_GAPS = "Nobody has asked anything in vain."


def asked_by(askers: int, times: int, day: str) -> str:
    people = "1 person" if askers == 1 else f"{askers} people"
    often = f", {times} times" if times > askers else ""
    return f"{people}{often}, last on {day}"


# pinned answers

A_PIN = "The question; to choose the words yourself: QUESTION | an article's own words"
WHICH_TO_PIN = (
    "Say for which question: /pin and the question. To choose the words yourself: the question, |"
    " and words exactly as an article has them (up to five times)."
)
PIN_OTHER_WORDS = "Other words: /pin with the question, | and words exactly as an article has them."
NOTHING_TO_PIN = "No article has anything near that question. Add one first with /ingest."
NOT_CITABLE = "These words give orders to a machine; such are never quoted. Choose others."
CHANGED_MEANWHILE = "That article has changed meanwhile. Call /pin again."
NO_SUCH_PIN = "That is not pinned (any more). /pins lists what is."
NOTHING_PINNED = "Nothing is pinned. /pin and a question lets you choose its answer."
PIN_CHANGED = "not served any more: an article of it has changed"
PINNED = "An admin of this library chose this answer."
UNPIN = "Unpin"
CORRECT_IT = "Choose the answer"


def choose_for(question: str) -> str:
    return f"Which of these is the answer to “{question}”?"


def pin_button(n: int) -> str:
    return f"Pin {n}"


def unpin_button(number: int) -> str:
    return f"Unpin {number}"


def pinned(question: str, answer: str) -> str:
    return f"Pinned to “{question}”: {answer}"


def unpinned(question: str) -> str:
    return f"Unpinned: “{question}” is answered anew from now on."


def not_in_articles(words: str) -> str:
    return f"“{words}” stands in no article, letter for letter. Copy the words from /article."


# cost

BUDGET_OF_PERSON = (
    "Your share of the language model is used up for today, so here are the articles' own words."
)
BUDGET_OF_CHAT = (
    "This chat's share of the language model is used up for today, so here are the articles' own"
    " words."
)
MODEL_NONE = "Answers are the articles' own words: no language model is set."
MODEL_WORKS = "A language model writes the answers."


def model_rests(faults: int, seconds: int) -> str:
    again = f"in {seconds} s" if seconds else "with the next question"
    return (
        f"The language model rests after {faults} faults in a row and is tried again {again};"
        " until then answers are the articles' own words."
    )


def spent_today(answers: int, sent: int, received: int, *, estimated: bool) -> str:
    tokens = f"{sent:,} tokens sent and {received:,} received"
    return (
        f"Today: {_count(answers, 'answer')} by it, {tokens}{' (estimated)' if estimated else ''}"
    )


def cost_today(cost: float) -> str:
    return f", cost {cost:.4f} by the prices set"


# evaluate


def not_a_set(folder: str, missing: str) -> str:
    needs = "corpus.jsonl, queries.jsonl and qrels.tsv"
    return f"{folder} is no evaluation set: {missing} is missing. It needs {needs}."


def broken_set(folder: str, fault: str) -> str:
    return f"The evaluation set {folder} can't be read: {fault}"


# sources on this machine (bot/sources.py)

WEB_ONLY = "Only http and https addresses are read. Give a web address, a file or a folder."
NO_PLAIN_FILE = "This is no plain file. Give a file, or pipe it in and name - as the source."
EMPTY_FOLDER = "The folder holds no files (hidden ones are passed over). Name another."


def no_such_source(why: str) -> str:
    reason = f" ({why})" if why else ""
    return (
        f"There is no such file or folder{reason}, and a web address starts with https://."
        " Check the path; to store a text, pipe it in and name - as the source."
    )


def unreadable(why: str) -> str:
    return f"The file cannot be read: {why}. Check its rights, or name another."


# the command line (bot/commands)

EMBEDDING = "Learning what the passages mean"


def nothing_read(sources: int) -> str:
    every = "the only source was" if sources == 1 else f"all {sources} sources were"
    return f"Nothing was read: {every} refused."


def embedding_waits(why: str) -> str:
    return f"stored, but found by words alone until the next ingest or chat: {why}"


# the terminal (bot/terminal_adapter.py)

WELCOME = "Ask me anything about your articles. /help lists the commands, /quit leaves."
LOADING_SAMPLES = "The library is empty: loading the sample articles first."
STOPPED = "Stopped."


def offer_samples(files: int) -> str:
    return f"The library is empty. Load the {files} sample articles? [Y/n] "


def samples_loaded(articles: int) -> str:
    return f"Loaded {_count(articles, 'article')}. Try: why did LeCun leave Meta?"


# the doctor (bot/checks.py)

EMBED_THE_REST = "The chat, or the next ingest, does the rest."
WORDS_ONLY = (
    "Words alone find passages. EMBEDDINGS=local, or a model at an endpoint, finds by meaning too."
)
NO_MODEL = (
    "None set: answers are made of the articles' own sentences. OPENAI_API_KEY or OPENAI_BASE_URL"
    " lets a model write them."
)
ALL_WELL = "All is well."
NOT_WELL = "Not all is well; see what failed."


def settings_read(platforms: Sequence[str]) -> str:
    return f"Platforms with a token: {', '.join(platforms) or 'none, so the terminal'}."


def no_fts5(version: str) -> str:
    return f"{version} has no FTS5. Install pysqlite3, or a Python whose SQLite has it."


def writable(address_: str) -> str:
    return f"{address_} can be opened and written."


def no_embedding(name: str, why: str) -> str:
    reason = why or "no answer in time"
    return f"{name} does not work ({reason}). EMBEDDINGS=none does without."


def embeds(name: str, dimensions: int) -> str:
    return f"{name} works ({dimensions} dimensions)."


def no_model(name: str, why: str) -> str:
    reason = why or "no answer in time"
    return f"{name} {reason}. Check OPENAI_BASE_URL, OPENAI_MODEL and the key."


def model_answers(name: str) -> str:
    return f"{name} answers."


# cleaning: why a line was cut, as the receipt says it


class Cut(StrEnum):
    """Why a piece of a source is no part of its article."""

    MEDIA = "a placeholder for a picture"
    CREDIT = "a picture credit"
    RULE = "a horizontal rule"
    REPEAT = "said before"
    TITLE = "repeats the title"
    LABEL = "a link label left over from the page"
    LINKS = "links to other articles"
    SHARE = "sharing buttons"
    AD = "the mark of an advertisement"
    PROMOTION = "a promotion"
    COOKIES = "a notice about cookies"
    FOOTER = "the foot of the page or letter"
    MENU = "the menu of the page"
    GREETING = "the greeting of a letter"
    MASTHEAD = "the name of the page or letter"
    INSTRUCTION = "an instruction left over for a translator or a model"
    ABOUT = "what a company says of itself"
    CONTACT = "whom to contact"
    PROGRAM = "a mark of the chat or mail program"


# feeds and sitemaps (handlers/feeds.py, polling.py, visits.py, gathering.py)

NO_FEED = "There is no feed behind that link, and its page names none. Send the feed's own link."
FEED_DEFINES = "This feed or sitemap defines entities of its own (a DTD) and is never read."
SUBSCRIBE = "Subscribe"
READING_MAPS = "Reading the sitemaps…"
READING_PAGES = "Reading pages…"
READING_FEED = "Reading the feed…"
WHICH_FEED = (
    "Say which feed: /feed and its link, or a page that names it. To change one: `pause`, `resume`,"
    " `poll`, `tell`, `hush` or `remove` and its number, as /feeds lists them."
)
NO_FEEDS = "This library is fed from nothing. /feed and a link subscribes to a feed."
MANY_FEEDS = "This library has as many feeds as it may have. Remove one first."
A_MAP = "That is a sitemap, which is not read again by itself. /ingest stores its pages once."
BUSY_FEED = "This feed is being read just now. Look again in a minute."
A_FEED = "A feed's link; or pause, resume, poll, tell, hush, remove and its number"
PAUSE, RESUME, POLL_NOW, REMOVE = "Pause", "Resume", "Poll now", "Remove"
TELL, HUSH = "Announce", "Be quiet"


def no_such_feed(number: str) -> str:
    return f"There is no feed {number} in this library. /feeds lists those that there are."


def feeds_text(title: str) -> str:
    return f"{title or 'a feed'} (the feed's own text)"


def gathered(title: str, took: int, total: int) -> str:
    if took >= total:
        return f"{title}: all {_count(total, 'entry', 'entries')}."
    return f"{title}: the {took} newest of {total:,} entries; the others were left out."


def own_texts(number: int) -> str:
    one = number == 1
    what = "1 article is" if one else f"{number} articles are"
    whose = "it" if one else "them"
    return f"{what} the feed's own text, as no page of {whose} could be read."


def refused_for(number: int, link: str, why: str) -> str:
    which = link if number == 1 else f"{link} and {number - 1} more"
    return f"Refused {which}: {why}"


def all_refused(number: int, why: str) -> str:
    return why if number == 1 else f"None of {number} pages could be read. The first: {why}"


def subscribed(title: str, when: str) -> str:
    return f"Subscribed to “{title}”, which is read again by itself, next at {when}."


def polled(title: str, fresh: int, when: str) -> str:
    new = _count(fresh, "new article") if fresh else "nothing new"
    return f"“{title}”: {new}. It is read next at {when}."


def unsubscribed(title: str) -> str:
    return f"“{title}” is not read any more. Its articles stay."


def paused(title: str) -> str:
    return f"“{title}” is not read until you resume it."


def resumed(title: str) -> str:
    return f"“{title}” is read again."


def told_of(title: str) -> str:
    return f"This chat is told of new articles of “{title}”."


def hushed(title: str) -> str:
    return f"New articles of “{title}” come without a word."


def feed_news(title: str, titles: Sequence[str], more: int) -> str:
    rest = f" and {more} more" if more else ""
    return f"New from “{title}”: {', '.join(f'“{each}”' for each in titles)}{rest}."


def feed_button(label: str, number: int) -> str:
    return f"{label} {number}"


def feed_gone(title: str, url: str) -> str:
    return (
        f"The feed “{title}” was taken away for good by its site, so I read it no more: {url}"
        " Its articles stay."
    )


def feed_state(state: str, last: str, due: str, fresh: int, stored: int, waiting: int) -> str:
    """`last` and `due` are times, empty where there are none."""
    said = [] if state == "active" else [state]
    said.append(f"last {last}" if last else "not read yet")
    if due:
        said.append(f"next {due}")
    said.append(f"{fresh} new, {stored} in all")
    if waiting:
        said.append(f"{waiting} still to read")
    return ", ".join(said)


def feed_faults(faults: int, why: str) -> str:
    often = "the last time" if faults == 1 else f"the last {faults} times"
    return f"could not be read {often}: {why}"


# answers whose sources differ (handlers/answering/sides.py)

UNDATED = "undated"


def sources_differ(earlier: str, later: str) -> str:
    """Each side as it is named: its number, and its date if it has one."""
    return f"Sources differ: {earlier} and {later}."


def corrected_later(earlier: str, later: str) -> str:
    return f"Corrected later: {later} takes back {earlier}."


def dated_source(number: int, published: str | None) -> str:
    return f"[{number}] ({published or UNDATED})"


# what is known already, and further versions (handlers/ingest.py, refresh, revert, diff, removed)

ALSO_HERE = "Also here:"
WHAT_CHANGED = "What changed"
ANOTHER_VERSION = "The version's number; without it, the one before"
FROM_VERSION = "The older version's number"
TO_VERSION = "The newer version's number"
CHANGED_SINCE = "That article has a newer version meanwhile. Look at it again with /article."
LAST = "last"
NOTHING_STORED_YET = "There is nothing to undo: nothing was stored in this library."
SHORTER = (
    "the page has lost most of its text. If that is right, /ingest with its link stores it as it is"
)
ANOTHER_TEXT = (
    "the page holds another text now. If that is right, /ingest with its link stores it as it is"
)
PUT_BACK_WHAT = "Press a button below /removed and an article's number, or name the pieces there."
NOTHING_CHANGED = "The two versions say the same."
NUMBERS_CHANGED = "Numbers that changed:"


def and_more(number: int) -> str:
    return f"and {number} more"


def what_was_cut(number: int) -> str:
    return f"What was cut (#{number})"


def no_address(title: str, number: int) -> str:
    return (
        f"“{title}” (article {number}) did not come from a link, so it can't be fetched again."
        " Send its new text with /ingest."
    )


def kept_version(title: str, number: int, version_: int, why: str) -> str:
    return f"“{title}” (article {number}) stays as version {version_} has it: {why.rstrip('.')}."


def unchanged(title: str, number: int, version_: int) -> str:
    return f"“{title}” (article {number}) is unchanged since version {version_}."


def refreshed(title: str, number: int, version_: int, what: str) -> str:
    return f"“{title}” (article {number}) has a new version, {version_}: {what}."


def changed(new: int, gone: int, other: int) -> str:
    """How many sentences."""
    counts = [f"{new} new" if new else "", f"{gone} gone" if gone else ""]
    counts.append(f"{other} changed" if other else "")
    said = ", ".join(filter(None, counts))
    return f"sentences: {said}" if said else "other spacing only"


def reverted(title: str, number: int, to: int, version_: int) -> str:
    return f"“{title}” (article {number}) is as version {to} was again, as version {version_}."


def is_newest(number: int, version_: int) -> str:
    return f"Version {version_} of article {number} is its newest already."


def only_one_version(title: str, number: int) -> str:
    return f"“{title}” (article {number}) has one version only."


def changes_of(title: str, number: int, before: int, after: int, what: str) -> str:
    return f"**{title}** · #{number} · version {before} → {after} · {what}"


def cut_from(title: str, number: int, version_: int, pieces: int) -> str:
    return f"Cut from **{title}** · #{number} · version {version_}: {_count(pieces, 'piece')}"


def nothing_cut(title: str, number: int, version_: int) -> str:
    return f"Nothing was cut from “{title}” (article {number}, version {version_})."


def put_back_button(n: int) -> str:
    return f"Put back {n}"


def put_back_all(reason: str, pieces: int) -> str:
    return f"Put back all {pieces}: {reason}"


def put_back(title: str, number: int, version_: int, pieces: Sequence[str]) -> str:
    said = ", ".join(f"“{each}”" for each in pieces)
    return f"Put back into “{title}” (article {number}), now version {version_}: {said}."


def put_back_how(number: int) -> str:
    return f"`/putback {number} N` puts one back, `/putback {number} all REASON` all of one reason."


def no_such_piece(number: int) -> str:
    return f"No such piece was cut from article {number}. /removed {number} lists them."


# backups (bot/commands/backup.py)

PIECES_OR_REASON = "Name pieces by their numbers, or a reason, not both."


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
