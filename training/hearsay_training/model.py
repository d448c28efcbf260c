"""The network: a MiniLM encoder with heads over words."""

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from . import labels

# The published weights of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HIDDEN, HEADS = 6, 384, 12
ARC, RELATION, LINK = 192, 128, 160
DISTANCE_BUCKETS = 2 * len(labels.DISTANCE_BOUNDS) + 1


class Layer(nn.Module):
    """One BERT layer with plain matmul-softmax attention (the fused kernel's bf16 backward is slow on CPU)."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.out_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.down_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, bias):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # No dropout on the weights: on CPU it would cost as much as the products themselves.
        weights = torch.softmax(q * (HIDDEN // HEADS) ** -0.5 @ k.transpose(-1, -2) + bias, -1, dtype=q.dtype)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.out_norm(x + self.dropout(self.out(mixed)))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word embeddings and the layers; loads the published MiniLM weights."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)

    def load_base(self, path: Path):
        """Takes the published weights over; refuses any other file."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != BASE_SHA256:
            raise SystemExit(f"{path.name}: sha256 {digest} is not that of the published all-MiniLM-L6-v2 weights")
        base = load_file(path)
        state = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            # Only one segment is ever used, so its embedding is folded into the positions.
            "positions.weight": base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        for n in range(LAYERS):
            old, new = f"encoder.layer.{n}.", f"layers.{n}."
            for part in ("weight", "bias"):
                state[new + "qkv." + part] = torch.cat([base[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
                state[new + "out." + part] = base[f"{old}attention.output.dense.{part}"]
                state[new + "out_norm." + part] = base[f"{old}attention.output.LayerNorm.{part}"]
                state[new + "up." + part] = base[f"{old}intermediate.dense.{part}"]
                state[new + "down." + part] = base[f"{old}output.dense.{part}"]
                state[new + "down_norm." + part] = base[f"{old}output.LayerNorm.{part}"]
        self.load_state_dict(state)

    def forward(self, pieces, mask):
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]]
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled('cpu') else x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Tagger(nn.Module):
    """A label for each word."""

    def __init__(self, count):
        super().__init__()
        self.hidden = nn.Linear(HIDDEN, HIDDEN // 2)
        self.out = nn.Linear(HIDDEN // 2, count)
        self.dropout = nn.Dropout(0.2)

    def forward(self, words):
        return self.out(self.dropout(F.gelu(self.hidden(self.dropout(words)))))


class Parser(nn.Module):
    """Dependency arcs (Dozat and Manning 2017, the bilinear form folded into the projections) and their relations."""

    def __init__(self):
        super().__init__()
        self.arc_dependent = nn.Linear(HIDDEN, ARC)
        self.arc_bilinear = nn.Linear(ARC, ARC)
        self.arc_head = nn.Linear(HIDDEN, ARC)
        self.relation_dependent = nn.Linear(HIDDEN, RELATION)
        self.relation_head = nn.Linear(HIDDEN, RELATION)
        self.relation_out = nn.Linear(RELATION, len(labels.RELATION))
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.dropout = nn.Dropout(0.25)

    def states(self, words):
        """words [b, m, h] to arc states [b, m, ARC], [b, 1+m, ARC] and relation states likewise; row 0 of the heads is the root."""
        heads = torch.cat([self.root.expand(words.shape[0], 1, -1).to(words.dtype), words], 1)
        drop = self.dropout
        return (
            self.arc_bilinear(drop(F.gelu(self.arc_dependent(drop(words))))),
            drop(F.gelu(self.arc_head(drop(heads)))),
            self.relation_dependent(drop(words)),
            self.relation_head(drop(heads)),
        )

    def relation(self, dependent, head):
        """Relation scores of chosen pairs: states [k, RELATION] each to [k, labels]."""
        return self.relation_out(self.dropout(F.gelu(dependent + head)))


class Linker(nn.Module):
    """Given anchor words, a label for every word of the window."""

    def __init__(self, count):
        super().__init__()
        self.anchor = nn.Linear(HIDDEN, LINK)
        self.word = nn.Linear(HIDDEN, LINK)
        self.product_anchor = nn.Linear(HIDDEN, LINK)
        self.product_word = nn.Linear(HIDDEN, LINK)
        self.distance = nn.Embedding(DISTANCE_BUCKETS, LINK)
        self.hidden = nn.Linear(LINK, LINK // 2)
        self.out = nn.Linear(LINK // 2, count)
        self.dropout = nn.Dropout(0.15)

    def states(self, words):
        """words [m, h] to anchor states and word states, [m, 2 LINK] each."""
        words = self.dropout(words)
        return torch.cat([self.anchor(words), self.product_anchor(words)], -1), torch.cat([self.word(words), self.product_word(words)], -1)

    def score(self, anchors, words, buckets):
        """anchors [a, 2 LINK], words [a or 1, m, 2 LINK], distance buckets [a, m] to [a, m, labels]."""
        summed = anchors[:, None, :LINK] + words[..., :LINK] + self.distance(buckets)
        multiplied = anchors[:, None, LINK:] * words[..., LINK:]
        return self.out(F.gelu(self.hidden(self.dropout(F.gelu(summed + multiplied)))))


class Hearsay(nn.Module):
    """The encoder with all heads."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.tags = nn.ModuleDict({name: Tagger(len(tags)) for name, tags in labels.TAG_HEADS.items()})
        self.parser = Parser()
        self.links = nn.ModuleDict({name: Linker(len(tags)) for name, tags in labels.LINK_HEADS.items()})

    def words(self, pieces, mask, first):
        """States of words: that of the first word piece of each. pieces, mask [b, n]; first [b, m] to [b, m, HIDDEN]."""
        states = self.encoder(pieces, mask)
        return states.gather(1, first[..., None].expand(-1, -1, HIDDEN))


def distance_bucket(distance: int) -> int:
    """The bucket of a signed distance in words: 0 for the anchor itself, odd before it, even after it."""
    magnitude = abs(distance)
    index = next((n for n, bound in enumerate(labels.DISTANCE_BOUNDS) if magnitude <= bound), len(labels.DISTANCE_BOUNDS))
    return 0 if index == 0 else 2 * index - (1 if distance < 0 else 0)


MAX_DISTANCE = labels.DISTANCE_BOUNDS[-1] + 1
_BUCKETS = torch.tensor([distance_bucket(d) for d in range(-MAX_DISTANCE, MAX_DISTANCE + 1)])


def distance_buckets(anchors, count):
    """Buckets of every word 0..count relative to each of `anchors` [a]: [a, count]."""
    distance = torch.arange(count)[None, :] - anchors[:, None]
    return _BUCKETS[distance.clamp(-MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE]
