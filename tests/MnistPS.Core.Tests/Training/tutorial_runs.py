"""Prints tutorial-runs.json: the tutorial's training in NumPy with other settings, for TutorialTests to compare with.

python3 tutorial_runs.py <folder with the four gzipped IDX files of MNIST> > tutorial-runs.json
"""
import gzip
import json
import os
import sys

import numpy as np

RUNS = [
    dict(seed=1, hidden_size=37, learning_rate=0.005, training_count=500, test_count=300, epochs=4),
    dict(seed=2, hidden_size=101, learning_rate=0.003, training_count=500, test_count=300, epochs=4),
    dict(seed=884736743, hidden_size=1, learning_rate=0.01, training_count=200, test_count=1000, epochs=3),
    dict(seed=18446744073709551615, hidden_size=8, learning_rate=0.02, training_count=333, test_count=77, epochs=5),
    dict(seed=0, hidden_size=256, learning_rate=0.001, training_count=400, test_count=1, epochs=3),
    dict(seed=3, hidden_size=700, learning_rate=0.001, training_count=150, test_count=100, epochs=2),
]


def read(folder, kind):
    with gzip.open(os.path.join(folder, kind + "-images-idx3-ubyte.gz")) as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
    with gzip.open(os.path.join(folder, kind + "-labels-idx1-ubyte.gz")) as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return images, labels


def one_hot_encoding(labels, dimension=10):
    return (labels[..., None] == np.arange(dimension)[None]).astype(np.float64)


def relu(x):
    return (x >= 0) * x


def relu2deriv(output):
    return output >= 0


def train(run, training, test):
    training_images, training_labels = training[0][:run["training_count"]] / 255, one_hot_encoding(training[1][:run["training_count"]])
    test_images, test_labels = test[0][:run["test_count"]] / 255, one_hot_encoding(test[1][:run["test_count"]])
    rng = np.random.default_rng(run["seed"])
    weights_1 = 0.2 * rng.random((784, run["hidden_size"])) - 0.1
    weights_2 = 0.2 * rng.random((run["hidden_size"], 10)) - 0.1
    epochs = []
    for _ in range(run["epochs"]):
        training_loss = 0.0
        training_accurate_predictions = 0
        for i in range(len(training_images)):
            layer_0 = training_images[i]
            layer_1 = np.dot(layer_0, weights_1)
            layer_1 = relu(layer_1)
            dropout_mask = rng.integers(low=0, high=2, size=layer_1.shape)
            layer_1 *= dropout_mask * 2
            layer_2 = np.dot(layer_1, weights_2)
            training_loss += np.sum((training_labels[i] - layer_2) ** 2)
            training_accurate_predictions += int(np.argmax(layer_2) == np.argmax(training_labels[i]))
            layer_2_delta = training_labels[i] - layer_2
            layer_1_delta = np.dot(weights_2, layer_2_delta) * relu2deriv(layer_1)
            layer_1_delta *= dropout_mask
            weights_1 += run["learning_rate"] * np.outer(layer_0, layer_1_delta)
            weights_2 += run["learning_rate"] * np.outer(layer_1, layer_2_delta)
        results = relu(test_images @ weights_1) @ weights_2
        epochs.append(dict(
            training_loss=training_loss / len(training_images),
            training_accuracy=training_accurate_predictions / len(training_images),
            test_loss=np.sum((test_labels - results) ** 2) / len(test_images),
            test_accuracy=float(np.sum(np.argmax(results, axis=1) == np.argmax(test_labels, axis=1)) / len(test_images))))
    return dict(run, seed=str(run["seed"]), epochs=epochs)


training, test = read(sys.argv[1], "train"), read(sys.argv[1], "t10k")
print('{"numpy": %s, "runs": [' % json.dumps(np.__version__))
print(",\n".join(json.dumps(train(run, training, test)) for run in RUNS))
print("]}")
