import { z } from 'zod';
import { object } from '../schema/fields.ts';
import { notAllowed, said } from '../schema/mistakes.ts';
import { head } from './fitted-file.ts';

/** What small trees say together: what a sum of features misses, as two of them mean something else together than each alone. */
export type Tree = {
  /** What is said where nothing further is asked. */
  readonly value: number;
  readonly split: Split | null;
};
/** A question to one feature: a number up to the bar goes below. */
type Split = { readonly feature: number; readonly bar: number; readonly below: Tree; readonly above: Tree };

/** What trees add for these features. */
export function sumOf(trees: readonly Tree[], features: Float64Array): number {
  let sum = 0;
  for (let tree of trees) {
    while (tree.split) tree = next(tree.split, features);
    sum += tree.value;
  }
  return sum;
}

/** The same but for the first values, by the feature that was asked for: every question adds what its answer changes. */
export function sumsByFeature(trees: readonly Tree[], features: Float64Array): Float64Array {
  const sums = new Float64Array(features.length);
  for (let tree of trees) {
    while (tree.split) {
      const { feature } = tree.split;
      const then = next(tree.split, features);
      sums[feature] = (sums[feature] as number) + then.value - tree.value;
      tree = then;
    }
  }
  return sums;
}

const next = ({ feature, bar, below, above }: Split, features: Float64Array): Tree =>
  (features[feature] as number) <= bar ? below : above;

/** A tree as text, questions before what stands below and above them: "0.01 field.care 0.4 -0.2 0.3". */
export function writeTree({ value, split }: Tree, names: readonly string[]): string {
  if (!split) return `${value}`;
  const { feature, bar, below, above } = split;
  return `${value} ${names[feature]} ${bar} ${writeTree(below, names)} ${writeTree(above, names)}`;
}

/** Beyond these a tree is no fit's. */
const GREATEST = 50;
const DEEPEST = 8;

/** Reads such a text; null where it is none. */
function readTree(text: string, names: readonly string[]): Tree | null {
  const words = text.split(' ');
  const number = () => Number(words.shift() || Number.NaN);
  const read = (depth: number): Tree => {
    const value = number();
    const feature = names.indexOf(words[0] ?? '');
    if (feature < 0 || depth > DEEPEST) return { value, split: null };
    words.shift();
    return { value, split: { feature, bar: number(), below: read(depth + 1), above: read(depth + 1) } };
  };
  const tree = read(0);
  return words.length === 0 && isWhole(tree) ? tree : null;
}

/** Whether every number of a tree is one that a fit may have written. */
function isWhole({ value, split }: Tree): boolean {
  return isSmall(value) && (!split || (isSmall(split.bar) && isWhole(split.below) && isWhole(split.above)));
}

const isSmall = (number: number): boolean => Math.abs(number) <= GREATEST;

/** More trees than these would be learning by heart. */
const MOST = 1000;

/** A file that holds trees over some features for each of some classes. */
export function treesFile<Class extends string>(file: string, classes: readonly Class[], features: readonly string[]) {
  const allowed = `a number from -${GREATEST} to ${GREATEST}, or one with one of ${features.join(', ')}, its bar, and what stands below and above it`;
  const tree = z.string(said(allowed)).transform((text, context): Tree => {
    const read = readTree(text, features);
    if (read) return read;
    context.addIssue({ code: 'custom', message: notAllowed(text, allowed) });
    return z.NEVER;
  });
  const list = said(`a list of at most ${MOST} trees`);
  const trees = z.array(tree, list).max(MOST, list);
  const shape = Object.fromEntries(classes.map(name => [name, trees])) as Record<Class, typeof trees>;
  return object(file, { ...head, ...shape });
}
