"""Cross-validation of what the program is trained on.

usage: python -m hearsay_training.cross_validate names|ledger --base FOLDER --start FILE --program FILE --out FOLDER [--folds N]

names   UNER, of which only one part is marked
ledger  the marked ledgers, training and development articles together: for what is rare there (disputes, truce terms)

A network that has seen nothing of the set (`--start`) is trained on all but one part of its documents, and the program
reads that part with it; so for every part. `out/predicted.jsonl` holds all readings, for the scorers, and
`out/gold.jsonl` what they are measured against. The networks are trained far shorter than the one in the program, so
the figures are cautious ones.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from . import corpora

ENTITY = {"person": "PER", "organization": "ORG", "place": "LOC", "facility": "LOC"}
# What each is trained on, for how many word pieces.
TRAINING = {
    "names": ["--pieces", "300000", "--only", "uner=4,ewt=0.2", "--budget", "1800"],
    "ledger": ["--pieces", "500000", "--only", "ledger=4,marked=2,polnear=0.1"],
}


def names():
    """Documents with what the program reads of them, and what is right."""
    gold = {r["id"]: r for r in corpora.records("uner_ewt/dev.jsonl")}
    for sentences in corpora.conllu("ud_ewt/dev.conllu.gz").values():
        yield [gold[comments["sent_id"]] for comments, _ in sentences]


def ledger():
    """As `names`."""
    for part in ("train", "dev"):
        for r in corpora.records(f"ledger/{part}.jsonl"):
            yield [r]


def read(program, model, rows, out):
    """The program's ledgers of the texts of `rows`, in their order."""
    form = lambda r: {**r["document"], "digest": None} if "document" in r else {"id": r["id"], "text": r["text"]}
    texts = out / "texts.jsonl"
    texts.write_text("".join(json.dumps({k: v for k, v in form(r).items() if v is not None}) + "\n" for r in rows))
    command = [program, "read", "--quiet", "--format", "jsonl", "--model", model, texts]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=TRAINING)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--start", type=Path, required=True, help="weights that have seen nothing of the set")
    ap.add_argument("--program", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--folds", type=int, default=5)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    documents = list({"names": names, "ledger": ledger}[a.what]())
    with open(a.out / "predicted.jsonl", "w", encoding="utf-8") as predicted, open(a.out / "gold.jsonl", "w", encoding="utf-8") as gold:
        for fold in range(a.folds):
            weights, model = a.out / f"{fold}.pt", a.out / f"{fold}.onnx"
            here = [sys.executable, "-m"]
            train = ["--rate", "1e-4", "--head-rate", "6e-4", "--quick", "--fold", f"{a.what}:{fold}/{a.folds}", *TRAINING[a.what]]
            subprocess.run(here + ["hearsay_training.train", "--base", a.base, "--start", a.start, "--out", weights] + train, check=True)
            subprocess.run(here + ["hearsay_training.export", "--base", a.base, "--weights", weights, "--out", model], check=True)
            rows = [r for n, document in enumerate(documents) if n % a.folds == fold for r in document]
            for r, line in zip(rows, read(a.program, model, rows, a.out)):
                gold.write(json.dumps(r) + "\n")
                if a.what == "names":
                    found = [{"start": s, "end": e, "type": ENTITY[x["type"]]} for x in json.loads(line)["entities"] if x["type"] in ENTITY for s, e in x["mentions"]]
                    line = json.dumps({"id": r["id"], "entities": found})
                predicted.write(line + "\n")


if __name__ == "__main__":
    main()
