"""The trained network as one ONNX file, its graph written out here node by node.

usage: python -m hearsay_training.export --weights FILE --base FOLDER --out FILE [--float]

One file, three entry points; a run computes only what the wanted outputs need:

  pieces [n] i32, first [m] i32   ->  the tag heads `tag.H` [m, labels]; `arc` [m, 1+m] (column 0 the root);
                                      `relation.dependent` [m, r], `relation.head` [1+m, r];
                                      `H.anchor` and `H.word` [m, s] for each link head H
  relation.dependent.in, relation.head.in, heads [m] i32 (rows of relation.head)   ->  `relation` [m, labels]
  H.anchor.in, H.word.in, H.anchors [a] i32, H.buckets [a, m] i32                  ->  `link.H` [a, m, labels]

There is no batch dimension: a window is read alone, so its scores can not depend on what else is read.
Matrix products are int8: weights per output channel, activations per tensor, found anew for each window.
The vocabulary and the label lists travel in the file's metadata.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from . import labels
from .model import HEADS, HIDDEN, LAYERS, LINK, Hearsay


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self, quantize):
        self.nodes, self.constants, self.quantized, self.quantize = [], [], {}, quantize
        self.count = 0

    def const(self, name, array):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, inputs, out=None, outputs=1, **attributes):
        self.count += 1
        names = [out] if out else [f"{kind}_{self.count}" + (f"_{k}" if outputs > 1 else "") for k in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names if outputs > 1 else names[0]

    def linear(self, x, name, layer, out=None):
        """x [.., in] times a torch Linear; int8 where quantising, the quantised x shared by all who read it."""
        weight, bias = layer.weight.detach().float().numpy().T, layer.bias.detach().float().numpy()
        bias = self.const(name + ".bias", bias)
        if not self.quantize:
            return self.op("Add", [self.op("MatMul", [x, self.const(name + ".weight", weight)]), bias], out)
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        rounded = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        if x not in self.quantized:
            self.quantized[x] = self.op("DynamicQuantizeLinear", [x], outputs=3)
        q, x_scale, x_zero = self.quantized[x]
        product = self.op("MatMulInteger", [q, self.const(name + ".weight", rounded), x_zero, self.const(name + ".zero", np.zeros(len(scale), np.int8))])
        scales = self.op("Mul", [x_scale, self.const(name + ".scale", scale.astype(np.float32))])
        return self.op("Add", [self.op("Mul", [self.op("Cast", [product], to=TensorProto.FLOAT), scales]), bias], out)

    def gelu(self, x):
        return self.op("Gelu", [x])

    def norm(self, x, name, layer):
        parts = [self.const(f"{name}.{p}", getattr(layer, p).detach().float().numpy()) for p in ("weight", "bias")]
        return self.op("LayerNormalization", [x] + parts, epsilon=1e-12)

    def table(self, name, weight, index):
        """Rows of an embedding table; int8 with a scale a row where quantising."""
        weight = weight.detach().float().numpy()
        if not self.quantize:
            return self.op("Gather", [self.const(name, weight), index])
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        rounded = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        row = self.op("Cast", [self.op("Gather", [self.const(name, rounded), index])], to=TensorProto.FLOAT)
        return self.op("Mul", [row, self.op("Gather", [self.const(name + ".scale", scale.astype(np.float32)), index])])


def encoder(g, model):
    """pieces to the states of words [m, HIDDEN]."""
    e, size = model.encoder, HIDDEN // HEADS
    one = g.const("one", np.array([1], np.int64))
    zero = g.const("zero", np.array([0], np.int64))
    length = g.op("Shape", ["pieces"])
    positions = g.op("Slice", [g.const("positions", e.positions.weight.detach().numpy()[: labels.MAX_PIECES]), zero, length, zero, one])
    x = g.norm(g.op("Add", [g.table("words", e.words.weight, "pieces"), positions]), "norm", e.norm)
    split = g.const("heads.shape", np.array([-1, HEADS, size], np.int64))
    join = g.const("states.shape", np.array([-1, HIDDEN], np.int64))
    scale = g.const("attention.scale", np.array(size**-0.5, np.float32))
    for n, layer in enumerate(e.layers[:LAYERS]):
        name = f"layer.{n}."
        q, k, v = g.op("Split", [g.linear(x, name + "qkv", layer.qkv)], outputs=3, axis=1, num_outputs=3)
        q, v = (g.op("Transpose", [g.op("Reshape", [t, split])], perm=[1, 0, 2]) for t in (q, v))
        k = g.op("Transpose", [g.op("Reshape", [k, split])], perm=[1, 2, 0])
        weights = g.op("Softmax", [g.op("MatMul", [g.op("Mul", [q, scale]), k])], axis=-1)
        mixed = g.op("Reshape", [g.op("Transpose", [g.op("MatMul", [weights, v])], perm=[1, 0, 2]), join])
        x = g.norm(g.op("Add", [x, g.linear(mixed, name + "out", layer.out)]), name + "out_norm", layer.out_norm)
        inner = g.linear(g.gelu(g.linear(x, name + "up", layer.up)), name + "down", layer.down)
        x = g.norm(g.op("Add", [x, inner]), name + "down_norm", layer.down_norm)
    return g.op("Gather", [x, "first"])


def heads(g, model, words):
    """All outputs of the first entry point, and the two others."""
    for h, tagger in model.tags.items():
        g.linear(g.gelu(g.linear(words, f"tag.{h}.hidden", tagger.hidden)), f"tag.{h}.out", tagger.out, out=f"tag.{h}")
    p = model.parser
    rooted = g.op("Concat", [g.const("root", p.root.detach().float().numpy()[None]), words], axis=0)
    dependent = g.linear(g.gelu(g.linear(words, "arc_dependent", p.arc_dependent)), "arc_bilinear", p.arc_bilinear)
    head = g.gelu(g.linear(rooted, "arc_head", p.arc_head))
    g.op("MatMul", [dependent, g.op("Transpose", [head], perm=[1, 0])], "arc")
    g.linear(words, "relation_dependent", p.relation_dependent, out="relation.dependent")
    g.linear(rooted, "relation_head", p.relation_head, out="relation.head")
    pair = g.op("Add", ["relation.dependent.in", g.op("Gather", ["relation.head.in", "heads"])])
    g.linear(g.gelu(pair), "relation_out", p.relation_out, out="relation")
    middle, last = g.const("axis.1", np.array([1], np.int64)), g.const("axis.0", np.array([0], np.int64))
    for h, linker in model.links.items():
        for side in ("anchor", "word"):
            parts = [g.linear(words, f"{h}.{x}", getattr(linker, x)) for x in (side, "product_" + side)]
            g.op("Concat", parts, f"{h}.{side}", axis=1)
        chosen = g.op("Gather", [f"{h}.anchor.in", f"{h}.anchors"])
        add_anchor, mul_anchor = g.op("Split", [g.op("Unsqueeze", [chosen, middle])], outputs=2, axis=2, num_outputs=2)
        add_word, mul_word = g.op("Split", [g.op("Unsqueeze", [f"{h}.word.in", last])], outputs=2, axis=2, num_outputs=2)
        distance = g.op("Gather", [g.const(f"{h}.distance", linker.distance.weight.detach().float().numpy()), f"{h}.buckets"])
        joined = g.op("Add", [g.op("Add", [g.op("Add", [add_anchor, add_word]), distance]), g.op("Mul", [mul_anchor, mul_word])])
        g.linear(g.gelu(g.linear(g.gelu(joined), f"{h}.hidden", linker.hidden)), f"{h}.out", linker.out, out=f"link.{h}")


def build(model, vocabulary, quantize=True):
    """The whole file as an ONNX model."""
    g = Graph(quantize)
    heads(g, model, encoder(g, model))
    i32, f32 = TensorProto.INT32, TensorProto.FLOAT
    relation = model.parser.relation_out.in_features

    def value(name, kind, *shape):
        return helper.make_tensor_value_info(name, kind, list(shape))

    inputs = [value("pieces", i32, "n"), value("first", i32, "m"), value("heads", i32, "m")]
    inputs += [value("relation.dependent.in", f32, "m", relation), value("relation.head.in", f32, "m1", relation)]
    outputs = [value(f"tag.{h}", f32, "m", len(x)) for h, x in labels.TAG_HEADS.items()]
    outputs += [value("arc", f32, "m", "m1"), value("relation.dependent", f32, "m", relation), value("relation.head", f32, "m1", relation)]
    outputs.append(value("relation", f32, "m", len(labels.RELATION)))
    for h, x in labels.LINK_HEADS.items():
        inputs += [value(f"{h}.anchor.in", f32, "m", 2 * LINK), value(f"{h}.word.in", f32, "m", 2 * LINK)]
        inputs += [value(f"{h}.anchors", i32, f"{h}_a"), value(f"{h}.buckets", i32, f"{h}_a", "m")]
        outputs += [value(f"{h}.anchor", f32, "m", 2 * LINK), value(f"{h}.word", f32, "m", 2 * LINK), value(f"link.{h}", f32, f"{h}_a", "m", len(x))]
    graph = helper.make_graph(g.nodes, "hearsay", inputs, outputs, g.constants)
    model_file = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="hearsay-training")
    manifest = {
        "max_pieces": labels.MAX_PIECES,
        "left_context": labels.LEFT_CONTEXT,
        "right_context": labels.RIGHT_CONTEXT,
        "distance_bounds": labels.DISTANCE_BOUNDS,
        "relation": labels.RELATION,
        "tags": labels.TAG_HEADS,
        "links": labels.LINK_HEADS,
    }
    helper.set_model_props(model_file, {"vocabulary": vocabulary, "manifest": json.dumps(manifest)})
    return model_file


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--float", action="store_true", help="keep f32 (to compare with)")
    a = ap.parse_args()
    model = Hearsay()
    model.load_state_dict(torch.load(a.weights, map_location="cpu"))
    built = build(model.eval(), (a.base / "vocab.txt").read_text(encoding="utf-8"), not a.float)
    onnx.checker.check_model(built)
    a.out.write_bytes(built.SerializeToString())
    print(f"{a.out}: {a.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
