"""Makes the ONNX files in this folder and models.json: what their makers say of four images, in double precision.

The PyTorch ones are PyTorch's own exports; the others are put together as tf2onnx does with Keras' layers (NHWC, MatMul and Add) and skl2onnx
with scikit-learn's MLPClassifier. Weights are random. Made with Debian's python3-torch 1.13, python3-onnx 1.12.0, python3-sklearn 1.2.1:

    /usr/bin/python3 models.py
"""
import copy
import json
import os
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.neural_network import MLPClassifier
from torch import nn
from torch.nn import functional as F

FOLDER = os.path.dirname(os.path.abspath(__file__))
warnings.simplefilter('ignore')
torch.manual_seed(1)
random = np.random.default_rng(1)

# The same images are made in C#: a third of the pixels is lit, in a pattern.
i, row, column = np.ogrid[0:4, 0:28, 0:28]
GREY = np.where((row + column + i) % 3 == 0, (row * 17 + column * 29 + i * 53) % 256, 0)
IMAGES = GREY / 255.0


class Mlp(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Flatten(), nn.Linear(784, 2), nn.ReLU(), nn.Linear(2, 10))


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 2, 5)
        self.conv2 = nn.Conv2d(2, 3, 3, padding=1)
        self.norm = nn.BatchNorm2d(3)
        self.fc1 = nn.Linear(108, 6)
        self.fc2 = nn.Linear(6, 10)
        for numbers in (self.norm.weight, self.norm.bias, self.norm.running_mean, self.norm.running_var):
            nn.init.uniform_(numbers, 0.5, 1.5)

    def forward(self, x):
        x = F.max_pool2d(F.leaky_relu(self.conv1(x)), 2)
        x = F.max_pool2d(self.norm(torch.sigmoid(self.conv2(x))), 2)
        x = x.view(x.size(0), -1)
        x = F.dropout(torch.tanh(self.fc1(x)), 0.5, self.training)
        return F.log_softmax(self.fc2(x), dim=1)


def file_of(name):
    return os.path.join(FOLDER, name + '.onnx')


def probabilities(logits):
    return F.softmax(logits, dim=1).tolist()


def export(name, model, batch=None, opset=13):
    """PyTorch's export, of any number of images, or of so many at a time."""
    model.eval()
    axes = {} if batch else {'input': {0: 'batch'}, 'output': {0: 'batch'}}
    torch.onnx.export(model, torch.zeros(batch or 1, 1, 28, 28), file_of(name), opset_version=opset, input_names=['input'],
                      output_names=['output'], dynamic_axes=axes, keep_initializers_as_inputs=False)
    with torch.no_grad():
        return probabilities(copy.deepcopy(model).double()(torch.tensor(IMAGES).unsqueeze(1)))


def tensor(name, values, kind=np.float32):
    return numpy_helper.from_array(np.asarray(values, kind), name)


def weights(*shape):
    return random.uniform(-0.4, 0.4, shape)


def save(name, nodes, tensors, inputs, outputs, producer, domains=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, tensors)
    sets = [helper.make_opsetid('', 13)] + [helper.make_opsetid(domain, 1) for domain in domains]
    model = helper.make_model(graph, producer_name=producer, opset_imports=sets, ir_version=7)
    onnx.checker.check_model(model)
    onnx.save(model, file_of(name))


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, ['N', *shape])


def keras_mlp():
    """Rescaling(1 / 255), Flatten, Dense(2, relu), Dense(10, softmax)."""
    w1, b1, w2, b2 = weights(784, 2), weights(2), weights(2, 10), weights(10)
    save('keras-mlp',
         [helper.make_node('Mul', ['input', 'scale'], ['scaled'], 'model/rescaling/mul'),
          helper.make_node('Reshape', ['scaled', 'shape'], ['flat'], 'model/flatten/Reshape'),
          helper.make_node('MatMul', ['flat', 'w1'], ['m1'], 'model/dense/MatMul'),
          helper.make_node('Add', ['m1', 'b1'], ['a1'], 'model/dense/BiasAdd'),
          helper.make_node('Relu', ['a1'], ['r1'], 'model/dense/Relu'),
          helper.make_node('MatMul', ['r1', 'w2'], ['m2'], 'model/dense_1/MatMul'),
          helper.make_node('Add', ['m2', 'b2'], ['a2'], 'model/dense_1/BiasAdd'),
          helper.make_node('Softmax', ['a2'], ['output'], 'model/dense_1/Softmax')],
         [tensor('scale', 1 / 255), tensor('shape', [-1, 784], np.int64), tensor('w1', w1), tensor('b1', b1), tensor('w2', w2), tensor('b2', b2)],
         [value('input', TensorProto.FLOAT, 28, 28)], [value('output', TensorProto.FLOAT, 10)], 'tf2onnx')
    flat = torch.tensor(IMAGES).reshape(4, 784)
    return probabilities(F.relu(flat @ torch.tensor(w1) + torch.tensor(b1)) @ torch.tensor(w2) + torch.tensor(b2))


def keras_convnet():
    """Conv2D(2, 5, relu), MaxPooling2D, BatchNormalization (whose epsilon is 1e-3), Conv2D(3, 4, padding 'same'), MaxPooling2D, Flatten, Dense(10)."""
    w1, b1, w2, b2, w3, b3 = weights(2, 1, 5, 5), weights(2), weights(3, 2, 4, 4), weights(3), weights(108, 10), weights(10)
    scale, shift, mean, variance = random.uniform(0.5, 1.5, (4, 2))
    save('keras-convnet',
         [helper.make_node('Cast', ['input'], ['numbers'], 'model/cast/Cast', to=TensorProto.FLOAT),
          helper.make_node('Div', ['numbers', 'grey'], ['scaled'], 'model/truediv'),
          helper.make_node('Transpose', ['scaled'], ['nchw'], 'model/conv2d/Conv2D__6', perm=[0, 3, 1, 2]),
          helper.make_node('Conv', ['nchw', 'w1'], ['c1'], 'model/conv2d/Conv2D', kernel_shape=[5, 5], strides=[1, 1], dilations=[1, 1], group=1),
          helper.make_node('Add', ['c1', 'b1'], ['a1'], 'model/conv2d/BiasAdd'),
          helper.make_node('Relu', ['a1'], ['r1'], 'model/conv2d/Relu'),
          helper.make_node('MaxPool', ['r1'], ['p1'], 'model/max_pooling2d/MaxPool', kernel_shape=[2, 2], strides=[2, 2]),
          helper.make_node('BatchNormalization', ['p1', 'scale', 'shift', 'mean', 'variance'], ['n1'], 'model/batch_normalization', epsilon=1e-3),
          helper.make_node('Conv', ['n1', 'w2', 'b2'], ['c2'], 'model/conv2d_1/Conv2D', kernel_shape=[4, 4], auto_pad='SAME_UPPER'),
          helper.make_node('MaxPool', ['c2'], ['p2'], 'model/max_pooling2d_1/MaxPool', kernel_shape=[2, 2], strides=[2, 2]),
          helper.make_node('Transpose', ['p2'], ['nhwc'], 'model/max_pooling2d_1/MaxPool__18', perm=[0, 2, 3, 1]),
          helper.make_node('Reshape', ['nhwc', 'shape'], ['flat'], 'model/flatten/Reshape'),
          helper.make_node('MatMul', ['flat', 'w3'], ['m3'], 'model/dense/MatMul'),
          helper.make_node('Add', ['m3', 'b3'], ['a3'], 'model/dense/BiasAdd'),
          helper.make_node('Softmax', ['a3'], ['output'], 'model/dense/Softmax')],
         [tensor('grey', 255), tensor('shape', [-1, 108], np.int64), tensor('w1', w1), tensor('b1', b1.reshape(1, 2, 1, 1)), tensor('w2', w2), tensor('b2', b2),
          tensor('w3', w3), tensor('b3', b3), tensor('scale', scale), tensor('shift', shift), tensor('mean', mean), tensor('variance', variance)],
         [value('input', TensorProto.UINT8, 28, 28, 1)], [value('output', TensorProto.FLOAT, 10)], 'tf2onnx')
    t = [torch.tensor(numbers) for numbers in (w1, b1, w2, b2, w3, b3, scale, shift, mean, variance)]
    x = F.max_pool2d(F.relu(F.conv2d(torch.tensor(IMAGES).unsqueeze(1), t[0], t[1])), 2)
    x = F.batch_norm(x, t[8], t[9], t[6], t[7], eps=1e-3)
    x = F.max_pool2d(F.conv2d(F.pad(x, (1, 2, 1, 2)), t[2], t[3]), 2)
    return probabilities(x.permute(0, 2, 3, 1).reshape(4, 108) @ t[4] + t[5])


def sklearn_mlp():
    """MLPClassifier(hidden_layer_sizes=2) of random images, as skl2onnx writes it, label and ZipMap included."""
    classifier = MLPClassifier((2,), max_iter=2, random_state=1).fit(random.uniform(0, 1, (100, 784)), np.arange(100) % 10)
    (w1, w2), (b1, b2) = classifier.coefs_, classifier.intercepts_
    probability = onnx.ValueInfoProto(name='output_probability')
    probability.type.sequence_type.elem_type.map_type.key_type = TensorProto.INT64
    probability.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
    save('sklearn-mlp',
         [helper.make_node('Cast', ['X'], ['cast_input'], 'Cast', to=TensorProto.FLOAT),
          helper.make_node('MatMul', ['cast_input', 'coefficient'], ['mul_result'], 'MatMul'),
          helper.make_node('Add', ['mul_result', 'intercepts'], ['add_result'], 'Add'),
          helper.make_node('Relu', ['add_result'], ['next_activations'], 'Relu'),
          helper.make_node('MatMul', ['next_activations', 'coefficient1'], ['mul_result1'], 'MatMul1'),
          helper.make_node('Add', ['mul_result1', 'intercepts1'], ['add_result1'], 'Add1'),
          helper.make_node('Softmax', ['add_result1'], ['out_activations_result'], 'Softmax', axis=1),
          helper.make_node('ArgMax', ['out_activations_result'], ['argmax_output'], 'ArgMax', axis=1),
          helper.make_node('ArrayFeatureExtractor', ['classes', 'argmax_output'], ['extracted'], 'ArrayFeatureExtractor', domain='ai.onnx.ml'),
          helper.make_node('Reshape', ['extracted', 'row'], ['output_label'], 'Reshape'),
          helper.make_node('Identity', ['out_activations_result'], ['probabilities'], 'Identity'),
          helper.make_node('ZipMap', ['probabilities'], ['output_probability'], 'ZipMap', domain='ai.onnx.ml', classlabels_int64s=list(range(10)))],
         [tensor('coefficient', w1), tensor('intercepts', b1.reshape(1, 2)), tensor('coefficient1', w2), tensor('intercepts1', b2.reshape(1, 10)),
          tensor('classes', np.arange(10), np.int64), tensor('row', [-1], np.int64)],
         [value('X', TensorProto.FLOAT, 784)],
         [helper.make_tensor_value_info('output_label', TensorProto.INT64, ['N']),
          probability],
         'skl2onnx', ['ai.onnx.ml'])
    return classifier.predict_proba(IMAGES.reshape(4, 784)).tolist()


facts = {
    'pytorch-mlp': export('pytorch-mlp', Mlp()),
    'pytorch-convnet': export('pytorch-convnet', ConvNet()),
    'pytorch-one-image': export('pytorch-one-image', ConvNet(), batch=1, opset=9),
    'keras-mlp': keras_mlp(),
    'keras-convnet': keras_convnet(),
    'sklearn-mlp': sklearn_mlp(),
}
with open(os.path.join(FOLDER, 'models.json'), 'w') as file:
    json.dump(facts, file, separators=(',', ':'))
    file.write('\n')
