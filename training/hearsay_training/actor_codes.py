"""Country and sector of the parties of PLOVER's gold records against what the program says of them.

usage: python -m hearsay_training.actor_codes GOLD.jsonl LEDGERS.jsonl

A party is found by its span: the entity with the mention that overlaps it most. The records are in an older draft of
PLOVER: codes of bodies of no country stand in the place of the country there (IGO, NGO), and for us in that of the sector.
"""

import json
import sys

BODIES = {"IGO", "NGO", "IMG", "MNC", "ISM", "UNO", "EUR"}
# ISO's codes for what the records write otherwise.
ISO = {"JAP": "JPN"}


def entity_of(ledger, span):
    """The entity with the mention that overlaps `span` most; of equals the one with the longest mention."""
    best = (0, 0, None)
    for entity in ledger["entities"]:
        for start, end in entity["mentions"]:
            shared = min(end, span[1]) - max(start, span[0])
            if (shared, end - start) > best[:2] and shared > 0:
                best = (shared, end - start, entity)
    return best[2] or {}


def main():
    ledgers = {r["document"]["id"]: r for r in map(json.loads, open(sys.argv[2], encoding="utf-8"))}
    counts = {"country": [0, 0], "sector": [0, 0]}
    for r in map(json.loads, open(sys.argv[1], encoding="utf-8")):
        for actors, spans in (("source_actors", r.get("source", [])), ("target_actors", r.get("target", []))):
            for actor, span in zip(r.get(actors, []), spans):
                found = entity_of(ledgers[r["id"]], span)
                code, sector = actor.get("code"), (actor.get("sector") or "")[:3] or None
                if code in BODIES:
                    code, sector = None, code
                    right = found.get("sector") in BODIES
                else:
                    right = found.get("sector") == sector
                if code:
                    counts["country"][0] += found.get("country") == ISO.get(code, code)
                    counts["country"][1] += 1
                if sector:
                    counts["sector"][0] += right
                    counts["sector"][1] += 1
                if "-v" in sys.argv and (code and found.get("country") != ISO.get(code, code) or sector and not right):
                    print(actor, "|", found.get("name"), found.get("country"), found.get("sector"))
    for name, (right, all_) in counts.items():
        print(f"{name:8s} {right} of {all_}  {100 * right / all_:.1f} %")


if __name__ == "__main__":
    main()
