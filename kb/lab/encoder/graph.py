"""An encoder as an ONNX graph whose matrices stay in 4 or 8 bits.

The matrices are ``MatMulNBits`` nodes of onnxruntime: whole numbers in blocks of 32 along a
row with one scale each. With ``accuracy_level`` 4 the inputs are brought to 8 bits in the
same blocks and multiplied as whole numbers; the products of 4-bit weights cannot overflow
the 16-bit sums of processors without newer instructions, so the answer is the same on all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from kb.encoder.session import EMBEDDED, MASK, OUTPUT
from kb.lab.encoder.source import BLOCK, Blocks, Floats

DOMAIN = "com.microsoft"
LAYER_MATRICES = ("q.w", "k.w", "v.w", "ao.w", "fi.w", "fo.w")
LAYER_FLOATS = ("q.b", "k.b", "v.b", "ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a graph is made of. Names of matrices and floats as in ``Source``."""

    heads: int
    layers: int
    epsilon: float
    matrices: dict[str, Blocks]
    floats: dict[str, Floats]
    bits: int = 4
    """4 or 8: the middle of the numbers is 8 or 128."""
    head: tuple[Floats, Floats] | None = None
    """Weights [labels, hidden] and bias of a classifier of pieces."""


def rounded(matrix: Floats, bits: int) -> Blocks:
    """A matrix in whole numbers of ``bits`` bits, in blocks; the scale is the largest
    weight of the block, so nothing is cut off."""
    middle = 1 << (bits - 1)
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    at = np.abs(blocks).argmax(axis=2, keepdims=True)
    largest = np.take_along_axis(blocks, at, axis=2)[..., 0]
    scales = (largest / -middle).astype(np.float16)
    safe = np.where(scales == 0, 1, scales).astype(np.float32)
    numbers = np.clip(np.rint(blocks / safe[..., None]) + middle, 0, 2 * middle - 1)
    return Blocks(numbers.reshape(matrix.shape).astype(np.uint8), scales)


@dataclass(slots=True)
class _Graph:
    bits: int
    accuracy: int
    bytewise: bool = False
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    brought: set[str] = field(default_factory=set)

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **more: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **more))
        return output

    def matmul(self, name: str, value: str, blocks: Blocks, bias: Floats) -> str:
        if self.bytewise:
            return self.matmul_of_bytes(name, value, blocks.floats(self.bits), bias)
        rows, columns = blocks.numbers.shape
        numbers: npt.NDArray[Any] = blocks.numbers.reshape(rows, columns // BLOCK, BLOCK)
        if self.bits == 4:
            numbers = numbers[..., 0::2] | (numbers[..., 1::2] << 4)
        inputs = [
            value,
            self.constant(f"{name}.w", numbers),
            self.constant(f"{name}.s", blocks.scales.astype(np.float32)),
            "",
            "",
            self.constant(f"{name}.b", bias),
        ]
        return self.node(
            "MatMulNBits", inputs, name, DOMAIN,
            K=columns, N=rows, bits=self.bits, block_size=BLOCK, accuracy_level=self.accuracy,
        )  # fmt: skip

    def matmul_of_bytes(self, name: str, value: str, matrix: Floats, bias: Floats) -> str:
        """Both sides in bytes: a scale for each row of the matrix, one for all that comes in.

        Unsigned bytes on both sides: what processors without newer instructions add up in
        16 bits (unsigned with signed) could overflow, these products cannot.
        """
        scales = np.abs(matrix).max(axis=1) / 127
        numbers = (np.rint(matrix / scales[:, None]) + 128).astype(np.uint8)
        if f"{value}.n" not in self.brought:
            self.brought.add(f"{value}.n")
            outputs = [f"{value}.n", f"{value}.scale", f"{value}.middle"]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [value], outputs))
        middle = np.full(len(matrix), 128, dtype=np.uint8)
        inputs = [
            f"{value}.n",
            self.constant(f"{name}.w", numbers.T),
            f"{value}.middle",
            self.constant(f"{name}.z", middle),
        ]
        whole = self.node("MatMulInteger", inputs, f"{name}.i")
        floats = self.node("Cast", [whole], f"{name}.f", to=TensorProto.FLOAT)
        scale = self.node(
            "Mul", [f"{value}.scale", self.constant(f"{name}.s", scales.astype(np.float32))],
            f"{name}.x",
        )  # fmt: skip
        scaled = self.node("Mul", [floats, scale], f"{name}.y")
        return self.node("Add", [scaled, self.constant(f"{name}.b", bias)], name)

    def add_and_normalise(self, name: str, a: str, b: str, gain: Floats, shift: Floats,
                          epsilon: float) -> str:  # fmt: skip
        inputs = [a, b, self.constant(f"{name}.g", gain), self.constant(f"{name}.b", shift)]
        return self.node("SkipLayerNormalization", inputs, name, DOMAIN, epsilon=epsilon)


def _joined(parts: list[Blocks]) -> Blocks:
    return Blocks(
        np.concatenate([p.numbers for p in parts]), np.concatenate([p.scales for p in parts])
    )


def build(weights: Weights, accuracy: int = 4, bytewise: bool = False) -> onnx.ModelProto:
    """The graph: rows of the table of words and a mask in, vectors (or scores of labels) out."""
    graph = _Graph(weights.bits, accuracy, bytewise)
    f, m = weights.floats, weights.matrices
    hidden = f["emb.ln.w"].size
    places = f["emb.pos"] + f["emb.type"][:hidden]
    graph.constant("zero", np.array([0], np.int64))
    graph.constant("one", np.array([1], np.int64))
    graph.constant("parts", np.array([hidden] * 3, np.int64))
    graph.node("Shape", [MASK], "shape")
    graph.node("Slice", ["shape", "one", graph.constant("two", np.array([2], np.int64))], "length")
    graph.node("Slice", [graph.constant("places", places), "zero", "length", "zero"], "place")
    graph.node("Add", [EMBEDDED, "place"], "placed")
    x = graph.node(
        "LayerNormalization",
        ["placed", graph.constant("start.g", f["emb.ln.w"]),
         graph.constant("start.b", f["emb.ln.b"])],
        "start", epsilon=weights.epsilon,
    )  # fmt: skip
    for k in range(weights.layers):
        n = f"l{k}."
        joined = _joined([m[f"{n}{part}.w"] for part in "qkv"])
        bias = np.concatenate([f[f"{n}{part}.b"] for part in "qkv"])
        graph.matmul(f"{n}qkv", x, joined, bias)
        graph.nodes.append(
            helper.make_node("Split", [f"{n}qkv", "parts"], [f"{n}q", f"{n}k", f"{n}v"], axis=2)
        )
        graph.node(
            "MultiHeadAttention", [f"{n}q", f"{n}k", f"{n}v", "", MASK], f"{n}seen", DOMAIN,
            num_heads=weights.heads,
        )  # fmt: skip
        out = graph.matmul(f"{n}ao", f"{n}seen", m[f"{n}ao.w"], f[f"{n}ao.b"])
        x = graph.add_and_normalise(
            f"{n}aln", out, x, f[f"{n}aln.w"], f[f"{n}aln.b"], weights.epsilon
        )
        inner = graph.matmul(f"{n}fi", x, m[f"{n}fi.w"], f[f"{n}fi.b"])
        inner = graph.node("Gelu", [inner], f"{n}gelu", DOMAIN)
        out = graph.matmul(f"{n}fo", inner, m[f"{n}fo.w"], f[f"{n}fo.b"])
        x = graph.add_and_normalise(
            f"{n}oln", out, x, f[f"{n}oln.w"], f[f"{n}oln.b"], weights.epsilon
        )
    width = hidden
    if weights.head is not None:
        matrix, bias = weights.head
        width = len(bias)
        x = graph.node("MatMul", [x, graph.constant("head.w", matrix.T)], "head")
        x = graph.node("Add", [x, graph.constant("head.b", bias)], "scores")
    graph.node("Identity", [x], OUTPUT)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [
            helper.make_tensor_value_info(EMBEDDED, TensorProto.FLOAT, ["n", "length", hidden]),
            helper.make_tensor_value_info(MASK, TensorProto.INT32, ["n", "length"]),
        ],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["n", "length", width])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(DOMAIN, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8, producer_name="kb")


def write(weights: Weights, path: Path, accuracy: int = 4, bytewise: bool = False) -> None:
    """Write the graph to one file."""
    path.write_bytes(build(weights, accuracy, bytewise).SerializeToString(deterministic=True))
