import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areasIn } from '../../../src/crawlers/kit/areas.ts';
import { assignedJson } from '../../../src/crawlers/kit/assigned.ts';
import { partOf } from '../../../src/crawlers/kit/body-parts.ts';
import { secretNamed } from '../../../src/crawlers/kit/secret.ts';

describe('JSON that a script assigns', () => {
  const page = (json: string) => `<script>if (window.pageData == null) {} window.pageData = ${json};</script><p>{"not": "this"}</p>`;

  test('comes back whole, whatever its strings hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const json = JSON.stringify(value);
        expect(assignedJson(page(json), 'window.pageData')).toEqual({ json: JSON.parse(json) });
      }),
    );
  });

  test('is never made up of a page that is cut inside it', () => {
    const json = JSON.stringify({ Jobs: [{ JobTitle: 'a "}" and \\ b' }, { JobTitle: '{' }] });
    for (let cut = 0; cut < json.length; cut++) {
      expect(assignedJson(`<script>window.pageData = ${json.slice(0, cut)}`, 'window.pageData')).toHaveProperty('why');
    }
  });

  test('is not looked for under another name', () => {
    expect(assignedJson('<script>window.pageDataVersion = {"a":1};</script>', 'window.pageData')).toHaveProperty('why');
  });
});

describe('areas of remote jobs', () => {
  test.each([
    ['USA,  Canada, Europe', [{ raw: 'USA', country: 'US' }, { raw: 'Canada', country: 'CA' }, { raw: 'Europe' }]],
    ['USA Only', [{ raw: 'USA Only', country: 'US' }]],
    ['USA Timezones', [{ raw: 'USA Timezones' }]],
    ['Austin, TX', [{ raw: 'Austin, TX' }]],
    ['Europe, Europe', [{ raw: 'Europe' }]],
    [' , ', []],
    [null, []],
  ])('reads %j', (said, places) => {
    expect(areasIn(said)).toEqual(places);
  });

  test('are never blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'USA', ',', ' ', '/', ';', 'TX'), maxLength: 8 }), said => {
        for (const place of areasIn(said)) expect(place.raw).toMatch(/\S/);
      }),
    );
  });
});

describe('a part of a body', () => {
  test.each([
    ['&lt;p&gt;A &amp;amp; B&lt;/p&gt;', [{ heading: 'Duties', html: '<p>A &amp; B</p>' }]],
    ['A &amp; B', [{ heading: 'Duties', text: 'A & B' }]],
    ['  ', []],
    [undefined, []],
    [{ text: 'x' }, []],
  ])('of %j', (value, parts) => {
    expect(partOf(value, 'Duties')).toEqual(parts);
  });
});

test('a secret stands in a request by the name of its setting alone', () => {
  expect(secretNamed('USAJOBS_KEY')).toBe(['$', '{USAJOBS_KEY}'].join(''));
});
