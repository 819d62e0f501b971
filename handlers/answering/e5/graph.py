"""Writes the model as an ONNX graph with eight-bit weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from handlers.answering.e5.weights import Floats, Weights

_CONTRIB = "com.microsoft"  # onnxruntime's own operators
_OPSETS = {"": 18, _CONTRIB: 1}
_IR = 9


class _Graph:
    def __init__(self, epsilon: float) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._epsilon = epsilon

    def node(self, kind: str, inputs: list[str], domain: str = "", **attributes: int) -> str:
        name = f"{kind}{len(self.nodes)}"
        made = helper.make_node(kind, inputs, [name], None, None, domain, None, **attributes)
        self.nodes.append(made)
        return name

    def tensor(self, values: NDArray[np.generic]) -> str:
        name = f"t{len(self.tensors)}"
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def linear(self, x: str, weights: Floats, bias: Floats) -> str:
        """Add `x W + b` in eight bits, each output column with a scale of its own."""
        scales = np.maximum(np.abs(weights).max(axis=1), 1e-12) / 127
        rounded = np.round(weights / scales[:, None]).astype(np.int8).T
        inputs = [rounded, scales.astype(np.float32), np.zeros(len(scales), np.int8), bias]
        return self.node("DynamicQuantizeMatMul", [x, *map(self.tensor, inputs)], _CONTRIB)

    def normed(self, x: str, gain: Floats, bias: Floats) -> str:
        name = f"norm{len(self.nodes)}"
        inputs = [x, self.tensor(gain), self.tensor(bias)]
        made = helper.make_node("LayerNormalization", inputs, [name], epsilon=self._epsilon)
        self.nodes.append(made)
        return name


def build(weights: Weights) -> bytes:
    """Give the graph: rows of embedded tokens in; the mean of the last layer out, and the layer."""
    width = weights.shape.width
    graph = _Graph(weights.shape.epsilon)
    x = graph.normed("tokens", weights.floats("emb.ln.w"), weights.floats("emb.ln.b"))
    for layer in range(weights.shape.layers):
        x = _layer(graph, weights, f"l{layer}", x)
    mean = graph.node("ReduceMean", [x, graph.tensor(np.array([1]))], keepdims=0)
    tokens = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, "length", width])
    out = helper.make_tensor_value_info(mean, TensorProto.FLOAT, [1, width])
    states = helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "length", width])
    made = helper.make_graph(graph.nodes, "e5", [tokens], [out, states], graph.tensors)
    opsets = [helper.make_opsetid(*each) for each in _OPSETS.items()]
    model = helper.make_model(made, opset_imports=opsets, ir_version=_IR)
    return bytes(model.SerializeToString())


def _layer(graph: _Graph, weights: Weights, name: str, x: str) -> str:
    """One layer of the encoder: attention, then the wide middle, each added and normed."""
    width = weights.shape.width
    parts = [f"{name}.{part}" for part in "qkv"]
    wide = np.concatenate([weights.matrix(f"{part}.w", width) for part in parts])
    bias = np.concatenate([weights.floats(f"{part}.b") for part in parts])
    joined = graph.linear(x, wide, bias)
    split = [f"{part}.split" for part in parts]
    graph.nodes.append(helper.make_node("Split", [joined], split, axis=2, num_outputs=3))
    heads = weights.shape.heads
    seen = graph.node("MultiHeadAttention", split, _CONTRIB, num_heads=heads)
    seen = graph.linear(seen, weights.matrix(f"{name}.ao.w", width), weights.floats(f"{name}.ao.b"))
    x = graph.node("Add", [seen, x])
    x = graph.normed(x, weights.floats(f"{name}.aln.w"), weights.floats(f"{name}.aln.b"))
    bias = weights.floats(f"{name}.fi.b")
    middle = graph.linear(x, weights.matrix(f"{name}.fi.w", width), bias)
    middle = graph.node("Gelu", [middle], _CONTRIB)
    back = weights.matrix(f"{name}.fo.w", len(bias))
    middle = graph.linear(middle, back, weights.floats(f"{name}.fo.b"))
    x = graph.node("Add", [middle, x])
    return graph.normed(x, weights.floats(f"{name}.oln.w"), weights.floats(f"{name}.oln.b"))
