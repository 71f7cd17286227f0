"""Prints more-trajectories.json: small networks trained by PyTorch 1.13 in float64, for TrajectoryTests to compare with.

python3 more_trajectories.py <folder with the four gzipped IDX files of MNIST> > more-trajectories.json

Every weight is 0.2 * rng.random(shape) - 0.1, layer by layer, dense as (inputs, outputs); biases are 0; batches are in order, the
last one may be short. The schedules step once a batch, over all steps of the training. A bias that batch normalisation takes away
again is left out: its gradient is nothing but rounding, which Adam would make as large as any other.
"""
import gzip
import json
import math
import os
import sys

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)

RUNS = [
    dict(name="conv with batchnorm, ragged", layers=["conv 4x5", "batchnorm", "relu", "pool 2", "dense 20", "batchnorm", "relu", "dense 10"],
         seed=21, optimizer="adam", learning_rate=0.003, batch_size=48, training_count=500, epochs=3),
    dict(name="same convolution, leakyrelu, pool 3", layers=["conv 6x3 same", "leakyrelu", "pool 3", "conv 5x4 same", "leakyrelu 0.3", "dense 10"],
         seed=22, optimizer="adam", learning_rate=0.002, batch_size=32, training_count=330, epochs=3),
    dict(name="even same convolution behind a wide one", layers=["conv 9x2 same", "tanh", "pool 5", "conv 8x3", "relu", "dense 10"],
         seed=23, optimizer="sgd", learning_rate=0.1, batch_size=20, training_count=200, epochs=3),
    dict(name="sgd with weight decay", layers=["dense 33", "relu", "dense 10"],
         seed=24, optimizer="sgd", weight_decay=0.01, learning_rate=0.1, batch_size=64, training_count=640, epochs=4),
    dict(name="nesterov with weight decay", layers=["dense 33", "relu", "dense 10"],
         seed=25, optimizer="nesterov", weight_decay=0.001, learning_rate=0.02, batch_size=64, training_count=640, epochs=4),
    dict(name="adamw with weight decay", layers=["dense 40", "batchnorm", "tanh", "dense 10"],
         seed=26, optimizer="adamw", weight_decay=0.1, learning_rate=0.003, batch_size=50, training_count=640, epochs=4),
    dict(name="adam with weight decay", layers=["dense 40", "relu", "dense 10"],
         seed=27, optimizer="adam", weight_decay=0.01, learning_rate=0.003, batch_size=50, training_count=640, epochs=4),
    dict(name="label smoothing", layers=["dense 30", "relu", "dense 10"], label_smoothing=0.1,
         seed=28, optimizer="momentum", learning_rate=0.05, batch_size=64, training_count=640, epochs=4),
    dict(name="deep tanh and sigmoid, last batch of one", layers=["dense 37", "tanh", "dense 21", "sigmoid", "dense 13", "tanh", "dense 10"],
         seed=29, optimizer="adam", learning_rate=0.005, batch_size=64, training_count=641, epochs=5),
    dict(name="sigmoid image by image", layers=["dense 11", "sigmoid", "dense 10"],
         seed=30, optimizer="sgd", learning_rate=0.05, batch_size=1, training_count=300, epochs=3),
    dict(name="one-cycle", layers=["dense 32", "relu", "dense 10"], schedule="onecycle",
         seed=31, optimizer="adam", learning_rate=0.01, batch_size=37, training_count=500, epochs=4),
    dict(name="cosine", layers=["dense 32", "relu", "dense 10"], schedule="cosine",
         seed=32, optimizer="momentum", learning_rate=0.05, batch_size=150, training_count=500, epochs=4),
    dict(name="squared error", layers=["dense 25", "relu", "dense 10"], loss="squared",
         seed=33, optimizer="sgd", learning_rate=0.02, batch_size=10, training_count=500, epochs=3),
    dict(name="activations behind pools and each other", layers=["conv 3x5", "pool 4", "leakyrelu", "dense 15", "leakyrelu", "sigmoid", "dense 12", "tanh", "leakyrelu", "dense 10"],
         seed=34, optimizer="adam", learning_rate=0.01, batch_size=25, training_count=300, epochs=3),
    dict(name="batchnorm of the image", layers=["batchnorm", "pool 2", "conv 5x3", "sigmoid", "pool 2", "tanh", "dense 10"],
         seed=35, optimizer="sgd", learning_rate=0.1, batch_size=20, training_count=200, epochs=3),
    dict(name="convolutions before pools and batchnorm, ragged", layers=["conv 4x5", "pool 2", "batchnorm", "relu", "conv 6x5", "pool 2", "batchnorm", "relu", "dense 12", "relu", "dense 10"],
         seed=36, optimizer="momentum", learning_rate=0.02, batch_size=24, training_count=250, epochs=3),
    dict(name="convolutions before pools that leave rows over", layers=["conv 3x4", "relu", "conv 17x3", "relu", "pool 3", "conv 9x3 same", "pool 2", "relu", "dense 10"],
         seed=37, optimizer="adam", learning_rate=0.003, batch_size=32, training_count=200, epochs=3),
    dict(name="normalised convolutions by adam with weight decay", layers=["conv 6x5", "pool 2", "batchnorm", "relu", "conv 9x3 same", "pool 2", "batchnorm", "tanh", "dense 14", "batchnorm", "sigmoid", "dense 10"],
         seed=38, optimizer="adam", weight_decay=0.001, learning_rate=0.003, batch_size=40, training_count=330, epochs=3),
]
TEST_COUNT = 1000


def read(folder, kind, count):
    with gzip.open(os.path.join(folder, kind + "-images-idx3-ubyte.gz")) as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16, count=count * 784)
    with gzip.open(os.path.join(folder, kind + "-labels-idx1-ubyte.gz")) as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8, count=count)
    return torch.tensor(images.reshape(count, 1, 28, 28) / 255), torch.tensor(labels.astype(np.int64))


def build(words, seed):
    rng = np.random.default_rng(seed)
    modules = []
    shape = (1, 28, 28)

    def weights(*size):
        return torch.tensor(0.2 * rng.random(size) - 0.1)

    for word in words:
        kind, *rest = word.split()
        if kind == "dense":
            if len(shape) == 3:
                modules.append(nn.Flatten())
            inputs, outputs = math.prod(shape), int(rest[0])
            module = nn.Linear(inputs, outputs)
            module.weight.data = weights(inputs, outputs).T.contiguous()
            module.bias.data.zero_()
            shape = (outputs,)
        elif kind == "conv":
            filters, size = (int(n) for n in rest[0].split("x"))
            module = nn.Conv2d(shape[0], filters, size, padding="same" if rest[1:] else "valid")
            module.weight.data = weights(filters, shape[0], size, size)
            module.bias.data.zero_()
            less = 0 if rest[1:] else size - 1
            shape = (filters, shape[1] - less, shape[2] - less)
        elif kind == "pool":
            module = nn.MaxPool2d(int(rest[0]))
            shape = (shape[0], shape[1] // int(rest[0]), shape[2] // int(rest[0]))
        elif kind == "batchnorm":
            module = nn.BatchNorm2d(shape[0]) if len(shape) == 3 else nn.BatchNorm1d(shape[0])
        else:
            module = {"relu": nn.ReLU(), "leakyrelu": nn.LeakyReLU(float(*rest or [0.01])), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid()}[kind]
        before = next((m for m in reversed(modules) if not isinstance(m, nn.MaxPool2d)), None)
        if kind == "batchnorm" and hasattr(before, "bias"):
            before.bias = None
        modules.append(module)
    return nn.Sequential(*modules)


def optimizer_of(run, parameters):
    rate, decay = run["learning_rate"], run["weight_decay"]
    return {
        "sgd": lambda: torch.optim.SGD(parameters, rate, weight_decay=decay),
        "momentum": lambda: torch.optim.SGD(parameters, rate, momentum=0.9, weight_decay=decay),
        "nesterov": lambda: torch.optim.SGD(parameters, rate, momentum=0.9, nesterov=True, weight_decay=decay),
        "adam": lambda: torch.optim.Adam(parameters, rate, weight_decay=decay),
        "adamw": lambda: torch.optim.AdamW(parameters, rate, weight_decay=decay),
    }[run["optimizer"]]()


def schedule_of(run, optimizer, steps):
    if run["schedule"] == "onecycle":
        return torch.optim.lr_scheduler.OneCycleLR(optimizer, run["learning_rate"], total_steps=steps, cycle_momentum=False)
    if run["schedule"] == "cosine":
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    return None


def train(run, training, test):
    run = dict(dict(weight_decay=0.0, label_smoothing=0.0, loss="crossentropy", schedule="constant"), **run)
    model = build(run["layers"], run["seed"])
    optimizer = optimizer_of(run, model.parameters())
    count, size = run["training_count"], run["batch_size"]
    schedule = schedule_of(run, optimizer, run["epochs"] * -(-count // size))
    cross_entropy = nn.CrossEntropyLoss(reduction="sum", label_smoothing=run["label_smoothing"])

    # What is reported, and what is descended: of the squared error it is half.
    def loss_of(outputs, labels):
        if run["loss"] == "squared":
            error = ((nn.functional.one_hot(labels, 10) - outputs) ** 2).sum()
            return error, error / 2
        return (cross_entropy(outputs, labels),) * 2

    epochs = []
    for _ in range(run["epochs"]):
        model.train()
        loss, correct = 0.0, 0
        for start in range(0, count, size):
            images, labels = training[0][start:min(start + size, count)], training[1][start:min(start + size, count)]
            optimizer.zero_grad()
            outputs = model(images)
            error, descended = loss_of(outputs, labels)
            (descended / len(labels)).backward()
            rate = optimizer.param_groups[0]["lr"]
            optimizer.step()
            if schedule:
                schedule.step()
            loss += error.item()
            correct += (outputs.argmax(1) == labels).sum().item()
        model.eval()
        with torch.no_grad():
            outputs = model(test[0])
            test_loss = loss_of(outputs, test[1])[0].item()
            test_correct = (outputs.argmax(1) == test[1]).sum().item()
        epochs.append(dict(training_loss=loss / count, training_accuracy=correct / count, test_loss=test_loss / TEST_COUNT,
                           test_accuracy=test_correct / TEST_COUNT, learning_rate=rate))
    return dict(run, test_count=TEST_COUNT, epochs=epochs)


training = read(sys.argv[1], "train", 1000)
test = read(sys.argv[1], "t10k", TEST_COUNT)
print('{"torch": %s, "trajectories": [' % json.dumps(torch.__version__))
print(",\n".join(json.dumps(train(run, training, test)) for run in RUNS))
print("]}")
