"""The tutorial's training in NumPy as it stands there: 20 epochs of 1000 images, each followed by a test with 1000 others.

usage: tutorial.py <folder with the images and labels as raw bytes>
"""

import sys

import numpy as np

from peer import serve

folder = sys.argv[1]


def images_of(name):
    return np.fromfile(f"{folder}/{name}-images", np.uint8).reshape(-1, 784)[:1000] / 255


def targets_of(name):
    labels = np.fromfile(f"{folder}/{name}-labels", np.uint8)[:1000]
    return (labels[:, None] == np.arange(10)[None]).astype(np.float64)


training_images, test_images = images_of("training"), images_of("test")
training_labels, test_labels = targets_of("training"), targets_of("test")


def relu(x):
    return (x >= 0) * x


def relu2deriv(output):
    return output >= 0


def run():
    rng = np.random.default_rng(884736743)
    learning_rate = 0.005
    weights_1 = 0.2 * rng.random((784, 100)) - 0.1
    weights_2 = 0.2 * rng.random((100, 10)) - 0.1
    log = []
    for epoch in range(20):
        training_loss = 0.0
        training_accurate = 0
        for i in range(len(training_images)):
            layer_0 = training_images[i]
            layer_1 = relu(np.dot(layer_0, weights_1))
            dropout_mask = rng.integers(low=0, high=2, size=layer_1.shape)
            layer_1 *= dropout_mask * 2
            layer_2 = np.dot(layer_1, weights_2)

            training_loss += np.sum((training_labels[i] - layer_2) ** 2)
            training_accurate += int(np.argmax(layer_2) == np.argmax(training_labels[i]))

            layer_2_delta = training_labels[i] - layer_2
            layer_1_delta = np.dot(weights_2, layer_2_delta) * relu2deriv(layer_1)
            layer_1_delta *= dropout_mask
            weights_1 += learning_rate * np.outer(layer_0, layer_1_delta)
            weights_2 += learning_rate * np.outer(layer_1, layer_2_delta)

        results = relu(test_images @ weights_1) @ weights_2
        test_loss = np.sum((test_labels - results) ** 2)
        test_accurate = np.sum(np.argmax(results, axis=1) == np.argmax(test_labels, axis=1))
        log.append(
            "Epoch: " + str(epoch)
            + " Training set error:" + str(training_loss / float(len(training_images)))[0:5]
            + " Training set accuracy:" + str(training_accurate / float(len(training_images)))
            + " Test set error:" + str(test_loss / float(len(test_images)))[0:5]
            + " Test set accuracy:" + str(test_accurate / float(len(test_images)))
        )
    return "; ".join(log)


serve(f"NumPy {np.__version__}", run)
