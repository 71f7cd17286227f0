// From pen strokes to the network's input, as MNIST's digits were made: the ink is cropped, fitted into 20 x 20 pixels with its proportions, anti-aliased,
// and centred by its mass in 28 x 28 (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"). The pen is as wide as MNIST's on average,
// whatever the size of the drawing.
const side = 28, box = 20;
const radius = 1.28;       // half a stroke's width in pixels
const edge = 1.1;          // pixels from paper to full ink, across the edge of a stroke
const largestScale = 200;  // of a drawing that is 1 wide, so that a dot stays a dot
const middle = 14.5;       // the row and the column of the centre of mass: those of MNIST's images are spread evenly from 14 to 15

// Strokes are lists of points { x, y }. The picture has 784 grey values; it is null without a point.
function makePicture(strokes) {
  const points = strokes.flat();
  if (points.length === 0) return null;

  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }

  const scale = Math.min((box - 2 * radius) / Math.max(right - left, bottom - top), largestScale);
  const fit = ({ x, y }) => ({ x: box / 2 + scale * (x - (left + right) / 2), y: box / 2 + scale * (y - (top + bottom) / 2) });
  const ink = new Float64Array(box * box);
  for (const stroke of strokes) {
    const fitted = stroke.map(fit);
    fitted.forEach((point, i) => drawLine(ink, fitted[Math.max(i - 1, 0)], point));
  }

  return centre(ink);
}

// Draws a segment of a stroke with round ends, keeping darker pixels.
function drawLine(ink, from, to) {
  const reach = radius + edge / 2 + 0.5, dx = to.x - from.x, dy = to.y - from.y, squared = Math.max(dx * dx + dy * dy, 1e-9);
  const [firstRow, endRow] = span(from.y, to.y), [firstColumn, endColumn] = span(from.x, to.x);
  for (let row = firstRow; row < endRow; row++) {
    for (let column = firstColumn; column < endColumn; column++) {
      const x = column + 0.5 - from.x, y = row + 0.5 - from.y, share = Math.min(Math.max((x * dx + y * dy) / squared, 0), 1);
      const depth = (radius - Math.hypot(x - share * dx, y - share * dy)) / edge + 0.5;
      const pixel = row * box + column;
      ink[pixel] = Math.max(ink[pixel], Math.min(depth, 1));
    }
  }

  function span(a, b) {
    return [Math.max(Math.floor(Math.min(a, b) - reach), 0), Math.min(Math.ceil(Math.max(a, b) + reach), box)];
  }
}

// Moves the box so that its centre of mass is where MNIST's are, to the nearest pixel.
function centre(ink) {
  let mass = 0, massX = 0, massY = 0;
  ink.forEach((value, i) => {
    mass += value;
    massX += value * (i % box + 0.5);
    massY += value * (Math.floor(i / box) + 0.5);
  });
  const offset = mean => Math.min(Math.max(Math.floor(middle - mean + 0.5), 0), side - box);
  const left = offset(massX / mass), top = offset(massY / mass), pixels = new Uint8Array(side * side);
  ink.forEach((value, i) => pixels[(Math.floor(i / box) + top) * side + i % box + left] = Math.round(255 * value));
  return pixels;
}
