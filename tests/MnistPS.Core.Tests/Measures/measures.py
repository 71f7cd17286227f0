"""Prints measures.json: predictions and what scikit-learn 1.2.1 says of them, for PredictionSummaryTests to compare with.

python3 measures.py > measures.json

Scores are multiples of 1/1024 that add up to 1 exactly, some of them 0. A class's row is that of classification_report with all ten labels; the
means are those of the report as it is called by default, which knows the labels that occur.
"""
import json
import warnings

import numpy as np
from sklearn.metrics import classification_report, confusion_matrix, log_loss

warnings.filterwarnings("ignore")
DIGITS = list(range(10))


def case(name, seed, count, written, never_read=(), skill=15):
    rng = np.random.default_rng(seed)
    expected = rng.choice(written, size=count)
    weights = np.full((count, 10), 8.0)
    weights[np.arange(count), expected] += rng.random(count) * skill
    weights[:, list(never_read)] = 0.001
    scores = np.array([rng.multinomial(1024, w / w.sum()) for w in weights])
    read = scores.argmax(axis=1)
    report = classification_report(expected, read, labels=DIGITS, output_dict=True, zero_division=0)
    means = classification_report(expected, read, output_dict=True, zero_division=0)
    return {
        "name": name,
        "expected": expected.tolist(),
        "scores_in1024ths": scores.tolist(),
        "confusion": confusion_matrix(expected, read, labels=DIGITS).tolist(),
        "digits": [[report[str(d)][key] for key in ("support", "precision", "recall", "f1-score")] for d in DIGITS],
        "accuracy": float((expected == read).mean()),
        "macro": [means["macro avg"][key] for key in ("precision", "recall", "f1-score")],
        "weighted": [means["weighted avg"][key] for key in ("precision", "recall", "f1-score")],
        "log_loss": log_loss(expected, scores / 1024, labels=DIGITS),
        "squared_error": float((((np.eye(10)[expected] - scores / 1024) ** 2).sum(axis=1)).mean()),
    }


CASES = [
    case("all digits", 1, 120, DIGITS),
    case("digits that are never written", 2, 40, [1, 3, 7]),
    case("digits that are never read", 3, 60, DIGITS, never_read=[2, 5]),
    case("digits that are neither written nor read", 4, 30, [4, 9], never_read=[0, 1, 2, 3, 5, 6, 7]),
    case("a single one", 5, 1, [6], skill=100),
    case("nothing right", 6, 20, [0, 1], never_read=[0, 1]),
]
print("[\n" + ",\n".join(json.dumps(c) for c in CASES) + "\n]")
