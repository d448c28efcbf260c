"""One form for every gold set: documents as words with whatever labels that set knows."""

import re
from dataclasses import dataclass, field

UNKNOWN = -100


@dataclass
class Sample:
    """A document as words. A label that the set does not know is UNKNOWN and costs nothing."""

    name: str
    words: list
    spans: list  # byte span of each word in the text, or None where there is no text
    sentence: list  # sentence number of each word
    tags: dict = field(default_factory=dict)  # head -> label index a word
    heads: list | None = None  # index of the head word, -1 for a root, UNKNOWN
    relations: list | None = None  # label index
    proper: list | None = None  # whether each word is part of a proper name
    links: dict = field(default_factory=dict)  # head -> {anchor word: {word: label index}}, the other words being 0

    def words_in(self, start, end):
        """Indices of the words that share a byte with [start, end)."""
        lo, hi = 0, len(self.spans)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.spans[mid][1] <= start:
                lo = mid + 1
            else:
                hi = mid
        out = []
        while lo < len(self.spans) and self.spans[lo][0] < end:
            out.append(lo)
            lo += 1
        return out

    def mark(self, head, labels, start, end, kind):
        """Writes the BIO tags of one span."""
        self.tag(head, labels, self.words_in(start, end), kind)

    def tag(self, head, labels, words, kind):
        """Writes the BIO tags of some words."""
        for n, w in enumerate(words):
            self.tags[head][w] = labels.index(("I-" if n else "B-") + kind)


def segmented(name, text, sentences):
    """A sample without labels from the segmenter's sentences."""
    raw = text.encode()
    words, spans, sentence = [], [], []
    for number, s in enumerate(sentences):
        for start, end in s["tokens"]:
            words.append(raw[start:end].decode())
            spans.append((start, end))
            sentence.append(number)
    return Sample(name, words, spans, sentence)


DEMONYM = re.compile(r"^[A-Z][a-z]+(ish|ians?|ans?|ese|Dutch|Greeks?|Turks?|Kurds?|Arabs?|Serbs?|Croats?)$|^(Kurd|Turk|Arab|Serb|Croat|Swede|Dane|Pole|Finn|Czech|Greek|Swiss|Druze|Sunni|Shia|Shiite|Christian|Muslim|Islamic|Jewish|Jew|Catholic|Alawite|Yazidi|Uzbek|Tajik|Uighur|Iraqi|Israeli|Saudi|Pakistani|Yemeni|Kuwaiti|Qatari|Emirati|Bahraini|Omani|Afghan|Bangladeshi|Somali|Nepali|Azerbaijani|French|Welsh|Dutch)s?$")
FACILITY = re.compile(r"\b(Airport|Airbase|Base|Hospital|School|Bridge|Station|Stadium|Museum|Church|Mosque|Cathedral|Prison|Jail|Camp|Hall|Building|Tower|Hotel|Palace|Embassy|Clinic|Dam|Plant|Barracks|Consulate|Monastery|Library|Theatre|Theater|Mall)$")


def refine(kind, text):
    """Our finer types for a coarse place or person type, by the words of the name."""
    return "facility" if kind == "place" and FACILITY.search(text) else kind
