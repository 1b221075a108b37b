import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { decodeCursor, encodeCursor } from '../../src/feed/cursor.ts';
import { FIELDS, type FieldName } from '../../src/feed/fields.ts';
import { isFilterMistake, parseFilter, parseQuery } from '../../src/feed/filter.ts';
import { randomFilter } from '../support/filters.ts';

function mistakeOf(query: string) {
  try {
    parseQuery(query);
  } catch (error) {
    if (isFilterMistake(error)) return { field: error.field, value: error.value, allowed: error.allowed, message: error.message };
    throw error;
  }
  throw new Error(`${query} was taken`);
}

describe('reading a filter', () => {
  it('asks for everything when nothing is said', () => {
    const filter = parseQuery('');
    expect(filter).toMatchObject({ path: [], credential: [], verdict: [], q: null, since: null, limit: null, cursor: null, include: [] });
  });

  it('takes lists repeated, with commas, or both, in any order and once each', () => {
    const expected = ['writing', 'sales'];
    for (const query of ['path=writing&path=sales', 'path=sales,writing', 'path=sales,writing&path=sales', '?path=sales, writing']) {
      expect(parseQuery(query).path).toEqual(expected);
    }
    expect(parseFilter({ path: ['sales', 'writing'] }).path).toEqual(expected);
  });

  it('means the verdicts that let a holder apply when only a credential is given', () => {
    expect(parseQuery('credential=OTA').verdict).toEqual(['named', 'preferred', 'implied', 'open']);
    expect(parseQuery('credential=OTA&verdict=barred').verdict).toEqual(['barred']);
  });

  it('takes an empty value for none, as forms send it', () => {
    expect(parseQuery('path=&q=&limit=')).toEqual(parseQuery(''));
  });

  it('keeps commas in the name of an employer', () => {
    expect(parseQuery('company=Acme%2C Inc.&company=Beta').company).toEqual(['acme, inc.', 'beta']);
  });

  it.each([
    ['path=utilisation', 'path', 'utilisation', /utilization-review/],
    ['path=sales,nope', 'path', 'nope', /sales/],
    ['credential=RN', 'credential', 'RN', /OTA/],
    ['work_mode=home', 'work_mode', 'home', /remote/],
    ['limit=0', 'limit', '0', /1 to 100/],
    ['limit=101', 'limit', '101', /1 to 100/],
    ['limit=1e1', 'limit', '1e1', /1 to 100/],
    ['limit=5&limit=6', 'limit', ['5', '6'], /1 to 100/],
    ['since=yesterday', 'since', 'yesterday', /7d/],
    ['since=2026-02-30', 'since', '2026-02-30', /7d/],
    ['since=0d', 'since', '0d', /7d/],
    ['cursor=abc', 'cursor', 'abc', /next/],
    ['q=%00', 'q', '\0', /phrase/],
    ['near=00000', 'near', '00000', /ZIP/],
    ['radius=10', 'radius', 10, /near/],
    ['pay_min=60000&pay_interval=visit', 'pay_interval', 'visit', /hour/],
    ['pay_interval=hour', 'pay_interval', 'hour', /pay_min/],
    ['state=Ontario', 'state', 'Ontario', /USPS/],
    ['colour=red', 'colour', 'red', /path, role/],
    ['__proto__=x', '__proto__', 'x', /path, role/],
  ] as const)('refuses %s with the field, its value and what is allowed', (query, field, value, allowed) => {
    const told = mistakeOf(query);
    expect(told.field).toBe(field);
    expect(told.value).toEqual(value);
    expect(told.allowed).toMatch(allowed);
    expect(told.message).toContain(field);
  });

  it('refuses a query longer than any filter is', () => {
    expect(mistakeOf(`q=${'a'.repeat(2001)}`).field).toBe('query');
  });

  it('takes the example of every field', () => {
    const needs: Partial<Record<FieldName, string>> = { radius: 'near=78701', pay_interval: 'pay_min=30', verdict: 'credential=OT' };
    for (const name of Object.keys(FIELDS) as FieldName[]) {
      const query = `${name}=${encodeURIComponent(FIELDS[name].example)}&${needs[name] ?? ''}`;
      expect(canonicalQuery(parseQuery(query)), name).toContain(`${name}=`);
    }
  });
});

describe('the canonical query', () => {
  it('sorts names and values, drops defaults and escapes only what it must', () => {
    const query = 'q=%22utilization+review%22+-RN&path=sales,writing&limit=&credential=OTA&verdict=open,named,implied,preferred';
    expect(canonicalQuery(parseQuery(query))).toBe('credential=OTA&path=writing,sales&q=%22utilization%20review%22%20-RN');
  });

  it('reads back as the same filter and stays the same, for any filter', () => {
    fc.assert(
      fc.property(randomFilter(), query => {
        const filter = parseQuery(query);
        const canonical = canonicalQuery(filter);
        expect(parseQuery(canonical)).toEqual(filter);
        expect(canonicalQuery(parseQuery(canonical))).toBe(canonical);
      }),
      { numRuns: 300 },
    );
  });

  it('is one text for every spelling of the same filter', () => {
    const spellings = [
      ['state=tx&near=austin, tx&radius=50', 'radius=50&near=Austin%2C+TX&state=TX'],
      ['since=168h', 'since=7d'],
      ['since=1w', 'since=7d'],
      ['since=2026-11-01', 'since=2026-11-01T00:00:00Z'],
      ['pay_min=60000.00', 'pay_interval=year&pay_min=60000'],
    ];
    for (const [one, other] of spellings) expect(canonicalQuery(parseQuery(one!))).toBe(canonicalQuery(parseQuery(other!)));
  });

  it('is what a URL parser would write, so that following a redirect does not spell it anew', () => {
    fc.assert(
      fc.property(randomFilter(), query => {
        const canonical = canonicalQuery(parseQuery(query));
        expect(new URL(`http://localhost/?${canonical}`).search.slice(1)).toBe(canonical);
      }),
    );
  });
});

describe('the cursor', () => {
  it('reads back what was written and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ maxLength: 80 }), (id, noise) => {
        const cursor = { firstSeen: '2026-11-01T08:00:00.123456Z', id };
        const read = decodeCursor(encodeCursor(cursor));
        if (/\p{Cc}/u.test(id) || !id.isWellFormed()) expect(read === null || read.id === id || !id.isWellFormed()).toBe(true);
        else expect(read).toEqual(cursor);
        const odd = decodeCursor(noise);
        expect(odd === null || encodeCursor(odd) === noise).toBe(true);
      }),
    );
  });
});
