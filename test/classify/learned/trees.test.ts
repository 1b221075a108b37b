import { describe, expect, it } from 'vitest';
import { sumOf, sumsByFeature, type Tree, treesFile, writeTree } from '../../../src/classify/learned/trees.ts';
import { growTrees } from '../../../tools/trees.ts';

const NAMES = ['field.care', 'function.best'];
const TEXT = '0.5 field.care 0.4 -0.2 0.8 function.best 0 0.1 1.5';
const file = treesFile('trees.yaml', ['nonclinical'], NAMES);
const readAll = (...nonclinical: string[]) => file.parse({ about: 'What is said together.', inputs: [], nonclinical }).nonclinical;
const read = (text: string) => readAll(text)[0] as Tree;
const refused = (text: string) => () => readAll(text);

describe('a tree', () => {
  it.each([
    [[0.4, 1], -0.2],
    [[0.5, 0], 0.1],
    [[0.5, 0.1], 1.5],
  ])('of %j says %d: a number up to the bar goes below', (features, said) => {
    expect(sumOf([read(TEXT)], Float64Array.from(features))).toBe(said);
  });

  it('is written as it is read', () => {
    expect(writeTree(read(TEXT), NAMES)).toBe(TEXT);
    expect(writeTree(read('0.25'), NAMES)).toBe('0.25');
  });

  it('tells how much each question changed, which adds up to what all trees say beyond their first values', () => {
    const trees = readAll(TEXT, '0.1 function.best 0.3 0 0.4', '-0.3');
    const features = Float64Array.of(0.9, 0.7);
    const by = sumsByFeature(trees, features);
    expect(by[0]).toBeCloseTo(0.8 - 0.5);
    expect(by[1]).toBeCloseTo(1.5 - 0.8 + 0.4 - 0.1);
    expect(sumOf(trees, features)).toBeCloseTo(0.5 + 0.1 - 0.3 + (by[0] as number) + (by[1] as number));
  });

  it.each([
    'much',
    '0.5 field.care 0.4 -0.2',
    '0.5 field.magic 0.4 -0.2 0.3',
    '0.5 0.4',
    '0.5 field.care x -0.2 0.3',
    '',
    '1e300',
    `${'0 field.care 0 0 '.repeat(20_000)}0`,
  ])('is refused as "%s", with what is allowed', text => {
    expect(refused(text)).toThrow(/allowed: a number from -50 to 50, or one with one of field\.care, function\.best/);
  });

  it('is refused among more trees than say anything', () => {
    expect(() => readAll(...Array.from({ length: 1001 }, () => '0.1'))).toThrow(/allowed: a list of at most 1000 trees/);
  });
});

describe('trees that grow', () => {
  /** Two features that tell the class only together. */
  const cases = Array.from({ length: 400 }, (_, at) => {
    const [a, b] = [at % 2, Math.floor(at / 2) % 2] as [number, number];
    return { features: Float64Array.of(a, b, (at * 7) % 5), scores: [0], label: a === b ? 0 : 1, weight: 1 };
  });

  it('find what two features mean together, which no sum of them tells', () => {
    const [trees = []] = growTrees(cases, 2);
    const odds = (a: number, b: number) => sumOf(trees, Float64Array.of(a, b, 2));
    expect(Math.min(odds(0, 0), odds(1, 1))).toBeGreaterThan(1);
    expect(Math.max(odds(0, 1), odds(1, 0))).toBeLessThan(-1);
  });

  it('add nothing where others know it all', () => {
    const known = cases.map(one => ({ ...one, scores: [one.label === 0 ? 12 : -12] }));
    const [trees = []] = growTrees(known, 2);
    expect(Math.abs(sumOf(trees, Float64Array.of(0, 0, 2)))).toBeLessThan(0.1);
  });

  it('are the same in every run', () => {
    const write = () => growTrees(cases, 2).map(trees => trees.map(tree => writeTree(tree, ['a', 'b', 'c'])));
    expect(write()).toEqual(write());
  });
});
