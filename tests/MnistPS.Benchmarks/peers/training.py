"""Trains a network of float32 in PyTorch with Adam and cross-entropy, a quarter of an epoch a run, shuffled anew each epoch.

usage: training.py <folder with the images and labels as raw bytes> <batch size> <layer>...
"""

import sys

import numpy as np
import torch
from torch import nn

from peer import serve

folder, batch_size, words = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def layer_of(word, shape):
    """The layers that a word of -Layer stands for, on an input of a shape."""
    kind, *numbers = word.replace("x", " ").split()
    if kind == "conv":
        return [nn.Conv2d(shape[1], int(numbers[0]), int(numbers[1]))]
    if kind == "pool":
        return [nn.MaxPool2d(int(numbers[0]))]
    if kind == "relu":
        return [nn.ReLU()]
    if kind == "dropout":
        return [nn.Dropout(float(numbers[0]))]
    if kind == "dense":
        flatten = [nn.Flatten()] if len(shape) > 2 else []
        return flatten + [nn.Linear(int(np.prod(shape[1:])), int(numbers[0]))]
    raise ValueError(word)


network = nn.Sequential()
for word in words:
    for layer in layer_of(word, network(torch.zeros(1, 1, 28, 28)).shape):
        network.append(layer)

images = torch.from_numpy(np.fromfile(f"{folder}/training-images", np.uint8).reshape(-1, 1, 28, 28)).float() / 255
labels = torch.from_numpy(np.fromfile(f"{folder}/training-labels", np.uint8)).long()
optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
loss_of = nn.CrossEntropyLoss()
batches = len(images) // batch_size // 4
network.train()

quarter = 0
order = None


def run():
    global quarter, order
    if quarter % 4 == 0:
        order = torch.randperm(len(images))
    first = quarter % 4 * batches
    quarter += 1
    for batch in range(first, first + batches):
        chosen = order[batch * batch_size:(batch + 1) * batch_size]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network(images[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()


serve(f"PyTorch {torch.__version__}", run)
