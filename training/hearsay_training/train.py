"""Joint training of all heads.

usage: python -m hearsay_training.train --base FOLDER --out FILE [--start FILE] [--pieces N] [--fold SET:PART/PARTS]
"""

import argparse
import json
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from . import corpora, labels
from .batches import Pieces, batches, collate, generator
from .model import Hearsay
from .samples import UNKNOWN

# Weight of each head in the joint loss.
WEIGHT = {"upos": 0.3, "entity": 1.0, "cue": 1.0, "time": 0.7, "trigger": 3.0, "mode": 0.5, "stance": 0.8, "arc": 1.0, "relation": 0.5, "attribution": 2.0, "role": 1.5}

# What is kept of a run is the running mean of its weights (Polyak averaging); this share of the weights of a step goes into it.
AVERAGE = 0.005


def losses(model, batch):
    """Mean loss of each head that the batch has labels for: {head: (loss, words)}."""
    words = model.words(batch["ids"], batch["mask"], batch["first"])
    out = {}
    for head, gold in batch["tags"].items():
        known = gold != UNKNOWN
        if known.any():
            out[head] = F.cross_entropy(model.tags[head](words[known]).float(), gold[known]), known.sum()
    parsed = (batch["heads"] != UNKNOWN).any(1)
    if parsed.any():
        out["arc"], out["relation"] = tree_losses(model, words[parsed], batch, parsed)
    for head, gold in batch["links"].items():
        if len(gold["anchor"]):
            linker = model.links[head]
            anchors, states = linker.states(words)
            scores = linker.score(anchors[gold["window"], gold["anchor"]], states[gold["window"]], gold["bucket"])
            label = gold["label"]
            known = label != UNKNOWN
            out[head] = F.cross_entropy(scores[known].float(), label[known]), known.sum()
    return out


def arc_scores(model, words, sentence):
    """Scores of every head (column 0: the root) for every word [b, m, 1+m], other sentences masked; and the relation states."""
    dependent, head, relation_dependent, relation_head = model.parser.states(words)
    scores = (dependent @ head.transpose(1, 2)).float()
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, None, :]
    same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    return scores.masked_fill(~same, -1e4), relation_dependent, relation_head


def tree_losses(model, words, batch, rows):
    """Loss of arcs and of the relations of the gold arcs."""
    heads, relations = batch["heads"][rows], batch["relations"][rows]
    scores, dependent, head = arc_scores(model, words, batch["sentence"][rows])
    known = heads != UNKNOWN
    arc = F.cross_entropy(scores[known], heads[known])
    b, i = known.nonzero(as_tuple=True)
    relation = model.parser.relation(dependent[b, i], head[b, heads[b, i]])
    return (arc, known.sum()), (F.cross_entropy(relation.float(), relations[b, i]), known.sum())


@torch.no_grad()
def evaluate(model, sets, pieces):
    """Quick figures while training (the real ones come from the scorers on the program's own output)."""
    model.eval()
    right, seen = {}, {}

    def count(name, ok, total):
        right[name] = right.get(name, 0) + int(ok)
        seen[name] = seen.get(name, 0) + int(total)

    for group in batches([(sets, 1)], pieces, 6000, generator(0)):
        batch = collate(group, pieces)
        with torch.autocast("cpu", torch.bfloat16):
            words = model.words(batch["ids"], batch["mask"], batch["first"])
            for head, gold in batch["tags"].items():
                known = gold != UNKNOWN
                if known.any():
                    guess, gold = model.tags[head](words[known]).argmax(-1), gold[known]
                    if labels.TAG_HEADS[head][0] == "O":
                        count(head + " P", ((guess == gold) & (guess > 0)).sum(), (guess > 0).sum())
                        count(head + " R", ((guess == gold) & (gold > 0)).sum(), (gold > 0).sum())
                    else:
                        count(head, (guess == gold).sum(), len(gold))
            parsed = (batch["heads"] != UNKNOWN).any(1)
            if parsed.any():
                scores, dependent, head = arc_scores(model, words[parsed], batch["sentence"][parsed])
                gold, relations = batch["heads"][parsed], batch["relations"][parsed]
                known = gold != UNKNOWN
                guess = scores.argmax(-1)
                b, i = known.nonzero(as_tuple=True)
                relation = model.parser.relation(dependent[b, i], head[b, guess[b, i]]).argmax(-1)
                hit = guess[known] == gold[known]
                count("uas", hit.sum(), known.sum())
                count("las", (hit & (relation == relations[known])).sum(), known.sum())
            for head, gold in batch["links"].items():
                if len(gold["anchor"]):
                    linker = model.links[head]
                    anchors, states = linker.states(words)
                    guess = linker.score(anchors[gold["window"], gold["anchor"]], states[gold["window"]], gold["bucket"]).argmax(-1)
                    label = gold["label"]
                    guess[label == UNKNOWN] = 0
                    count(head + " P", ((guess == label) & (guess > 0)).sum(), (guess > 0).sum())
                    count(head + " R", ((guess == label) & (label > 0)).sum(), (label > 0).sum())
    model.train()
    return {k: round(100 * right[k] / max(1, seen[k]), 1) for k in right}


def training_groups(fold):
    """Samples with how often an epoch of the mixture takes them. `fold` is (set, part, parts): that part is left out."""
    what, part, parts = fold or ("", 0, 1)
    kept = lambda name, rows: [r for n, r in enumerate(rows) if what != name or n % parts != part]
    uner = kept("names", corpora.uner())
    ledgers = corpora.ledger("train")
    if what == "ledger":  # the development articles are trained on here alone, where every article is measured on in turn
        ledgers = kept("ledger", ledgers + corpora.ledger("dev"))
    groups = {
        "polnear": (corpora.polnear("train.jsonl.gz"), 0.7),
        "ewt": (corpora.ewt_train(), 1.5),
        "gum": (corpora.gum("train"), 1.5),
        "uner": (uner, 6),
        "re3d": (corpora.re3d("train"), 3),
        "toponyms": (corpora.toponyms(), 0.4),
        "timebank": (corpora.timex("aquaint"), 2),
        "ledger": (ledgers, 6),
        "marked": (corpora.marked_happenings(), 6),
    }
    return {k: v for k, v in groups.items() if v[0]}


def fold_of(text):
    """`names:2/5` as ("names", 2, 5)."""
    if not text:
        return None
    what, _, rest = text.partition(":")
    part, _, parts = rest.partition("/")
    return what, int(part), int(parts)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt of all-MiniLM-L6-v2")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    ap.add_argument("--pieces", type=int, default=9_000_000, help="word pieces to train on")
    ap.add_argument("--budget", type=int, default=3600, help="word pieces in a batch")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=1.2e-3)
    ap.add_argument("--final-rate", type=float, default=0.0, help="share of the rate that is left at the end")
    ap.add_argument("--fold", help="leave out a part of a set: names|ledger:PART/PARTS")
    ap.add_argument("--head", help="train this tag head alone, all else staying as it is")
    ap.add_argument("--quick", action="store_true", help="no figures on the development sets along the way")
    ap.add_argument("--only", help="comma-separated sets to train on, each with `=N` to take it N times an epoch")
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = generator(a.seed)
    pieces = Pieces(a.base / "vocab.txt")
    model = Hearsay()
    if a.start:
        model.load_state_dict(torch.load(a.start))
    else:
        model.encoder.load_base(a.base / "model.safetensors")
    # The word embeddings stay as published: little is lost and a fifth of the time is saved.
    model.encoder.words.weight.requires_grad_(False)
    groups = training_groups(fold_of(a.fold))
    if a.only:
        chosen = dict(x.partition("=")[::2] for x in a.only.split(","))
        groups = {k: (v[0], float(chosen[k] or v[1])) for k, v in groups.items() if k in chosen}
    print({k: (len(v[0]), sum(len(s.words) for s in v[0]), v[1]) for k, v in groups.items()}, flush=True)
    dev = [] if a.quick else [s for part in (corpora.polnear("dev.jsonl"), corpora.timex("timebank")[:40], corpora.re3d("dev"), corpora.ledger("dev")) for s in part]
    dev += [] if a.quick else [corpora._tree(d, s) for d, s in corpora.conllu("ud_ewt/dev.conllu.gz").items()]
    if a.head:
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name.startswith(f"tags.{a.head}."))
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("encoder.")]
    rates = [(encoder, a.rate), (heads, a.head_rate)]
    optimizer = torch.optim.AdamW([{"params": params, "lr": rate} for params, rate in rates if params], weight_decay=0.01, betas=(0.9, 0.98))
    warmup = min(60_000 if a.start else 400_000, a.pieces // 10)

    def share(seen):
        return (seen + 1) / warmup if seen < warmup else max(0.0, a.final_rate + (1 - a.final_rate) * (1 - seen / a.pieces))

    seen, step, started, running, mark = 0, 0, time.time(), {}, 1
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: share(seen))
    average = {name: value.clone() for name, value in model.state_dict().items()}
    model.train()
    while seen < a.pieces:
        for group in batches(list(groups.values()), pieces, a.budget, rng):
            batch = collate(group, pieces)
            with torch.autocast("cpu", torch.bfloat16):
                parts = losses(model, batch)
            loss = sum(WEIGHT[h] * x for h, (x, _) in parts.items())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            seen += int(batch["mask"].sum())
            optimizer.step()
            scheduler.step()
            step += 1
            for name, value in model.state_dict().items():
                average[name].lerp_(value, max(AVERAGE, 1 / step))
            for h, (x, _) in parts.items():
                running[h] = 0.98 * running.get(h, x.item()) + 0.02 * x.item()
            if step % 100 == 0:
                print(f"step {step} pieces {seen} {seen / (time.time() - started):.0f}/s", {h: round(x, 3) for h, x in running.items()}, flush=True)
            if seen > mark * a.pieces / 6:
                mark += 1
                torch.save(average, a.out)
                print("dev", json.dumps(evaluate(model, dev, pieces)), flush=True)
            if seen >= a.pieces:
                break
    torch.save(average, a.out)
    model.load_state_dict(average)
    print("dev", json.dumps(evaluate(model, dev, pieces)), f"{time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
