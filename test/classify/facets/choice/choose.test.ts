import { describe, expect, test } from 'vitest';
import { choose } from '../../../../src/classify/facets/choice/choose.ts';
import { Weigher } from '../../../../src/classify/learned/ear.ts';
import type { Linear } from '../../../../src/text/linear.ts';

const linear: Linear = {
  floor: 10,
  bias: Float64Array.of(0),
  facts: new Map([
    ['plainly', Float64Array.of(Math.log(3))],
    ['hardly', Float64Array.of(Math.log(0.6))],
  ]),
  words: new Map(),
};

function option(value: string, fact: string) {
  const heard = new Weigher(linear);
  heard.fact(fact);
  return { value, heard, of: 0 };
}

describe('which of several values is told', () => {
  test('is the one that speaks loudest', () => {
    expect(choose([option('three', 'hardly'), option('five', 'plainly')])?.value).toBe('five');
  });

  test('is none where none speaks louder than one', () => {
    expect(choose([option('three', 'hardly'), option('five', 'hardly')])).toBeNull();
    expect(choose([])).toBeNull();
  });

  test('is one that is hardly told twice, at the place of the loudest', () => {
    const [first, second] = [option('three', 'hardly'), option('three', 'hardly')];
    expect(choose([first, second])).toBe(first);
  });
});
