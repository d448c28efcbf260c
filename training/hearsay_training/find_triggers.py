"""The likeliest trigger of each sentence of PLV, whose events are marked with their type and parties but not their word.

usage: python -m hearsay_training.find_triggers --base FOLDER --weights FILE > training/marked/pairs.jsonl
"""

import argparse
import json
from pathlib import Path

import torch

from . import corpora, labels
from .batches import Pieces, collate, windows
from .model import Hearsay

NO_TRIGGERS = {labels.UPOS.index(x) for x in ("PUNCT", "DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "NUM", "SYM")}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--weights", type=Path, required=True)
    a = ap.parse_args()
    pieces, model = Pieces(a.base / "vocab.txt"), Hearsay()
    own = model.state_dict()
    saved = {k: v for k, v in torch.load(a.weights).items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(saved, strict=False)
    model.eval()
    begin = {kind: labels.TAG_HEADS["trigger"].index("B-" + kind) for kind in labels.EVENT_TYPES}
    for r, s in corpora._samples(corpora.plv_pairs(), one_sentence=True):
        kinds = [begin[kind] for kind in corpora.PLV_TYPE[r["label"]]]
        window = windows(s, pieces)[0]
        batch = collate([window], pieces)
        with torch.no_grad():
            words = model.words(batch["ids"], batch["mask"], batch["first"])[0]
            of_kind = model.tags["trigger"](words).softmax(-1)[:, kinds]
            chance = of_kind.sum(-1)
            upos = model.tags["upos"](words).argmax(-1)
        parties = {n for span in r["source"] + r["target"] for n in s.words_in(*span)}
        for n in range(len(s.words)):
            if n in parties or int(upos[n]) in NO_TRIGGERS:
                chance[n] = 0
        best = int(chance.argmax())
        kind = corpora.PLV_TYPE[r["label"]][int(of_kind[best].argmax())]
        print(json.dumps({"id": r["id"], "type": kind, "trigger": s.spans[best], "chance": round(float(chance[best]), 3)}))


if __name__ == "__main__":
    main()
