# The tutorial's training loop in NumPy: it goes on from one npz file, and leaves where it stands in another.
# Usage: tutorial.py FOLDER_OF_MNIST FROM.npz TO.npz FIRST_EPOCH EPOCHS
# Source: https://numpy.org/numpy-tutorials/content/tutorial-deep-learning-on-mnist.html
import gzip
import json
import os
import sys

import numpy as np

folder, source, target, first, epochs = sys.argv[1:]


def load(name, offset):
    with gzip.open(os.path.join(folder, name + '.gz')) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


images = [load(name, 16).reshape(-1, 784)[:1000] / 255 for name in ('train-images-idx3-ubyte', 't10k-images-idx3-ubyte')]
targets = [np.eye(10)[load(name, 8)[:1000]] for name in ('train-labels-idx1-ubyte', 't10k-labels-idx1-ubyte')]

run = np.load(source)
weights_1, weights_2 = run['weights_1'], run['weights_2']
rng = np.random.default_rng()
rng.bit_generator.state = json.loads(str(run['rng']))

for epoch in range(int(first), int(first) + int(epochs)):
    error, right = 0.0, 0
    for image, wanted in zip(images[0], targets[0]):
        hidden = image @ weights_1
        hidden = (hidden >= 0) * hidden
        mask = rng.integers(low=0, high=2, size=hidden.shape)
        hidden *= mask * 2
        output = hidden @ weights_2
        error += np.sum((wanted - output) ** 2)
        right += int(np.argmax(output) == np.argmax(wanted))
        delta = wanted - output
        hidden_delta = (weights_2 @ delta) * (hidden >= 0) * mask
        weights_1 += 0.005 * np.outer(image, hidden_delta)
        weights_2 += 0.005 * np.outer(hidden, delta)
    outputs = images[1] @ weights_1
    outputs = ((outputs >= 0) * outputs) @ weights_2
    test_error = np.sum((targets[1] - outputs) ** 2)
    test_right = np.sum(np.argmax(outputs, axis=1) == np.argmax(targets[1], axis=1))
    print(f'Epoch: {epoch} Training set error:{str(error / 1000)[:5]} Training set accuracy:{right / 1000}'
          f' Test set error:{str(test_error / 1000)[:5]} Test set accuracy:{test_right / 1000}')

np.savez(target, weights_1=weights_1, weights_2=weights_2, rng=json.dumps(rng.bit_generator.state))
