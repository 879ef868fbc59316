"""The encoder's graph: bytes multiplied without overflow, rounding that cuts nothing off."""

from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")


def run(matrix: np.ndarray, values: np.ndarray, bits: int, bytewise: bool) -> np.ndarray:
    from kb.lab.encoder.graph import DOMAIN, _Graph, rounded

    helper, floats = onnx.helper, onnx.TensorProto.FLOAT
    graph = _Graph(bits, 4, bytewise)
    bias = np.zeros(len(matrix), dtype=np.float32)
    graph.node("Identity", [graph.matmul("out", "in", rounded(matrix, bits), bias)], "result")
    made = helper.make_graph(
        graph.nodes,
        "one",
        [helper.make_tensor_value_info("in", floats, [None, matrix.shape[1]])],
        [helper.make_tensor_value_info("result", floats, [None, len(matrix)])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(DOMAIN, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (found,) = session.run(None, {"in": values})
    return np.asarray(found)


@pytest.mark.parametrize(("bits", "bytewise"), [(4, False), (8, True)])
def test_the_largest_numbers_do_not_overflow(bits: int, bytewise: bool) -> None:
    # Sums of two products in 16 bits would be cut off at 32,767 on older processors.
    matrix = np.ones((8, 384), dtype=np.float32)
    matrix[1::2] = -1
    values = np.ones((3, 384), dtype=np.float32)
    values[1] = -1
    exact = values @ matrix.T
    assert np.abs(run(matrix, values, bits, bytewise) / exact - 1).max() < 0.02


def test_rounding_to_eight_bits_is_close_and_nothing_is_cut_off() -> None:
    from kb.lab.encoder.graph import rounded

    matrix = np.random.default_rng(1).normal(size=(6, 64)).astype(np.float32)
    matrix[0, :32] = 0
    matrix[1, 5] = 40
    found = rounded(matrix, 8).floats(8)
    assert np.abs(found - matrix).max() < 40 / 128
    assert found[1, 5] == pytest.approx(40, rel=1e-3)
    assert not found[0, :32].any()
