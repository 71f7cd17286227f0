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
  leakyrelu: each((x, { slope }) => x > 0 ? x : slope * x),
  tanh: each(Math.tanh),
  sigmoid: each(x => 1 / (1 + Math.exp(-x))),
  dropout: each(x => x),
};

function each(f) {
  return (x, layer, y) => { for (let i = 0; i < x.length; i++) y[i] = f(x[i], layer); };
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

// What digits look like, if the network is calibrated: 16 bits a number, digit by digit and way by way a mean and its components.
const forms = (function loadForms(text) {
  const numbers = new DataView(Uint8Array.from(text, letter => letter.charCodeAt(0)).buffer);
  return Float32Array.from({ length: text.length / 2 }, (_, i) => numbers.getInt16(2 * i, true) / 32767);
})(atob(document.getElementById('forms').textContent));

// Histograms of oriented gradients: six directions in nine by nine windows of six pixels, three from one to the next, as a vector of length 1.
function strokeDirections(x) {
  const cosines = [1, 0.8660254, 0.5, 0, -0.5, -0.8660254], sines = [0, 0.5, 0.8660254, 1, 0.8660254, 0.5];
  const at = (row, column) => row >= 0 && row < 28 && column >= 0 && column < 28 ? x[28 * row + column] : 0;
  const directions = new Float64Array(486);
  for (let pixel = 0; pixel < 784; pixel++) {
    const row = Math.floor(pixel / 28), column = pixel % 28;
    const across = at(row, column + 1) - at(row, column - 1), down = at(row + 1, column) - at(row - 1, column), squared = across ** 2 + down ** 2;
    if (squared === 0) continue;
    const i = Math.floor((row + 2) / 3), j = Math.floor((column + 2) / 3);
    for (let direction = 0; direction < 6; direction++) {
      const share = (across * cosines[direction] + down * sines[direction]) ** 2 / squared, part = Math.sqrt(squared) * share ** 3;
      for (const windowRow of [i - 1, i]) {
        for (const windowColumn of [j - 1, j]) {
          if (windowRow >= 0 && windowRow < 9 && windowColumn >= 0 && windowColumn < 9) directions[81 * direction + 9 * windowRow + windowColumn] += part;
        }
      }
    }
  }
  const length = Math.hypot(...directions) || 1;
  return directions.map(number => number / length);
}

// How much an image looks like a digit, from 0 to 1; 1 where the network is not calibrated.
function likeness(x, digit) {
  const { tail, ways, components } = network;
  if (!tail) return 1;
  const directions = strokeDirections(x), width = directions.length;
  let least = Infinity;
  for (let way = 0; way < ways; way++) {
    const from = (digit * ways + way) * (1 + components) * width, offset = directions.map((number, i) => number - forms[from + i]);
    let left = offset.reduce((sum, number) => sum + number ** 2, 0);
    for (let component = 1; component <= components; component++) {
      left -= offset.reduce((sum, number, i) => sum + number * forms[from + component * width + i], 0) ** 2;
    }
    least = Math.min(least, left);
  }

  const i = tail.findIndex(residual => residual <= least), last = tail.length - 1;
  return i === 0 ? 0 : i < 0 ? 1 : (i - (least - tail[i]) / (tail[i - 1] - tail[i])) / last;
}

// Reads an image of 784 grey values, 0 (paper) to 255 (ink): ten scores, the digit of the first of the largest, and how sure of it the network is.
function readDigit(pixels) {
  const image = Float64Array.from(pixels, grey => grey / 255);
  let x = image;
  for (const layer of network.layers) {
    const y = new Float64Array(layer.output[0] * layer.output[1] * layer.output[2]);
    forward[layer.kind](x, layer, y);
    x = y;
  }

  const largest = Math.max(...x), label = x.indexOf(largest);
  if (!network.givesProbabilities) return { label, scores: [...x], confidence: largest };
  const exponentials = Array.from(x, output => Math.exp((output - largest) / network.temperature)), sum = exponentials.reduce((a, b) => a + b);
  return { label, scores: exponentials.map(exponential => exponential / sum), confidence: likeness(image, label) / sum };
}
