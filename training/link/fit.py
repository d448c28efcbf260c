#!/usr/bin/env python3
"""Fits the weights of the pair score that text alone can teach, on marked mentions; keeps the others as they are.

usage: fit.py PAIRS.tsv WEIGHTS.tsv [even|odd]

PAIRS    what `mentions --pairs` printed for the training part
WEIGHTS  the table to change (crates/hearsay-link/data/weights.tsv)
even     only topics of even (odd) rank, to try limits on the others

One logistic regression a kinship of the event words (Newton's method, with a ridge). Evidence that never occurs in PAIRS keeps
the weight it has: the days, places, participants and losses of the ledger are not marked there.
"""

import math
import sys
from collections import defaultdict

RIDGE = 3.0
ROUNDS = 25


def read_pairs(path, half):
    rows = defaultdict(list)
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    topics = sorted({topic for line in lines for topic in line[1:3]})
    wanted = {topic for rank, topic in enumerate(topics) if half is None or rank % 2 == ("even", "odd").index(half)}
    for label, topic, other, kinship, *evidence in lines:
        if topic in wanted and other in wanted:
            rows[kinship].append((int(label), [(name, float(value)) for name, value in (cell.split("=") for cell in evidence)]))
    return rows


def solve(matrix, vector):
    """The solution of a system of linear equations by elimination with pivoting."""
    size = len(vector)
    rows = [list(row) + [value] for row, value in zip(matrix, vector)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for k in range(column, size + 1):
                rows[row][k] -= factor * rows[column][k]
    solution = [0.0] * size
    for row in reversed(range(size)):
        solution[row] = (rows[row][size] - sum(rows[row][k] * solution[k] for k in range(row + 1, size))) / rows[row][row]
    return solution


def fit(rows):
    names = sorted({name for _, evidence in rows for name, _ in evidence})
    place = {name: at for at, name in enumerate(names)}
    rows = [(label, [(place[name], value) for name, value in evidence]) for label, evidence in rows]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        gradient = [RIDGE * weight for weight in weights]
        curvature = [[RIDGE * (i == j) for j in range(len(names))] for i in range(len(names))]
        for label, evidence in rows:
            odds = sum(weights[at] * value for at, value in evidence)
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            for at, value in evidence:
                gradient[at] += (chance - label) * value
                part = chance * (1 - chance) * value
                row = curvature[at]
                for other, other_value in evidence:
                    row[other] += part * other_value
        step = solve(curvature, gradient)
        weights = [weight - change for weight, change in zip(weights, step)]
        if max(map(abs, step)) < 1e-3:
            break
    return dict(zip(names, weights))


def main():
    half = sys.argv[3] if len(sys.argv) > 3 else None
    fitted = {kinship: fit(rows) for kinship, rows in read_pairs(sys.argv[1], half).items()}
    lines = open(sys.argv[2], encoding="utf-8").read().splitlines()
    kinships = next(line for line in lines if line.startswith("evidence\t")).split("\t")[1:]
    taught = {name for weights in fitted.values() for name in weights}
    for at, line in enumerate(lines):
        name, *cells = line.split("\t")
        if name in taught and not line.startswith("#"):
            lines[at] = "\t".join([name] + [f"{fitted.get(kinship, {}).get(name, 0.0):.2f}" for kinship in kinships])
    open(sys.argv[2], "w", encoding="utf-8").write("\n".join(lines) + "\n")


main()
