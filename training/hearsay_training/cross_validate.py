"""Names on UNER, cross-validated: its only marked part at hand is what the program is trained on.

usage: python -m hearsay_training.cross_validate --base FOLDER --start FILE --program FILE --out FOLDER

Five times, a network that has seen no UNER (`--start`) is trained on four fifths of its documents, and the program
reads the last fifth with it. `out/predicted.jsonl` holds all five readings, for
score.py ner. The networks are trained far shorter than the one in the program, so the figure is a cautious one.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from . import corpora

ENTITY = {"person": "PER", "organization": "ORG", "place": "LOC", "facility": "LOC"}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--start", type=Path, required=True, help="weights trained without UNER")
    ap.add_argument("--program", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--pieces", type=int, default=260_000)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    documents = [[comments["sent_id"] for comments, _ in sentences] for sentences in corpora.conllu("ud_ewt/dev.conllu.gz").values()]
    gold = {r["id"]: r for r in corpora.records("uner_ewt/dev.jsonl")}
    with open(a.out / "predicted.jsonl", "w", encoding="utf-8") as predicted:
        for fold in range(5):
            weights, model = a.out / f"{fold}.pt", a.out / f"{fold}.onnx"
            here = [sys.executable, "-m"]
            train = ["--pieces", str(a.pieces), "--rate", "1e-4", "--head-rate", "6e-4", "--only", "uner", "--budget", "1800", "--quick"]
            subprocess.run(here + ["hearsay_training.train", "--base", a.base, "--start", a.start, "--out", weights, "--uner-fold", str(fold)] + train, check=True)
            subprocess.run(here + ["hearsay_training.export", "--base", a.base, "--weights", weights, "--out", model], check=True)
            ids = [sentence for n, document in enumerate(documents) if n % 5 == fold for sentence in document]
            lines = "".join(json.dumps({"id": i, "text": gold[i]["text"]}) + "\n" for i in ids)
            command = [a.program, "read", "--quiet", "--format", "jsonl", "--model", model, "-"]
            done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
            for ledger in map(json.loads, done.stdout.splitlines()):
                names = [{"start": s, "end": e, "type": ENTITY[x["type"]]} for x in ledger["entities"] if x["type"] in ENTITY for s, e in x["mentions"]]
                predicted.write(json.dumps({"id": ledger["document"]["id"], "entities": names}) + "\n")


if __name__ == "__main__":
    main()
