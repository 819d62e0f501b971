"""The door to a model's endpoint: what it lets through, and what it makes of every fault."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from typing import Any

import openai  # noqa: F401 - heavy: loaded here, so that no test waits for it within SHORT
import pytest

from handlers.answering.breaker import FAULTS, REST, Breaker
from handlers.answering.meter import Meter
from handlers.answering.model import Limits, Message, Model
from handlers.answering.reasoning import ReasoningFilter
from handlers.errors import ModelFault
from tests.fakes.openai_server import (
    FOREVER,
    answers_json,
    chunk,
    completion,
    drips,
    event,
    head,
    openai_server,
    refuses,
    resets,
    says,
    sends,
    silent,
)

KEY = "sk-test-very-secret-0123456789"
ASKED: list[Message] = [{"role": "user", "content": "Why?"}]
SHORT = Limits(total=0.6, gap=0.3, length=500)


async def answer(base_url: str, limits: Limits = SHORT) -> str:
    model = Model(base_url, KEY, "tiny", limits)
    try:
        return "".join([text async for text in model.stream(ASKED)])
    finally:
        await model.close()


async def test_a_streamed_answer_arrives_whole() -> None:
    async with openai_server(says("The bridge ", "opens ", "[1].")) as server:
        assert await answer(server.base_url) == "The bridge opens [1]."
    assert server.paths == ["/v1/chat/completions"]
    assert server.requests[0] == {
        "model": "tiny",
        "messages": ASKED,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def test_the_answer_of_an_endpoint_that_cannot_stream_arrives_whole() -> None:
    async with openai_server(answers_json(completion("It opens [1]."))) as server:
        assert await answer(server.base_url) == "It opens [1]."


async def test_an_endpoint_without_a_key_is_asked_all_the_same() -> None:
    async with openai_server(says("Yes.")) as server:
        model = Model(server.base_url, None, "tiny", SHORT)
        assert [text async for text in model.stream(ASKED)] == ["Yes."]
        await model.close()


async def test_a_stream_that_goes_on_after_its_end_is_not_waited_for() -> None:
    script = sends(head(), chunk("Yes."), chunk(None, "stop"), then=FOREVER)
    async with openai_server(script) as server:
        assert await answer(server.base_url) == "Yes."


STREAM_FAULTS = {
    "no finish reason": sends(head(), chunk("Yes."), b"data: [DONE]\n\n"),
    "cut stream": sends(head(), chunk("Yes.")),
    "reset in mid-stream": resets(head(), chunk("Yes.")),
    "silence in mid-stream": sends(head(), chunk("Yes."), then=FOREVER),
    "silence before the first byte": silent(),
    "silence after the head": sends(head(), then=FOREVER),
    "one byte at a time": drips(head() + chunk("Yes.") * 20 + chunk(None, "stop"), 0.01),
    "a comment now and then": sends(head(), *[b": alive\n\n"] * 100, gap=0.05),
    "a slow chunk now and then": sends(head(), *[chunk("a")] * 100, gap=0.05),
    "length": says("The council", finish="length"),
    "content filter": says("I", finish="content_filter"),
    "unknown finish reason": says("I", finish="error"),
    "empty finish reason": sends(head(), chunk("Yes.", "")),
    "empty choices": sends(head(), event({"choices": []})),
    "null choices": sends(head(), event({"choices": None})),
    "choices of strings": sends(head(), event({"choices": ["a"]})),
    "choices as an object": sends(head(), event({"choices": {"a": 1}})),
    "delta null": sends(head(), event({"choices": [{"delta": None}]})),
    "content of a number": sends(head(), chunk(5, "stop")),
    "content of parts": sends(head(), chunk([{"type": "text", "text": "a"}], "stop")),
    "event of a list": sends(head(), event([1, 2])),
    "event of a string": sends(head(), event("text")),
    "event of null": sends(head(), event(None)),
    "deep JSON": sends(head(), b"data: " + b"[" * 200_000 + b"\n\n"),
    "broken JSON": sends(head(), b'data: {"choices": [{"del\n\n'),
    "not UTF-8": sends(head(), b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n'),
    "error event": sends(head(), event({"error": {"message": f"bad {KEY}"}})),
    "refusal": sends(head(), chunk(None, None, refusal="I can't"), chunk(None, "stop")),
    "tool call": sends(head(), chunk(None, "stop", tool_calls=[{"id": "a", "index": 0}])),
    "tool call finish": says("", finish="tool_calls"),
    "no end": sends(head(), *[chunk("all work and no play " * 5)] * 20, then=FOREVER),
    "HTML": sends(head(200, "text/html") + b"<html>Sign in</html>"),
    "HTML called a stream": sends(head() + b"<html>Sign in</html>\n\n"),
    "not HTTP": sends(b"220 mail.example ESMTP\r\n"),
    "nothing at all": sends(b""),
    "bad compression": sends(head(content_encoding="gzip") + b"not gzip"),
    "JSON cut short": answers_json('{"choices": [{"mess'),
    "JSON without choices": answers_json({}),
    "JSON null": answers_json("null"),
    "JSON with null choices": answers_json({"choices": None}),
    "JSON null message": answers_json({"choices": [{"message": None, "finish_reason": None}]}),
    "JSON refusal": answers_json(completion(None, refusal="I can't")),
    "JSON filtered": answers_json(completion("I", "content_filter")),
    "JSON without end": answers_json(completion("a" * 9_000)),
    "JSON in UTF-16": sends(head(200, "application/json") + "{}".encode("utf-16")[:5]),
    "bad request": refuses(400),
    "wrong key": refuses(401, f'{{"error": {{"message": "Wrong key: {KEY}"}}}}'),
    "forbidden": refuses(403),
    "wrong model": refuses(404, '{"error": {"message": "no such model"}}'),
    "too many, wait long": refuses(429, retry_after="120"),
    "too many, nonsense wait": refuses(429, retry_after="soon"),
    "broken": refuses(500),
    "broken, HTML": sends(head(502, "text/html") + b"<html>"),
    "overloaded": refuses(503),
    "an error dripped": drips(head(500) + b"x" * 1000, 0.01),
    "redirect to nowhere": refuses(302, location="http://127.0.0.1:1/"),
}


@pytest.mark.parametrize("fault", STREAM_FAULTS)
async def test_every_fault_of_an_endpoint_is_a_model_fault_that_keeps_the_secret(
    fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with openai_server(STREAM_FAULTS[fault]) as server, asyncio.timeout(10):
        with pytest.raises(ModelFault) as caught:
            await answer(server.base_url)
    assert str(caught.value)
    assert len(str(caught.value)) < 80
    assert KEY not in str(caught.value) + caplog.text
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_an_endpoint_that_is_not_there_is_a_model_fault() -> None:
    async with openai_server(says("gone")) as server:
        address = server.base_url
    with pytest.raises(ModelFault, match="cannot be reached"):
        await answer(address, Limits(total=5))


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://127.0.0.1", "http://[bad", "http://"])
async def test_an_address_that_is_none_is_a_model_fault(address: str) -> None:
    with pytest.raises(ModelFault):
        await answer(address or "http:///v1", Limits(total=5))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_fault_that_may_pass_is_tried_once_more(status: int) -> None:
    async with openai_server(refuses(status), says("Yes.")) as server:
        assert await answer(server.base_url, Limits(total=10)) == "Yes."
    assert len(server.requests) == 2


async def test_a_fault_that_stays_is_tried_no_more_than_twice() -> None:
    async with openai_server(refuses(500)) as server:
        with pytest.raises(ModelFault, match="500"):
            await answer(server.base_url, Limits(total=10))
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_fault_that_cannot_pass_is_not_tried_again(status: int) -> None:
    async with openai_server(refuses(status)) as server:
        with pytest.raises(ModelFault, match=str(status)):
            await answer(server.base_url, Limits(total=10))
    assert len(server.requests) == 1


async def test_a_short_wait_asked_for_is_waited_and_a_long_one_is_not() -> None:
    loop = asyncio.get_running_loop()
    async with openai_server(refuses(429, retry_after="1"), says("Yes.")) as server:
        began = loop.time()
        assert await answer(server.base_url, Limits(total=10)) == "Yes."
        assert loop.time() - began >= 1
    async with openai_server(refuses(429, retry_after="120"), says("Yes.")) as server:
        with pytest.raises(ModelFault, match="429"):
            await answer(server.base_url, Limits(total=10))
    assert len(server.requests) == 1


async def test_nothing_is_tried_again_once_the_stream_began() -> None:
    async with openai_server(resets(head(), chunk("Yes.")), says("Yes.")) as server:
        with pytest.raises(ModelFault):
            await answer(server.base_url, Limits(total=10))
    assert len(server.requests) == 1


async def test_reasoning_never_comes_out() -> None:
    pieces = ["<th", "ink>secret", " plan</thi", "nk>The bridge", " <b", "> opens <"]
    async with openai_server(says(*pieces)) as server:
        assert await answer(server.base_url) == "The bridge <b> opens <"


async def test_reasoning_in_a_field_of_its_own_never_comes_out() -> None:
    script = sends(head(), chunk(None, None, reasoning_content="secret"), chunk("Yes.", "stop"))
    async with openai_server(script) as server:
        assert await answer(server.base_url) == "Yes."


def test_reasoning_that_is_never_closed_swallows_the_rest() -> None:
    thoughts = ReasoningFilter()
    assert thoughts.feed("a <think>b") + thoughts.feed(" c") + thoughts.finish() == "a "


def test_a_breaker_opens_after_faults_in_a_row_and_probes_after_its_rest() -> None:
    now = 0.0
    breaker = Breaker(lambda: now)
    for _ in range(FAULTS):
        breaker.check()
        breaker.failed()
    assert breaker.open
    with pytest.raises(ModelFault, match="resting"):
        breaker.check()
    now = REST
    breaker.check()
    with pytest.raises(ModelFault, match="resting"):
        breaker.check()
    breaker.succeeded()
    breaker.check()
    assert not breaker.open


def test_a_success_between_faults_keeps_the_breaker_shut() -> None:
    breaker = Breaker()
    for _ in range(3 * FAULTS):
        breaker.failed()
        breaker.succeeded()
    breaker.check()


async def test_an_endpoint_that_keeps_failing_is_left_alone() -> None:
    async with openai_server(refuses(401)) as server:
        model = Model(server.base_url, KEY, "tiny", SHORT)
        for _ in range(FAULTS + 3):
            with pytest.raises(ModelFault):
                await anext(model.stream(ASKED))
        await model.close()
    assert len(server.requests) == FAULTS


async def test_leaving_an_answer_half_read_lets_go_of_the_connection() -> None:
    async with openai_server(sends(head(), chunk("a"), then=FOREVER)) as server:
        model = Model(server.base_url, KEY, "tiny", Limits())
        stream = model.stream(ASKED)
        assert await anext(stream) == "a"
        await stream.aclose()
        await model.close()


VECTORS = {"data": [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [1.5, 0]}]}


async def test_embeddings_come_in_the_order_of_the_texts() -> None:
    async with openai_server(answers_json(VECTORS)) as server:
        model = Model(server.base_url, KEY, "e5", SHORT)
        assert await model.embeddings(["a", "b"]) == [[1.5, 0.0], [0.0, 2.0]]
        await model.close()
    assert server.paths == ["/v1/embeddings"]


EMBEDDING_FAULTS = {
    "too few": answers_json({"data": [{"index": 0, "embedding": [1.0]}]}),
    "no data": answers_json({}),
    "null": answers_json("null"),
    "same index": answers_json({"data": [{"index": 0, "embedding": [1.0]}] * 2}),
    "uneven": answers_json({"data": [{"embedding": [1.0]}, {"embedding": [1.0, 2.0]}]}),
    "not numbers": answers_json({"data": [{"embedding": ["a"]}, {"embedding": ["b"]}]}),
    "not finite": answers_json('{"data": [{"embedding": [NaN]}, {"embedding": [1]}]}'),
    "empty vectors": answers_json({"data": [{"embedding": []}, {"embedding": []}]}),
    "HTML": answers_json("<html>", "text/html"),
    "broken JSON": answers_json('{"data": ['),
    "silent": silent(),
    "wrong key": refuses(401),
}


@pytest.mark.parametrize("fault", EMBEDDING_FAULTS)
async def test_every_fault_of_an_embeddings_endpoint_is_a_model_fault(fault: str) -> None:
    async with openai_server(EMBEDDING_FAULTS[fault]) as server:
        model = Model(server.base_url, KEY, "e5", SHORT)
        with pytest.raises(ModelFault):
            await model.embeddings(["a", "b"])
        await model.close()


def test_the_sdk_is_not_loaded_before_the_first_question() -> None:
    code = "import sys, handlers.answering.model; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def told(sent: object = 120, received: object = 7, **more: Any) -> bytes:
    """What OpenAI sends behind the end: a chunk without choices, with the tokens."""
    usage = {"prompt_tokens": sent, "completion_tokens": received}
    return event({"choices": [], "usage": usage, **more})


async def metered(base_url: str) -> Meter:
    meter = Meter()
    model = Model(base_url, None, "tiny", SHORT)
    try:
        async for _ in model.stream(ASKED, meter):
            pass
    except ModelFault:
        pass
    finally:
        await model.close()
    return meter


END = chunk(None, "stop")
USAGES = {
    "behind the end": sends(head(), chunk("Yes."), END, told(), b"data: [DONE]\n\n"),
    "behind the end, which stays open": sends(head(), chunk("Yes."), END, told(), then=FOREVER),
    "behind an empty chunk": sends(head(), chunk("Yes."), END, event({"choices": []}), told()),
    "with the first chunk": sends(head(), told(), chunk("Yes."), END),
    "whole": answers_json(
        {**completion("Yes."), "usage": {"prompt_tokens": 120, "completion_tokens": 7}}
    ),
}
GUESSES = {
    "none": says("Yes, it opens in May."),
    "none, and it stays open": sends(head(), chunk("Yes, it opens in May."), END, then=FOREVER),
    "nonsense": sends(head(), chunk("Yes, it opens in May."), END, told("many", -1)),
    "a fault in mid-answer": resets(head(), chunk("Yes, it opens in May.")),
}


@pytest.mark.parametrize("usage", USAGES)
async def test_the_tokens_that_an_endpoint_tells_are_counted(usage: str) -> None:
    async with openai_server(USAGES[usage]) as server, asyncio.timeout(10):
        assert await metered(server.base_url) == Meter(120, 7, estimated=False)


@pytest.mark.parametrize("usage", GUESSES)
async def test_where_it_tells_none_they_are_estimated(usage: str) -> None:
    async with openai_server(GUESSES[usage]) as server, asyncio.timeout(10):
        assert await metered(server.base_url) == Meter(1, 6, estimated=True)


async def test_a_call_that_is_refused_costs_nothing() -> None:
    async with openai_server(refuses(401)) as server:
        assert not (await metered(server.base_url)).used


@pytest.mark.parametrize("status", [400, 422])
async def test_an_endpoint_that_does_not_know_how_to_tell_tokens_is_asked_without(
    status: int,
) -> None:
    async with openai_server(refuses(status), says("Yes."), says("Yes.")) as server:
        model = Model(server.base_url, KEY, "tiny", SHORT)
        for _ in range(2):
            assert [text async for text in model.stream(ASKED)] == ["Yes."]
        await model.close()
    assert ["stream_options" in each for each in server.requests] == [True, False, False]


async def test_a_request_that_is_refused_for_another_reason_is_tried_no_third_time() -> None:
    async with openai_server(refuses(400)) as server:
        with pytest.raises(ModelFault, match="400"):
            await answer(server.base_url, Limits(total=10))
    assert len(server.requests) == 2
