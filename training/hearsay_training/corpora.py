"""Loaders: one function a gold set, each giving Samples. What a set does not mark is left UNKNOWN."""

import gzip
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

from . import labels
from .samples import DEMONYM, UNKNOWN, Sample, refine, segmented

ENTITY, CUE, TIME, TRIGGER = (labels.TAG_HEADS[h] for h in ("entity", "cue", "time", "trigger"))
ATTRIBUTION, ROLE = labels.LINK_HEADS["attribution"], labels.LINK_HEADS["role"]


def gold_folder() -> Path:
    """Where the gold sets lie: `HEARSAY_GOLD`, else `../shared/gold` beside the project."""
    folder = Path(os.environ.get("HEARSAY_GOLD") or Path(__file__).parents[3] / "shared" / "gold")
    if not folder.is_dir():
        raise SystemExit(f"the gold sets are missing: {folder} is no folder (set HEARSAY_GOLD to where they lie)")
    return folder


def records(path):
    """The records of a JSON Lines file under the gold folder."""
    path = gold_folder() / path
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def segment(texts, one_sentence=False):
    """Sentences and tokens of {id: text} by the product's own segmenter (the example `segment` of hearsay-coder)."""
    program = os.environ.get("HEARSAY_SEGMENT")
    if not program:
        raise SystemExit("HEARSAY_SEGMENT must name the built example `segment` (make train sets it)")
    lines = "".join(json.dumps({"id": k, "text": t}) + "\n" for k, t in texts.items())
    done = subprocess.run([program] + ["--sentence"] * one_sentence, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return {r["id"]: r["sentences"] for r in map(json.loads, done.stdout.splitlines())}


def _samples(rows, one_sentence=False):
    cut = segment({r["id"]: r["text"] for r in rows}, one_sentence)
    for r in rows:
        sample = segmented(r["id"], r["text"], cut[r["id"]])
        if sample.words:
            yield r, sample


def conllu(path, keep=lambda document: True):
    """Sentences of a CoNLL-U file by document: {document: [(comments, rows)]}."""
    path = gold_folder() / path
    documents, document, comments, rows = {}, None, {}, []
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
                if key.strip() == "newdoc id":
                    document = value.strip()
            elif line:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                if keep(document):
                    documents.setdefault(document, []).append((comments, rows))
                comments, rows = {}, []
    return documents


RELATION = {name: n for n, name in enumerate(labels.RELATION)}


def relation(deprel):
    """Index of a relation; a subtype we do not keep falls back to its type."""
    return RELATION.get(deprel, RELATION.get(deprel.split(":")[0], RELATION["dep"]))


def _proper(row):
    """Whether a word is part of a proper name: the Penn tag says so even where the word itself is an adjective ("United")."""
    return row[4].startswith("NNP") or row[3] == "X"


def _tree(document, sentences):
    """A sample with part of speech and dependencies from CoNLL-U sentences."""
    s = Sample(document, [], None, [], {"upos": []}, [], [], proper=[])
    for number, (_, rows) in enumerate(sentences):
        base = len(s.words)
        for row in rows:
            s.words.append(row[1])
            s.sentence.append(number)
            s.tags["upos"].append(labels.UPOS.index(row[3]) if row[3] in labels.UPOS else UNKNOWN)
            s.proper.append(_proper(row))
            head = int(row[6])
            s.heads.append(base + head - 1 if head else -1)
            s.relations.append(relation(row[7]))
    return s


def ewt_train():
    """UD English EWT with the arguments of PropBank as roles; besides, its capitalised adjectives of origin are
    nationalities and its plain lower-case words no names."""
    frames = {r["id"]: r for r in records("propbank_ewt/train.jsonl.gz")}
    names = marked_names()
    out = []
    for document, sentences in conllu("ud_ewt/train.conllu.gz").items():
        s = _tree(document, sentences)
        s.tags["entity"] = _silver_names(s)
        if document in names:
            _mark_names(s, names[document], sentences)
        links = s.links["role"] = {}
        base = 0
        for comments, rows in sentences:
            if comments["sent_id"] in frames:
                _mark_frames(links, frames[comments["sent_id"]], rows, base)
            base += len(rows)
        out.append(s)
    return out


def _mark_names(s, names, sentences):
    """The marked names of a document, whose other words then are none but for adjectives of origin."""
    s.tags["entity"] = [max(tag, 0) for tag in s.tags["entity"]]
    base = 0
    for comments, rows in sentences:
        for first, last, kind in names.get(comments["sent_id"], []):
            kind = refine(UNER_TYPE[kind], " ".join(rows[n][1] for n in range(first, last)))
            s.tag("entity", ENTITY, range(base + first, base + last), kind)
        base += len(rows)


# The arguments of PropBank that come nearest to our roles, and the predicates that report no happening.
PROPBANK_ROLE = {"ARG0": "actor", "ARG1": "recipient", "ARGM-LOC": "place", "ARGM-TMP": "time"}
PLAIN_PREDICATES = {"be", "have", "do", "get", "go"}


def _mark_frames(links, record, rows, base):
    spans = _word_spans(record["text"], rows)
    inside = lambda start, end: [base + n for n, (a, b) in enumerate(spans) if a < end and start < b]
    for frame in record["frames"]:
        anchor = inside(*frame["predicate"])
        if not anchor or frame["roleset"].split(".")[0] in PLAIN_PREDICATES:
            continue
        roles = links.setdefault(anchor[0], {})
        for argument in frame["args"]:
            role = PROPBANK_ROLE.get(argument["role"])
            for k, n in enumerate(inside(argument["start"], argument["end"]) if role else []):
                roles[n] = ROLE.index(("I-" if k else "B-") + role)


def _word_spans(text, rows):
    """Byte spans of the words of a treebank's sentence in its text."""
    spans, at = [], 0
    for row in rows:
        while text[at : at + 1].isspace():
            at += 1
        found = text.find(row[1], at)
        start = found if 0 <= found <= at + 2 else at
        spans.append((len(text[:start].encode()), len(text[: start + len(row[1])].encode())))
        at = start + len(row[1]) if start == found else at
    return spans


def _silver_names(s):
    upos, out = s.tags["upos"], [UNKNOWN] * len(s.words)
    adjective = labels.UPOS.index("ADJ")
    plain = [not w[:1].isupper() and not proper for w, proper in zip(s.words, s.proper)]
    for n, word in enumerate(s.words):
        if upos[n] == adjective and len(word) > 3 and DEMONYM.match(word):
            out[n] = ENTITY.index("B-nationality")
        elif all(plain[max(0, n - 1) : n + 2]):
            out[n] = 0
    return out


# Genres of GUM whose text licences allow weights to be passed on (see the set's SOURCE.md).
GUM_GENRES = {"news", "interview", "bio", "voyage", "textbook", "vlog", "speech"}


def gum(part):
    """GUM in its freely licensed genres: syntax, and the names among its entities."""
    out = []
    for document, sentences in conllu(f"ud_gum/{part}.conllu.gz", lambda d: d.split("_")[1] in GUM_GENRES).items():
        s = _tree(document, sentences)
        s.tags["entity"] = [0] * len(s.words)
        base = 0
        for _, rows in sentences:
            for start, end, kind in _gum_entities(rows):
                _mark_gum_name(s, rows, base, start, end, kind)
            base += len(rows)
        # Adjectives of origin are marked nowhere in GUM.
        for n, tag in enumerate(_silver_names(s)):
            if tag > 0:
                s.tags["entity"][n] = tag
        out.append(s)
    return out


def _gum_entities(rows):
    """(first, last, type) of the entity spans that open and close in one sentence, outermost first."""
    opened, spans = {}, []
    for n, row in enumerate(rows):
        value = next((x[7:] for x in row[9].split("|") if x.startswith("Entity=")), "")
        for part in re.findall(r"\(([^()]+)(\)?)|([^()]+)\)", value):
            if part[0]:
                fields = part[0].split("-")
                if part[1]:
                    spans.append((n, n, fields[1] if len(fields) > 1 else ""))
                else:
                    opened.setdefault(fields[0], []).append((n, fields[1] if len(fields) > 1 else ""))
            elif opened.get(part[2]):
                start, kind = opened[part[2]].pop()
                spans.append((start, n, kind))
    return sorted(spans, key=lambda x: x[0] - x[1])


TITLES = set("mr mrs ms dr sir president king queen prince princess senator professor prof general gen captain coach judge minister lord pope saint chancellor governor".split())


def _mark_gum_name(s, rows, base, start, end, kind):
    """The name inside a GUM entity: the run of proper nouns around the head of the phrase."""
    if kind not in ("person", "organization", "place"):
        return
    inside = range(start, end + 1)
    head = next((n for n in inside if not start <= int(rows[n][6]) - 1 <= end), None)
    if head is None or not _proper(rows[head]):
        return
    lo = hi = head
    while lo - 1 >= start and _proper(rows[lo - 1]):
        lo -= 1
    while hi + 1 <= end:
        if _proper(rows[hi + 1]):
            hi += 1
        elif rows[hi + 1][1] == "-" and hi + 2 <= end and _proper(rows[hi + 2]):
            hi += 2
        elif kind != "person" and rows[hi + 1][1] in ("of", "for", "and") and hi + 2 <= end and _proper(rows[hi + 2]):
            hi += 2
        elif kind != "person" and rows[hi + 1][1] in ("of", "for") and hi + 3 <= end and rows[hi + 2][1].lower() == "the" and _proper(rows[hi + 3]):
            hi += 3
        else:
            break
    while kind == "person" and lo < hi and rows[lo][1].lower().rstrip(".") in TITLES:
        lo += 1
    name = " ".join(r[1] for r in rows[lo : hi + 1])
    if kind == "person" and lo == hi and name.lower() in TITLES or any(s.tags["entity"][base + lo : base + hi + 1]):
        return  # an office alone; or a name inside a longer name
    kind = "nationality" if kind == "person" and lo == hi and DEMONYM.match(name) and name.endswith("s") else refine(kind, name)
    s.tag("entity", ENTITY, range(base + lo, base + hi + 1), kind)


UNER_TYPE = {"PER": "person", "ORG": "organization", "LOC": "place"}


def uner():
    """UNER's names on the development part of EWT, on EWT's own words; syntax is left out, for it is measured there."""
    gold = {r["id"]: r for r in records("uner_ewt/dev.jsonl")}
    out = []
    for document, sentences in conllu("ud_ewt/dev.conllu.gz").items():
        s = _tree(document, sentences)
        silver = _silver_names(s)
        s.tags, s.heads, s.relations = {"entity": [0] * len(s.words)}, None, None
        base = 0
        for comments, rows in sentences:
            text = gold[comments["sent_id"]]["text"]
            spans = _word_spans(text, rows)
            for e in gold[comments["sent_id"]]["entities"]:
                inside = [n for n, (a, b) in enumerate(spans) if a < e["end"] and e["start"] < b]
                kind = refine(UNER_TYPE[e["type"]], " ".join(rows[n][1] for n in inside))
                s.tag("entity", ENTITY, [base + n for n in inside], kind)
            base += len(rows)
        for n, tag in enumerate(silver):
            if tag > 0 and s.tags["entity"][n] == 0:
                s.tags["entity"][n] = tag
        out.append(s)
    return out


# Words of an office before a name, which UNER leaves out of it; and what stands for a person without naming one.
OFFICES = TITLES | set("secretary foreign prime deputy ambassador us u.s. uk of state for defence defense special envoy commander brigadier colonel col major maj lt lieutenant sheikh al-haj spokesman".split())
PRONOUNS = set("I He She We They You he she we they you me him her us them".split())
RE3D_TYPE = {"Organisation": "organization", "Person": "person", "Location": "place", "Nationality": "nationality", "Weapon": "weapon", "MilitaryPlatform": "weapon"}


def re3d(part):
    """Names of re3d without its BBC part. Groups without a name ("rebels") are neither names nor not."""
    out = []
    rows = [r for r in records(f"re3d/{part}.jsonl") if "BBC" not in r.get("source", "BBC")]
    for r, s in _samples(rows, one_sentence=True):
        s.tags["entity"] = [0] * len(s.words)
        for e in r["entities"]:
            kind = RE3D_TYPE.get(e["type"])
            inside = s.words_in(e["start"], e["end"])
            if kind is None or not inside:
                continue
            text = " ".join(s.words[n] for n in inside)
            if kind in ("organization", "person", "place") and not any(s.words[n][:1].isupper() for n in inside):
                for n in inside:
                    s.tags["entity"][n] = UNKNOWN
                continue
            if kind in ("organization", "person", "place"):  # "ISIL forces", "the city of Raqqa": the name alone
                while inside and (not s.words[inside[0]][:1].isupper() or s.words[inside[0]] == "The"):
                    inside = inside[1:]
                while inside and not s.words[inside[-1]][:1].isupper():
                    inside = inside[:-1]
            while len(inside) > 1 and (s.words[inside[0]].lower() in ("the", "a", "an") or kind == "person" and s.words[inside[0]].lower() in OFFICES):
                inside = inside[1:]
            if not inside:
                continue
            if kind == "person" and (len(inside) == 1 and s.words[inside[0]].lower() in OFFICES or s.words[inside[0]] in PRONOUNS):
                for n in inside:
                    s.tags["entity"][n] = 0 if s.words[n] in PRONOUNS else UNKNOWN
                continue
            kind = refine(kind, text)
            s.tag("entity", ENTITY, inside, kind)
        out.append(s)
    return out


def toponyms():
    """Toponyms of TR-News and LGL. Other names are not marked there, so only they and plain lower-case words are known."""
    out = []
    for name in ("trnews", "lgl"):
        for r, s in _samples(records(f"geoparse/{name}.jsonl")):
            plain = [not w[:1].isupper() for w in s.words]
            s.tags["entity"] = [0 if all(plain[max(0, n - 1) : n + 2]) else UNKNOWN for n in range(len(s.words))]
            for t in r["toponyms"]:
                inside = s.words_in(t["start"], t["end"])
                if not inside:
                    continue
                around = [n for n in (inside[0] - 1, inside[-1] + 1) if 0 <= n < len(s.words)]
                people = DEMONYM.match(t["text"]) and t.get("fclass") == "A" and t["text"] not in (t.get("name") or "")
                if not people and any(s.words[n][:1].isupper() for n in around):
                    continue  # may be part of a longer name
                kind = "nationality" if people else "facility" if t.get("fclass") == "S" else "place"
                s.tag("entity", ENTITY, inside, kind)
            out.append(s)
    return out


def polnear(part):
    """Attributions of PolNeAR."""
    out = []
    for r, s in _samples(records(f"polnear/{part}")):
        s.tags["cue"] = [0] * len(s.words)
        links = s.links["attribution"] = {}
        for a in r["attributions"]:
            cue = [n for start, end in a["cue"] for n in s.words_in(start, end)]
            if not cue:
                continue
            for start, end in a["cue"]:
                s.mark("cue", CUE, start, end, "cue")
            roles = links.setdefault(cue[0], {})
            for role in ("source", "content"):
                for start, end in a[role]:
                    for n in s.words_in(start, end):
                        if n not in cue:
                            roles[n] = ATTRIBUTION.index(role)
        out.append(s)
    return out


def timex(name):
    """Time expressions of TimeBank or AQUAINT."""
    out = []
    for r, s in _samples(records(f"timex/{name}.jsonl")):
        s.tags["time"] = [0] * len(s.words)
        for t in r["timexes"]:
            if t["type"] in labels.TIME_TYPES:
                s.mark("time", TIME, t["start"], t["end"], t["type"])
        out.append(s)
    return out


def ledger(part):
    """Events of the gold ledgers: triggers with type, mode and the stance of their first account, and their roles."""
    rows = records(f"ledger/{part}.jsonl")
    for r in rows:
        r["id"], r["text"] = r["document"]["id"], r["document"]["text"]
        spans = {x["id"]: x["span"] for x in r["places"] + r["times"]}
        first = {}
        for a in r["accounts"]:
            first.setdefault(a["event"], a)
        for e in r["events"]:
            account = first.get(e["id"], {})
            e["place"], e["time"] = spans.get(e["place"]), spans.get(e["time"])
            e["stance"], e["source"] = account.get("stance"), account.get("source_span")
    return [_happenings(r, s) for r, s in _samples(rows)]


# Our own marks on texts of the gold sets, without the texts: see training/marked/README.md.
MARKED = Path(__file__).parents[1] / "marked"


def marked_happenings():
    """Events that we marked in articles of the gold sets and in texts of our own, as the ledgers mark them."""
    texts = {r["id"]: r["text"] for name in ("fa_kes/dev.jsonl", "geoparse/trnews.jsonl", "timex/aquaint.jsonl", "polnear/train.jsonl.gz") for r in records(name)}
    # The lines of MUC's capitals break anywhere.
    texts |= {r["id"]: re.sub(r"(?<!\n)\n(?![\n\s])", " ", r["text_orig"]) for r in records("muc4/train.jsonl.gz")}
    texts |= {r["id"]: r["text"] for r in map(json.loads, (MARKED / "own_texts.jsonl").read_text().splitlines())}
    rows = []
    for line in (MARKED / "happenings.jsonl").read_text().splitlines():
        r = json.loads(line)
        if hashlib.sha256(texts.get(r["id"], "").encode()).hexdigest()[:16] != r["text"]:
            raise SystemExit(f"{r['id']}: the text that was marked is not the one in the gold sets")
        events = [{**e, "source": e["source"], "actors": [{"span": x} for x in e["actors"]], "recipients": [{"span": x} for x in e["recipients"]]} for e in r["events"]]
        rows.append({"id": r["id"], "text": texts[r["id"]], "events": events})
    return [_happenings(r, s) for r, s in _samples(rows)]


def marked_names():
    """Names that we marked in documents of EWT's training part, in the manner of UNER: {document: {sentence: [(first, past last, type)]}}."""
    out = {}
    for line in (MARKED / "names.jsonl").read_text().splitlines():
        r = json.loads(line)
        out[r["document"]] = {}
        for sentence, first, last, kind in r["names"]:
            out[r["document"]].setdefault(sentence, []).append((first, last, kind))
    return out


def _happenings(r, s):
    """The events of one document, all of them, as labels: `trigger`, `place`, `time`, `source` and the participants are spans."""
    count = len(s.words)
    s.tags.update(trigger=[0] * count, mode=[UNKNOWN] * count, stance=[UNKNOWN] * count)
    links = s.links["role"] = {}
    for e in r["events"]:
        inside = s.words_in(*e["trigger"]) if e["trigger"] else []
        if not inside:
            continue
        s.mark("trigger", TRIGGER, *e["trigger"], e["type"])
        anchor = inside[0]
        mode = e["mode"] or "none"
        s.tags["mode"][anchor] = labels.MODES.index(mode) if mode in labels.MODES else UNKNOWN
        if e["stance"]:
            s.tags["stance"][anchor] = labels.STANCES.index(e["stance"])
        roles = links.setdefault(anchor, {})
        # Where two roles share words, the later one stands.
        fillers = [("source", e["source"]), ("place", e["place"]), ("time", e["time"])]
        fillers += [("recipient", x["span"]) for x in e["recipients"]] + [("actor", x["span"]) for x in e["actors"]]
        for role, span in fillers:
            for k, n in enumerate(s.words_in(*span) if span else []):
                roles[n] = ROLE.index(("I-" if k else "B-") + role)
    return s
