"""Prints default_rng.json: what NumPy's default_rng draws, for NumPyGeneratorTests to compare with.

python3 default_rng.py > default_rng.json
"""
import hashlib
import json

import numpy as np

SEEDS = [884736743, 147197952744, 0, 1, 4294967295, 4294967296, 18446744073709551615]
RANGES = [
    (0, 2), (0, 10), (-5, 6), (7, 8), (0, 3 * 2**30 + 1), (0, 2**32 - 1), (0, 2**32), (0, 2**32 + 1),
    (0, 3 * 2**61 + 7), (-(2**40), 2**40), (0, 2**63 - 1), (-(2**63), 2**63 - 1),
]
PERMUTATIONS = [0, 1, 2, 20, 1000, 60000]
CHOICES = [
    (1, 1), (5, 0), (5, 5), (30, 7), (1000, 5), (60000, 5), (10000, 10000),
    (10001, 200), (10001, 201), (60000, 1200), (60000, 1201), (60000, 60000),
]


def digest(values):
    return hashlib.sha256(values.astype("<i4").tobytes()).hexdigest()


def vector(seed):
    def start():
        return np.random.default_rng(seed)

    # One generator through all kinds of draws, so that halves of 64 bits left over by one call show up in the next.
    rng = start()
    mixed = {
        "integers_0_2": rng.integers(0, 2, size=33).tolist(),
        "then_random": rng.random(2).tolist(),
        "then_integers_0_2": rng.integers(0, 2, size=5).tolist(),
        "then_integers_0_2_again": rng.integers(0, 2, size=100).tolist(),
        "then_permutation_20": rng.permutation(20).tolist(),
        "then_integers_0_2_single": rng.integers(0, 2, size=1).tolist(),
        "then_choice_1000_5": rng.choice(1000, size=5, replace=False).tolist(),
        "then_random_again": rng.random(2).tolist(),
    }

    # "next" is drawn afterwards and shows that the same number of bits was used up.
    ranges, permutations, choices = [], [], []
    for low, high in RANGES:
        rng = start()
        ranges.append({"low": low, "high": high, "values": rng.integers(low, high, size=21).tolist(), "next": int(rng.integers(0, 1000))})
    for n in PERMUTATIONS:
        rng = start()
        values = rng.permutation(n)
        permutations.append({"n": n, "first": values[:20].tolist(), "sha256": digest(values), "next": int(rng.integers(0, 1000))})
    for n, size in CHOICES:
        rng = start()
        values = rng.choice(n, size=size, replace=False)
        choices.append({"n": n, "size": size, "first": values[:20].tolist(), "sha256": digest(values), "next": int(rng.integers(0, 1000))})

    state = start().bit_generator.state["state"]
    return {
        "seed": str(seed),
        "state": str(state["state"]),
        "increment": str(state["inc"]),
        "random": start().random(6).tolist(),
        "mixed": mixed,
        "integers": ranges,
        "permutation": permutations,
        "choice": choices,
    }


vectors = [vector(seed) for seed in SEEDS]
print('{"numpy": %s, "vectors": [' % json.dumps(np.__version__))
print(",\n".join(json.dumps(v) for v in vectors))
print("]}")
