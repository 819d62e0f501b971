"""/pin lets an admin choose which words of the articles answer a question; /pins lists those."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.answering.embed import Embedder
from handlers.answering.gather import gather
from handlers.answering.orders import addresses_machine
from handlers.answering.pinned import key_of, shown, source_of
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retriever
from handlers.ask import MOST_CHARACTERS
from handlers.errors import BadUsage, NotFound
from handlers.markdown import escape, one_line
from handlers.messages import Action, Notice, Reply, Request
from handlers.numbers import is_number, numbers
from handlers.paging import page_of, turns
from storage.asked import Pin
from storage.records import Proof
from storage.store import Store

OFFERED = 5  # sentences to choose from
PAGE = 5  # pins of a page; each has a button
QUOTES = 5  # of one pinned answer
LONGEST = 300  # characters of a quote in a list
_BETWEEN = re.compile(r"\s*[|\n]\s*")


async def pin(
    request: Request, *, store: Store, retriever: Retriever, embedder: Embedder | None
) -> AsyncIterator[Reply]:
    """Offer sentences to pin to a question, or pin the words that follow it.

    The text is `QUESTION`, or `QUESTION | WORDS | WORDS…`, with words as an article has them.
    """
    question, *quotes = [part for part in _BETWEEN.split(request.text.strip()) if part] or [""]
    if not key_of(question) or len(question) > MOST_CHARACTERS or len(quotes) > QUOTES:
        raise BadUsage(phrases.WHICH_TO_PIN)
    if quotes:
        proofs = [await _found(request.library, words, store, retriever) for words in quotes]
        yield await _kept(request, question, proofs, store)
        return
    evidence = await gather(
        request.library, question, store=store, retriever=retriever, embedder=embedder
    )
    offered = _offered(evidence.ranked)
    if not offered:
        raise NotFound(phrases.NOTHING_TO_PIN)
    yield Notice(_choice(question, offered), _choices(question, offered))


async def choose(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Pin the sentence that a button names; the text is `ARTICLE VERSION START END QUESTION`."""
    *place, question = [*request.text.split(maxsplit=4), ""][:5]
    if not all(map(is_number, place)) or not key_of(question):
        raise BadUsage(phrases.WHICH_TO_PIN)
    yield await _kept(request, question, [Proof(*map(int, place))], store)


async def pins(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """List what is pinned, newest first; in a paged place the text may name a page."""
    page = (numbers(request, least=0, most=1) or [1])[0]
    yield await _listed(request, page, store)


async def unpin(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """Take a pin away, by its number, and list what is left."""
    (number,) = numbers(request, most=1)
    gone = await store.unpin(request.library, number, by=request.person.id)
    if gone is None:
        raise NotFound(phrases.NO_SUCH_PIN)
    yield await _listed(request, 1, store, phrases.unpinned(escape(one_line(gone.question))))


async def _kept(request: Request, question: str, proofs: Sequence[Proof], store: Store) -> Notice:
    """Pin, if every quote still stands in the newest version of its article."""
    for proof in proofs:
        article = await store.article(request.library, proof.article)
        source = await source_of(store, request.library, proof, 1)
        if article is None or source is None or article.version != proof.version:
            raise NotFound(phrases.CHANGED_MEANWHILE)
    new = Pin(request.library, key_of(question), question, request.person.id, tuple(proofs))
    number = await store.pin(new)
    text, _ = await shown(store, new)
    said = phrases.pinned(escape(one_line(question)), escape(one_line(text)))
    return Notice(said, (Action(phrases.UNPIN, "unpin", str(number)),))


async def _found(library: str, words: str, store: Store, retriever: Retriever) -> Proof:
    """Find words letter for letter, spacing aside, in the newest version of an article."""
    if addresses_machine(words):
        raise BadUsage(phrases.NOT_CITABLE)
    exact = re.compile(r"\s+".join(map(re.escape, words.strip('“”"').split())))
    found = await retriever.retrieve(library, words, 20)
    for article, number in dict.fromkeys(each.source for each in found.candidates):
        version = await store.version(library, article, number)
        if version and exact.pattern and (match := exact.search(version.text)):
            return Proof(article, number, *match.span())
    raise NotFound(phrases.not_in_articles(one_line(words, 80)))


def _offered(ranked: Sequence[Ranked]) -> list[Ranked]:
    citable = (each for each in ranked if not addresses_machine(each.quote))
    places = {(each.candidate.source, each.sentence.start): each for each in citable}
    return list(places.values())[:OFFERED]


def _choice(question: str, offered: Sequence[Ranked]) -> str:
    lines = [phrases.choose_for(escape(one_line(question))), ""]
    for n, each in enumerate(offered, 1):
        passage = each.candidate.passage
        title = escape(one_line(passage.title))
        quote = escape(one_line(each.quote, LONGEST))
        lines.append(f"- {n} · “{quote}” · **{title}** · #{passage.article}")
    return "\n".join([*lines, "", phrases.PIN_OTHER_WORDS])


def _choices(question: str, offered: Sequence[Ranked]) -> tuple[Action, ...]:
    return tuple(
        Action(
            phrases.pin_button(n),
            "choose",
            f"{each.candidate.passage.article} {each.candidate.passage.version}"
            f" {each.sentence.start} {each.sentence.end} {one_line(question)}",
        )
        for n, each in enumerate(offered, 1)
    )


async def _listed(request: Request, page: int, store: Store, head: str = "") -> Notice:
    every = await store.pins(request.library)
    size = PAGE if request.place.paged else len(every)
    part, page, pages = page_of(every, page, size)
    rows = [await _row(store, each) for each in part]
    if pages > 1:
        head = "\n\n".join(filter(None, [head, f"*{phrases.page(page, pages)}*"]))
    body = "\n".join(rows) or phrases.NOTHING_PINNED
    buttons = [Action(phrases.unpin_button(each.id), "unpin", str(each.id)) for each in part]
    turning = turns("pins", page, pages)
    actions = (*buttons, *turning) if request.place.paged else ()
    return Notice("\n\n".join(filter(None, [head, body])), actions)


async def _row(store: Store, pin: Pin) -> str:
    text, sources = await shown(store, pin)
    titles = ", ".join(dict.fromkeys(f"**{escape(one_line(each.title))}**" for each in sources))
    state = f" · {phrases.PIN_CHANGED}" if pin.changed else ""
    question, answer = escape(one_line(pin.question)), escape(one_line(text, LONGEST))
    return f"- {pin.id} · {question} → {answer} · {titles}{state}"
