"""The heads of the encoder and their labels.

This is the one home of the label lists: they are written into the model's manifest, from which the Rust side reads them.
A head is one of three kinds:

tag    one label a word (part of speech, entity, cue, trigger, time)
tree   a head word and a relation for each word of a sentence (dependencies)
link   given an anchor word, one label for every word of the window (attribution of a cue, roles of a trigger)
"""

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()

# Relations of Universal Dependencies English, without subtypes except where the subtype carries meaning for us.
RELATION = (
    "root acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nmod:poss nmod:unmarked nsubj nsubj:pass nsubj:outer nummod obj obl "
    "obl:agent obl:unmarked orphan parataxis punct reparandum vocative xcomp det:predet cc:preconj csubj:pass advcl:relcl csubj:outer"
).split()

ENTITY_TYPES = ["person", "organization", "place", "facility", "nationality", "weapon"]
TIME_TYPES = ["DATE", "TIME", "DURATION", "SET"]
EVENT_TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()
STANCES = ["asserts", "denies", "uncertain", "expects", "calls_for"]
# Modes seen at least five times in the gold ledgers; rarer ones are left to the codebook.
MODES = (
    "none aerial explosives heavy-weapons allege suicide-attack arrest investigate firearms withdraw disapprove unconventional restrict "
    "demo ceasefire targeted discontinue assist change expel violence yield visit seize primitive troops third-party abduct convict "
    "deport strike militia disarm police destroy sexual release weapons multilateral beat"
).split()


def bio(types):
    """The BIO tags over `types`: `O`, then `B-` and `I-` of each."""
    return ["O"] + [f"{prefix}-{kind}" for kind in types for prefix in "BI"]


TAG_HEADS = {
    "upos": UPOS,
    "entity": bio(ENTITY_TYPES),
    "cue": bio(["cue"]),
    "time": bio(TIME_TYPES),
    "trigger": bio(EVENT_TYPES),
    "mode": MODES,
    "stance": STANCES,
}
LINK_HEADS = {
    "attribution": ["O", "source", "content"],
    "role": bio(["actor", "recipient", "place", "time", "source"]),
}

# Longest window in word pieces, with the two marks at its ends, and the context kept around its core on either side.
MAX_PIECES = 256
LEFT_CONTEXT = 48
RIGHT_CONTEXT = 24
# Signed distance from the anchor, in words, is bucketed by these upper bounds of its magnitude.
DISTANCE_BOUNDS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96]
