#!/usr/bin/env python3
"""Makes crates/hearsay-link/data/word_counts.tsv: in how many news texts a word stands.

usage: word_counts.py GOLD        GOLD is the folder of the gold sets (../shared/gold)
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "crates/hearsay-link/data"
# Training parts only: the development parts measure.
TEXTS = [
    "polnear/train.jsonl.gz",
    "muc4/train.jsonl.gz",
    "ecbplus/train.jsonl",
    "re3d/train.jsonl",
    "timex/timebank.jsonl",
    "timex/aquaint.jsonl",
]
WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
RAREST = 3


def read(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")) as lines:
        yield from map(json.loads, lines)


def word_counts(gold):
    """Number of texts, and of texts that hold a word."""
    counts, texts = Counter(), 0
    for name in TEXTS:
        for record in read(gold / name):
            texts += 1
            counts.update({word.lower() for word in WORD.findall(record["text"])})
    return texts, {word: count for word, count in counts.items() if count >= RAREST}


def main():
    texts, counts = word_counts(Path(sys.argv[1]))
    with open(DATA / "word_counts.tsv", "w", encoding="utf-8") as out:
        out.write("# In how many texts a word stands: what makes it telling or common. Words of fewer than three texts are left out.\n")
        out.write("# Source: counted by training/link/word_counts.py in news texts (PolNeAR, MUC-4, ECB+, re3d training parts; TimeBank, AQUAINT).\n")
        out.write(f"(documents)\t{texts}\n")
        out.writelines(f"{word}\t{count}\n" for word, count in sorted(counts.items()))


main()
