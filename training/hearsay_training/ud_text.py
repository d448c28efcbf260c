"""The raw text of a CoNLL-U file's documents as reader input, to measure parsing from raw text.

usage: python -m hearsay_training.ud_text FILE.conllu.gz > input.jsonl
"""

import gzip
import json
import sys


def main():
    documents, name = {}, None
    paragraph = False
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("# newdoc id"):
                name = line.partition("=")[2].strip()
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# text ="):
                text = line.partition("=")[2].strip()
                before = documents.get(name)
                documents[name] = text if before is None else before + ("\n\n" if paragraph else " ") + text
                paragraph = False
    for name, text in documents.items():
        print(json.dumps({"id": name, "text": text}, ensure_ascii=False))


if __name__ == "__main__":
    main()
