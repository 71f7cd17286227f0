// The page: a pen on paper, and the network's prediction. Points are in shares of the paper's side.
const find = id => document.getElementById(id);
const paper = find('paper'), picture = find('picture'), reading = find('reading');
const penWidth = 0.07, nearest = 0.004, keyStep = 0.03;
let strokes = [], pointer = null, isDue = false;
const pen = { x: 0.5, y: 0.25, isDown: false };

// What the labels stand for. They come from outside, and so are only ever text.
const names = network.classNames, areWords = names.some(name => name.length > 1);

const bars = Array.from({ length: 10 }, (_, digit) => {
  const bar = document.createElement('div');
  bar.innerHTML = '<span><i></i></span>';
  bar.append(names[digit]);
  bar.setAttribute('role', 'meter');
  bar.setAttribute('aria-label', areWords ? names[digit] : `digit ${names[digit]}`);
  bar.setAttribute('aria-valuemin', 0);
  bar.setAttribute('aria-valuemax', 1);
  return find('bars').appendChild(bar);
});

// The page is drawn once per frame, however many events arrive.
function update() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => { isDue = false; drawPaper(); showReading(); });
}

function drawPaper() {
  const size = Math.round(paper.clientWidth * devicePixelRatio), context = paper.getContext('2d');
  paper.width = paper.height = size;
  context.scale(size, size);
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = penWidth;
  context.strokeStyle = context.fillStyle = getComputedStyle(paper).color;
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(stroke[0].x, stroke[0].y);
    // Curves through the midpoints, so that no corner shows.
    for (let i = 1; i < stroke.length; i++) {
      const from = stroke[i - 1], to = stroke[i];
      context.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2);
    }
    context.lineTo(stroke.at(-1).x, stroke.at(-1).y);
    context.stroke();
  }
  if (paper.matches(':focus-visible')) {
    // The pen of the keyboard, bold while it is down.
    context.beginPath();
    context.arc(pen.x, pen.y, penWidth / 2 + 0.015, 0, 2 * Math.PI);
    context.lineWidth = pen.isDown ? 0.016 : 0.007;
    context.strokeStyle = getComputedStyle(paper).outlineColor;
    context.stroke();
  }
}

function showReading() {
  const pixels = makePicture(strokes), answer = pixels && readDigit(pixels), score = answer ? answer.confidence : NaN;
  const isSure = score >= 0.5;
  const image = new ImageData(28, 28);
  for (let i = 0; i < 784; i++) image.data.set([255, 255, 255, pixels ? pixels[i] : 0], 4 * i);
  picture.getContext('2d').putImageData(image, 0, 0);

  reading.className = answer ? (isSure ? '' : 'unsure') : 'empty';
  reading.classList.toggle('words', areWords);
  find('digit').textContent = isSure ? names[answer.label] : answer ? '?' : '–';
  find('sureness').textContent = answer ? (isSure ? say(score) : `perhaps ${names[answer.label]}: ${say(score)}`) : 'nothing to read yet';
  bars.forEach((bar, digit) => {
    const share = answer ? Math.min(Math.max(answer.scores[digit], 0), 1) || 0 : 0;
    bar.style.setProperty('--score', share);
    bar.setAttribute('aria-valuenow', share.toFixed(3));
    bar.classList.toggle('best', answer?.label === digit);
  });
  find('invitation').classList.toggle('gone', strokes.length > 0);
  find('undo').disabled = find('clear').disabled = strokes.length === 0;
}

// For screen readers, only at the end of a stroke.
function speak() {
  const pixels = makePicture(strokes), answer = pixels && readDigit(pixels);
  find('spoken').textContent = answer ? `Read as ${names[answer.label]}, ${say(answer.confidence)}.` : 'The paper is empty.';
  picture.setAttribute('aria-label', answer ? 'The drawing in 28 by 28 pixels' : 'Empty');
}

function say(score) {
  return network.givesProbabilities ? `${Math.floor(100 * score)} % sure` : `score ${score.toFixed(2)}`;
}

function begin(point) {
  strokes.push([point]);
  update();
}

function extend(point) {
  const stroke = strokes.at(-1), last = stroke.at(-1);
  if (Math.hypot(point.x - last.x, point.y - last.y) < nearest) return;
  stroke.push(point);
  update();
}

function undo() {
  pen.isDown = false;
  pointer = null;
  strokes.pop();
  update();
  speak();
}

function clear() {
  strokes = [];
  undo();
}

function pointOf(event) {
  const { left, top, width, height } = paper.getBoundingClientRect(), within = share => Math.min(Math.max(share, 0), 1);
  return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
}

paper.addEventListener('pointerdown', event => {
  if (pointer !== null || event.button !== 0) return;
  pointer = event.pointerId;
  paper.setPointerCapture(pointer);
  pen.isDown = false;
  begin(pointOf(event));
});
paper.addEventListener('pointermove', event => {
  if (event.pointerId !== pointer) return;
  const events = event.getCoalescedEvents?.() ?? [];
  for (const each of events.length ? events : [event]) extend(pointOf(each));
});
for (const name of ['pointerup', 'pointercancel']) {
  paper.addEventListener(name, event => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    speak();
  });
}

const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
paper.addEventListener('keydown', event => {
  if (pointer !== null) return;
  const move = moves[event.key];
  if (move) {
    pen.x = Math.min(Math.max(pen.x + keyStep * move[0], 0), 1);
    pen.y = Math.min(Math.max(pen.y + keyStep * move[1], 0), 1);
    if (pen.isDown) extend({ x: pen.x, y: pen.y });
  } else if (event.key === ' ') {
    pen.isDown = !pen.isDown;
    if (pen.isDown) begin({ x: pen.x, y: pen.y }); else speak();
  } else {
    return;
  }
  event.preventDefault();
  update();
});
addEventListener('keydown', event => {
  const isUndo = event.key === 'Backspace' || (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey));
  if (!isUndo && event.key !== 'Escape' && event.key !== 'Delete') return;
  event.preventDefault();
  if (isUndo) undo(); else clear();
});

find('undo').addEventListener('click', undo);
find('clear').addEventListener('click', clear);
for (const name of ['focus', 'blur']) paper.addEventListener(name, update);
for (const name of ['resize', 'themechange']) addEventListener(name, update);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update);
update();
