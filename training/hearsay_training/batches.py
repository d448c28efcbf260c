"""Samples to windows of word pieces, and windows to padded batches."""

import random
from dataclasses import dataclass

import torch
from tokenizers import BertWordPieceTokenizer

from . import labels
from .model import distance_buckets
from .samples import UNKNOWN

ROOM = labels.MAX_PIECES - 2


class Pieces:
    """Word pieces of words, by the vocabulary of the base."""

    def __init__(self, vocabulary):
        self.tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self.cache = {}

    def of(self, word):
        """Ids of a word's pieces; at least one (the unknown piece)."""
        if word not in self.cache:
            self.cache[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:32] or [100]
        return self.cache[word]


@dataclass
class Window:
    """Words [lo, hi) of a sample; those in [core_lo, core_hi) are read here, the others are context."""

    sample: object
    lo: int
    hi: int
    core_lo: int
    core_hi: int
    pieces: int


def windows(sample, pieces, core=None):
    """Cuts a sample into windows of whole sentences with context on both sides, as the product does.

    `core` limits the pieces of a window's core (training varies it, so that short texts are known too).
    """
    sizes = [len(pieces.of(w)) for w in sample.words]
    bounds = [n for n in range(len(sizes)) if n == 0 or sample.sentence[n] != sample.sentence[n - 1]] + [len(sizes)]
    total = sum(sizes)
    if core is None and total <= ROOM:
        return [Window(sample, 0, len(sizes), 0, len(sizes), total)]
    core = min(core or ROOM, ROOM - labels.LEFT_CONTEXT - labels.RIGHT_CONTEXT)
    units = []  # sentences, the longest cut hard
    for a, b in zip(bounds, bounds[1:]):
        start, size = a, 0
        for n in range(a, b):
            if size + sizes[n] > core:
                units.append((start, n, size))
                start, size = n, 0
            size += sizes[n]
        units.append((start, b, size))
    out, i = [], 0
    while i < len(units):
        j, size = i, 0
        while j < len(units) and (j == i or size + units[j][2] <= core):
            size += units[j][2]
            j += 1
        lo, left = i, 0
        while lo > 0 and left + units[lo - 1][2] <= labels.LEFT_CONTEXT:
            lo -= 1
            left += units[lo][2]
        hi, right = j, 0
        while hi < len(units) and right + units[hi][2] <= labels.RIGHT_CONTEXT:
            right += units[hi][2]
            hi += 1
        out.append(Window(sample, units[lo][0], units[hi - 1][1], units[i][0], units[j - 1][1], size + left + right))
        i = j
    return out


def batches(groups, pieces, budget, rng):
    """Shuffled batches of about `budget` padded pieces. groups: [(samples, times)]; a fraction of times takes a random part."""
    cut = []
    for samples, times in groups:
        chosen = samples * int(times)
        chosen += rng.sample(samples, round(len(samples) * (times - int(times))))
        for s in chosen:
            cut += windows(s, pieces, rng.choice([None, None, 160, 96, 48, 24]))
    rng.shuffle(cut)
    out = []
    # Sorting within large chunks keeps the padding small and the order random.
    for at in range(0, len(cut), 400):
        chunk = sorted(cut[at : at + 400], key=lambda w: w.pieces)
        batch, width = [], 0
        for w in chunk:
            width = max(width, w.pieces + 2)
            if batch and width * (len(batch) + 1) > budget:
                out.append(batch)
                batch, width = [], w.pieces + 2
            batch.append(w)
        if batch:
            out.append(batch)
    rng.shuffle(out)
    return out


def collate(batch, pieces):
    """Tensors of a batch of windows."""
    n = max(w.pieces for w in batch) + 2
    m = max(w.hi - w.lo for w in batch)
    ids = torch.zeros(len(batch), n, dtype=torch.long)
    mask = torch.zeros(len(batch), n, dtype=torch.bool)
    first = torch.zeros(len(batch), m, dtype=torch.long)
    sentence = torch.full((len(batch), m), -1)
    tags = {h: torch.full((len(batch), m), UNKNOWN) for h in labels.TAG_HEADS}
    heads = torch.full((len(batch), m), UNKNOWN)
    relations = torch.full((len(batch), m), UNKNOWN)
    links = {h: {"window": [], "anchor": [], "label": []} for h in labels.LINK_HEADS}
    for b, w in enumerate(batch):
        s, count = w.sample, w.hi - w.lo
        row, at = [101], []
        for word in s.words[w.lo : w.hi]:
            at.append(len(row))
            row += pieces.of(word)
        row.append(102)
        ids[b, : len(row)] = torch.tensor(row)
        mask[b, : len(row)] = True
        first[b, :count] = torch.tensor(at)
        sentence[b, :count] = torch.tensor(s.sentence[w.lo : w.hi])
        for h, values in s.tags.items():
            tags[h][b, :count] = torch.tensor(values[w.lo : w.hi])
        if s.heads is not None:
            for k in range(w.lo, w.hi):
                head = s.heads[k]
                # 0 is the root, word k of the window is k + 1; a head outside the window is unknown.
                if head == -1:
                    heads[b, k - w.lo] = 0
                elif w.lo <= head < w.hi:
                    heads[b, k - w.lo] = head - w.lo + 1
                relations[b, k - w.lo] = s.relations[k] if heads[b, k - w.lo] >= 0 else UNKNOWN
        for h, anchors in s.links.items():
            for anchor, roles in anchors.items():
                if w.core_lo <= anchor < w.core_hi:
                    label = torch.full((m,), UNKNOWN)
                    label[:count] = 0
                    for k, value in roles.items():
                        if w.lo <= k < w.hi:
                            label[k - w.lo] = value
                    links[h]["window"].append(b)
                    links[h]["anchor"].append(anchor - w.lo)
                    links[h]["label"].append(label)
    for h, x in links.items():
        x["window"] = torch.tensor(x["window"], dtype=torch.long)
        x["anchor"] = torch.tensor(x["anchor"], dtype=torch.long)
        x["label"] = torch.stack(x["label"]) if x["label"] else torch.zeros(0, m, dtype=torch.long)
        x["bucket"] = distance_buckets(x["anchor"], m)
    return {"ids": ids, "mask": mask, "first": first, "sentence": sentence, "tags": tags, "heads": heads, "relations": relations, "links": links}


def generator(seed):
    """The random numbers of a run."""
    return random.Random(seed)
