import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amount, at, type Json, parseJson, text } from '../../../src/crawlers/kit/json.ts';

describe('walking JSON', () => {
  test('finds own values only, never those of a prototype', () => {
    const json = { jobs: [{ name: 'One' }], empty: null };
    expect(at(json, 'jobs', 0, 'name')).toBe('One');
    for (const path of [['constructor'], ['jobs', 'length'], ['jobs', 5, 'name'], ['empty', 'name'], ['__proto__', 'toString']]) {
      expect(at(json, ...path)).toBeUndefined();
    }
  });

  test('reads texts and numbers, and null out of everything else', () => {
    expect([' x ', 7, '', '  ', null, true, {}, [], Number.NaN].map(text)).toEqual(['x', '7', null, null, null, null, null, null, null]);
    expect([7, '70,000.50', '$45', 'USD 45', '', 'about 5', '1,2', null, Number.POSITIVE_INFINITY].map(amount)).toEqual([
      7,
      70_000.5,
      45,
      45,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('never throws, whatever it walks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.nat())), (value, path) => {
        const found = at(value as Json, ...path);
        text(found);
        amount(found);
      }),
    );
    fc.assert(
      fc.property(fc.string(), body => {
        const parsed = parseJson(body);
        expect('json' in parsed || parsed.why.length > 0).toBe(true);
      }),
    );
  });
});
