"""Prints learning-rate-sweeps.json: losses of sweeps, smoothed, and the steepest descent, for LearningRateSweepTests to compare with.

python3 learning_rate_sweeps.py > learning-rate-sweeps.json

As fastai and Lightning have it: avg = 0.98 avg + 0.02 loss, smoothed = avg / (1 - 0.98 ** steps); the suggestion is the smallest numpy.gradient of the
smoothed losses without the first ten (a tenth of a shorter sweep) and the last. "suggested" is the number of its point, or -1 where no loss falls.
"""
import json

import numpy as np


def sweep(losses):
    average, smoothed = 0.0, []
    for i, loss in enumerate(losses):
        average = 0.98 * average + (1 - 0.98) * loss
        smoothed.append(average / (1 - 0.98 ** (i + 1)))
    skipped = min(10, len(losses) // 10)
    gradient = np.gradient(np.array(smoothed[skipped:-1]))[1:-1]
    suggested = int(gradient.argmin()) + skipped + 1 if gradient.min() < 0 else -1
    return {"losses": list(losses), "smoothed": smoothed, "suggested": suggested}


rng = np.random.default_rng(3)
at = np.linspace(0, 1, 100)
falling = 2.3 - 1.8 / (1 + np.exp(-25 * (at - 0.5))) + 30 * np.maximum(0, at - 0.85) ** 2
print("[\n" + ",\n".join(json.dumps(sweep(losses.tolist())) for losses in [
    falling,
    falling + 0.1 * rng.standard_normal(100),
    (falling + 0.05 * rng.standard_normal(100))[::5],
    1 + at ** 2,
]) + "\n]")
