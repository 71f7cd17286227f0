'use strict';

// The network. The values of an image lie channel by channel, each channel row by row, like the weights.
const network = JSON.parse(document.getElementById('network').textContent);

// The forward pass of each kind of layer for one image, y = f(x). Dropout is the identity outside training.
const forward = {
  dense(x, { parameters: [weights, biases] }, y) {
    if (biases) y.set(biases);
    for (let i = 0; i < x.length; i++) {
      if (x[i] === 0) continue;
      const row = i * y.length;
      for (let j = 0; j < y.length; j++) y[j] += x[i] * weights[row + j];
    }
  },

  // Stride 1. Each nonzero input is added to all sums that it is part of, since most inputs are zero. The sums of a pixel are contiguous. With an odd zero
  // padding, the larger half is below and to the right.
  conv(x, { input: [rows, columns, channels], output: [outRows, outColumns, filters], size, isSame, parameters: [weights, biases] }, y) {
    const before = isSame ? (size - 1) >> 1 : 0, sums = new Float64Array(y.length);
    for (let next = 0; next < x.length; next++) {
      const value = x[next], column = next % columns, row = Math.floor(next / columns) % rows, channel = Math.floor(next / (rows * columns));
      if (value === 0) continue;
      for (let i = 0; i < size; i++) {
        const outRow = row - i + before;
        if (outRow < 0 || outRow >= outRows) continue;
        for (let j = 0; j < size; j++) {
          const outColumn = column - j + before;
          if (outColumn < 0 || outColumn >= outColumns) continue;
          const from = ((channel * size + i) * size + j) * filters, to = (outRow * outColumns + outColumn) * filters;
          for (let filter = 0; filter < filters; filter++) sums[to + filter] += value * weights[from + filter];
        }
      }
    }
    for (let i = 0; i < y.length; i++) {
      const filter = Math.floor(i / (outRows * outColumns)), pixel = i % (outRows * outColumns);
      y[i] = biases[filter] + sums[pixel * filters + filter];
    }
  },

  // Rows and columns that fill no window are dropped.
  pool(x, { input: [rows, columns], output: [outRows, outColumns, channels], size }, y) {
    y.fill(-Infinity);
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < outRows * size; row++) {
        const from = (channel * rows + row) * columns, to = (channel * outRows + Math.floor(row / size)) * outColumns;
        for (let column = 0; column < outColumns * size; column++) {
          const window = to + Math.floor(column / size);
          y[window] = Math.max(y[window], x[from + column]);
        }
      }
    }
  },

  // The running statistics of training.
  batchnorm(x, { input: [rows, columns], parameters: [scale, shift, mean, variance] }, y) {
    for (let i = 0; i < x.length; i++) {
      const channel = Math.floor(i / (rows * columns));
      y[i] = (x[i] - mean[channel]) / Math.sqrt(variance[channel] + 1e-5) * scale[channel] + shift[channel];
    }
  },

  relu: each(x => x > 0 ? x : 0),
  leakyrelu: each(x => x > 0 ? x : 0.01 * x),
  tanh: each(Math.tanh),
  sigmoid: each(x => 1 / (1 + Math.exp(-x))),
  dropout: each(x => x),
};

function each(f) {
  return (x, layer, y) => { for (let i = 0; i < x.length; i++) y[i] = f(x[i]); };
}

// Gives each layer its weights: float32, little-endian, parameter by parameter.
(function loadWeights(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const numbers = new DataView(bytes.buffer), length = Float32Array.BYTES_PER_ELEMENT;
  let next = 0;
  for (const layer of network.layers) {
    layer.parameters = layer.parameters.map(count => Float32Array.from({ length: count }, () => numbers.getFloat32(length * next++, true)));
    if (layer.kind === 'conv') {
      // From filter by filter to position by position, filters contiguous.
      const [weights, { length: filters }] = layer.parameters, patch = weights.length / filters;
      layer.parameters[0] = weights.map((_, i) => weights[i % filters * patch + Math.floor(i / filters)]);
    }
  }
})(atob(document.getElementById('weights').textContent));

// Reads an image of 784 grey values, 0 (paper) to 255 (ink): ten scores, and the first digit with the largest score.
function readDigit(pixels) {
  let x = Float64Array.from(pixels, grey => grey / 255);
  for (const layer of network.layers) {
    const y = new Float64Array(layer.output[0] * layer.output[1] * layer.output[2]);
    forward[layer.kind](x, layer, y);
    x = y;
  }

  const largest = Math.max(...x), label = x.indexOf(largest);
  if (!network.givesProbabilities) return { label, scores: [...x] };
  const exponentials = Array.from(x, output => Math.exp(output - largest)), sum = exponentials.reduce((a, b) => a + b);
  return { label, scores: exponentials.map(exponential => exponential / sum) };
}
