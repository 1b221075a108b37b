/** One row of what is learned from: its features with their values, its class, and how much it weighs. */
export type Row = {
  readonly features: readonly number[];
  readonly values: readonly number[];
  readonly label: number;
  readonly weight: number;
};

/** Weights of a softmax regression, one row of `classes` numbers per feature, and one bias per class. */
export type Softmax = { readonly classes: number; readonly weights: Float64Array; readonly bias: Float64Array };

const MOST_STEPS = 80;
/** How many steps back the search remembers the slope of the loss; more brings nothing at this size. */
const MEMORY = 8;
const GOOD_ENOUGH = 1e-4;

/** The scores of the classes for a row. */
function scores({ classes, weights, bias }: Softmax, features: readonly number[], values: readonly number[]): Float64Array {
  const out = Float64Array.from(bias);
  for (let at = 0; at < features.length; at++) {
    const from = (features[at] as number) * classes;
    const value = values[at] as number;
    for (let k = 0; k < classes; k++) out[k] = (out[k] as number) + value * (weights[from + k] as number);
  }
  return out;
}

/** Turns scores into probabilities, in place. */
function normalise(out: Float64Array): Float64Array {
  const most = Math.max(...out);
  let sum = 0;
  for (let k = 0; k < out.length; k++) sum += out[k] = Math.exp((out[k] as number) - most);
  for (let k = 0; k < out.length; k++) out[k] = (out[k] as number) / sum;
  return out;
}

/**
 * Fits a softmax regression with a quadratic penalty by L-BFGS (Nocedal 1980). `penalty` is one number, or one per feature.
 * The biases are not penalised. Deterministic.
 */
export function fitSoftmax(
  rows: readonly Row[],
  features: number,
  classes: number,
  penalty: number | Float64Array,
  steps = MOST_STEPS,
): Softmax {
  const size = (features + 1) * classes;
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const at = (x: Float64Array): Softmax => ({
    classes,
    weights: x.subarray(0, features * classes),
    bias: x.subarray(features * classes),
  });
  const loss = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    const model = at(x);
    let sum = 0;
    for (const row of rows) sum += addGradient(model, row, gradient, features, total);
    for (let feature = 0; feature < features; feature++) {
      const by = typeof penalty === 'number' ? penalty : (penalty[feature] as number);
      for (let k = 0, i = feature * classes; k < classes; k++, i++) {
        sum += (by / 2) * (x[i] as number) ** 2;
        gradient[i] = (gradient[i] as number) + by * (x[i] as number);
      }
    }
    return sum;
  };
  return at(minimise(loss, size, steps));
}

function addGradient(model: Softmax, row: Row, gradient: Float64Array, features: number, total: number): number {
  const { classes } = model;
  const p = normalise(scores(model, row.features, row.values));
  const share = row.weight / total;
  const loss = -Math.log(Math.max(1e-12, p[row.label] as number)) * share;
  p[row.label] = (p[row.label] as number) - 1;
  for (let k = 0; k < classes; k++) {
    const slope = (p[k] as number) * share;
    gradient[features * classes + k] = (gradient[features * classes + k] as number) + slope;
    p[k] = slope;
  }
  for (let at = 0; at < row.features.length; at++) {
    const from = (row.features[at] as number) * classes;
    const value = row.values[at] as number;
    for (let k = 0; k < classes; k++) gradient[from + k] = (gradient[from + k] as number) + value * (p[k] as number);
  }
  return loss;
}

type Loss = (x: Float64Array, gradient: Float64Array) => number;
type Step = { s: Float64Array; y: Float64Array; rho: number };

/** Minimises a smooth function from zero. */
export function minimise(loss: Loss, size: number, steps: number): Float64Array {
  let x = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = loss(x, gradient);
  const history: Step[] = [];
  for (let step = 0; step < steps; step++) {
    const direction = descent(gradient, history);
    const slope = dot(direction, gradient);
    if (-slope < GOOD_ENOUGH * GOOD_ENOUGH) break;
    let length = step === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    let next = x;
    const nextGradient = new Float64Array(size);
    let nextValue = value;
    for (let tries = 0; tries < 30; tries++, length /= 2) {
      next = x.map((from, i) => from + length * (direction[i] as number));
      nextValue = loss(next, nextGradient);
      if (nextValue <= value + GOOD_ENOUGH * length * slope) break;
    }
    if (nextValue >= value) break;
    remember(history, x, next, gradient, nextGradient);
    const gain = value - nextValue;
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain < 1e-6) break;
  }
  return x;
}

function remember(history: Step[], x: Float64Array, next: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
  const s = next.map((to, i) => to - (x[i] as number));
  const y = nextGradient.map((to, i) => to - (gradient[i] as number));
  const sy = dot(s, y);
  if (sy <= 1e-12) return;
  history.push({ s, y, rho: 1 / sy });
  if (history.length > MEMORY) history.shift();
}

/** The direction of the next step: the slope bent by what the last steps tell of the curve. */
function descent(gradient: Float64Array, history: readonly Step[]): Float64Array {
  const q = gradient.map(value => -value);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...history].reverse()) {
    const alpha = rho * dot(s, q);
    alphas.push(alpha);
    addScaled(q, y, -alpha);
  }
  const last = history.at(-1);
  if (last) {
    const scale = dot(last.s, last.y) / dot(last.y, last.y);
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale;
  }
  for (const { s, y, rho } of history) addScaled(q, s, (alphas.pop() as number) - rho * dot(y, q));
  return q;
}

function addScaled(to: Float64Array, from: Float64Array, by: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + by * (from[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
