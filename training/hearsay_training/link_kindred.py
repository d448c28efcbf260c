"""Makes crates/hearsay-link/data/kindred.tsv: which words are near one another in meaning, for linking event words.

usage: python -m hearsay_training.link_kindred MODEL STEMS.tsv

MODEL is the folder of the published all-MiniLM-L6-v2. Every word of word_counts.tsv that is common enough is encoded by itself, the
mean of all words is taken away, and the mean of the forms of one word stands for it; words are near one another where the cosine is
high. STEMS holds a word and its stem a line, as `mentions --stems` prints them.
"""

import sys
from collections import defaultdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .model import Encoder

DATA = Path(__file__).resolve().parents[2] / "crates/hearsay-link/data"
# The cosines from which on words count as near and as related: chosen on ECB+ train, topics halved.
NEAR, RELATED = 0.6, 0.45
# Words of fewer texts and letters are mostly names and abbreviations.
RAREST = 5
SHORTEST = 3
# So many of a word's nearest are kept at most; common words are related to hundreds.
MOST = 40
BATCH = 128


def words():
    rows = [line.rstrip("\n").split("\t") for line in open(DATA / "word_counts.tsv", encoding="utf-8") if not line.startswith("#")]
    return [word for word, count in rows if int(count) >= RAREST and word.isascii() and word.isalpha() and len(word) >= SHORTEST]


@torch.no_grad()
def vectors(texts, folder):
    """The mean of the encoder's states of each word's pieces, less the mean of all words, of length 1."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    encoder = Encoder()
    encoder.load_base(folder / "model.safetensors")
    encoder.eval()
    means = []
    for start in range(0, len(texts), BATCH):
        pieces = [tokenizer.encode(text).ids for text in texts[start : start + BATCH]]
        longest = max(map(len, pieces))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in pieces])
        mask = torch.arange(longest)[None, :] < torch.tensor([len(row) for row in pieces])[:, None]
        states = encoder(ids, mask).float() * mask[..., None]
        means.append(torch.nn.functional.normalize(states.sum(1) / mask.sum(1, keepdim=True), dim=1))
    all_vectors = torch.cat(means)
    return torch.nn.functional.normalize(all_vectors - all_vectors.mean(0), dim=1)


def main():
    forms = words()
    stems = dict(line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8"))
    of_stem = defaultdict(list)
    for at, word in enumerate(forms):
        of_stem[stems[word]].append(at)
    of_forms = vectors(forms, Path(sys.argv[1]))
    # A word goes by its first form in the order of the letters, which is mostly the base.
    listed = [forms[places[0]] for places in of_stem.values()]
    all_vectors = torch.nn.functional.normalize(torch.stack([of_forms[places].mean(0) for places in of_stem.values()]), dim=1)
    with open(DATA / "kindred.tsv", "w", encoding="utf-8") as out:
        out.write("# Words near one another in meaning: the word, those near it, those related to it, nearest first.\n")
        out.write("# Source: cosines between the words in all-MiniLM-L6-v2 (Apache-2.0), by training/hearsay_training/link_kindred.py.\n")
        for at, word in enumerate(listed):
            cosines = all_vectors @ all_vectors[at]
            best = [(float(cosines[k]), listed[k]) for k in torch.topk(cosines, MOST + 1).indices.tolist() if k != at]
            near = [other for cosine, other in best if cosine >= NEAR]
            related = [other for cosine, other in best if RELATED <= cosine < NEAR]
            if near or related:
                out.write("\t".join([word, " ".join(near), " ".join(related)]) + "\n")


if __name__ == "__main__":
    main()
