"""Prints label-issues.json: labels, scores and the labels that confident learning doubts, for LabelAuditTests to compare with.

python3 label_issues.py > label-issues.json

By the definitions of arXiv:1911.00068: the threshold of a class is the mean self-confidence of the images labelled with it, and an image counts in
the confident joint for the class of largest score among those whose threshold it reaches. Those off the diagonal are doubted; the order is that of the
margin between the label's score and the best other one. Digit 7 has no label.
"""
import json

import numpy as np

rng = np.random.default_rng(11)
COUNT = 200
labels = rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 9], size=COUNT)
truth = np.where(rng.random(COUNT) < 0.15, rng.integers(0, 10, COUNT), labels)
weights = np.full((COUNT, 10), 0.4)
weights[np.arange(COUNT), truth] += rng.random(COUNT) * 30
scores = np.array([rng.dirichlet(w) for w in weights]).round(4)

thresholds = np.array([scores[labels == c, c].mean() if (labels == c).any() else np.inf for c in range(10)])
above = np.where(scores >= thresholds, scores, -1)
confident = np.where(above.max(axis=1) >= 0, above.argmax(axis=1), -1)
doubted = np.flatnonzero((confident >= 0) & (confident != labels))
others = scores.copy()
others[np.arange(COUNT), labels] = -1
margins = scores[np.arange(COUNT), labels] - others.max(axis=1)
ranked = doubted[np.argsort(margins[doubted], kind="stable")]
print(json.dumps({
    "labels": labels.tolist(),
    "scores": scores.tolist(),
    "issues": [{"index": int(i), "suggested": int(others[i].argmax()), "margin": float(margins[i])} for i in ranked],
}))
