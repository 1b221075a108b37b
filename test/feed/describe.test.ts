import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { describeFilter } from '../../src/feed/describe.ts';
import { FIELDS, type FieldName } from '../../src/feed/fields.ts';
import { parseFilter, parseQuery } from '../../src/feed/filter.ts';
import { randomFilter } from '../support/filters.ts';

const said = (query: string) => describeFilter(parseQuery(query));

describe('a filter in words', () => {
  it.each([
    ['', 'Non-clinical jobs'],
    ['path=utilization-review&credential=OTA&work_mode=remote', 'Utilization review jobs for a COTA, remote'],
    ['credential=OTA&verdict=named,barred', 'Non-clinical jobs for a COTA, marked “Yes” or “No”'],
    ['patient_contact=none,some', 'Non-clinical jobs, with no or some patient contact'],
    ['certification=atp&without_certification=any', 'Non-clinical jobs, asking for “ATP”, without a required certification of any kind'],
    ['max_lifting=25&max_years=1', 'Non-clinical jobs, asking for at most 1 year of experience, lifting at most 25 pounds'],
    ['source=acme-health&company=acme health', 'Non-clinical jobs, at “Acme Health”, from the source acme-health'],
    ['since=36h&posted_since=2026-11-01', 'Non-clinical jobs, first seen in the last 36 hours, posted since 2026-11-01'],
    ['include=closed,barred', 'Non-clinical jobs, with those that take none of the five and closed ones'],
  ])('%s reads %s', (query, words) => {
    expect(said(query)).toBe(words);
  });

  it('names every field but those of paging', () => {
    const silent = (Object.keys(FIELDS) as FieldName[]).filter(name => {
      const needs = { radius: 'near=78701', pay_interval: 'pay_min=20' }[name as string] ?? '';
      return said(`${needs}&${name}=${encodeURIComponent(FIELDS[name].example)}`) === said(needs);
    });
    expect(silent).toEqual(['limit', 'cursor']);
  });

  const words = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('remote', 'a”, remote', 'a', 'a” or “b', 'b', 'any', '”', '””', 'acme, in texas', 'x”, first seen since 2026-11-01'),
  );
  const filter = fc
    .tuple(randomFilter(), fc.record({ q: words, company: words, certification: words }, { requiredKeys: [] }))
    .map(([query, own]) => {
      const given: Record<string, string> = { ...Object.fromEntries(new URLSearchParams(query)), ...own };
      const { limit: _, ...rest } = given;
      try {
        return parseFilter(rest);
      } catch {
        return parseQuery(query.replace(/limit=\d+/, 'limit='));
      }
    });

  it('differs whenever the filters differ', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(filter, one => {
        const [query, text] = [canonicalQuery(one), describeFilter(one)];
        expect(seen.get(text) ?? query).toBe(query);
        seen.set(text, query);
      }),
      { numRuns: 3000 },
    );
    expect(new Set(seen.values()).size).toBe(seen.size);
  });

  it('differs when a single value does', () => {
    const near = (query: string) => fc.constantFrom(...query.split('|'));
    const few = fc.record(
      {
        q: words,
        company: words,
        certification: words,
        work_mode: near('remote|onsite'),
        verdict: near('named|barred'),
        credential: near('OTA|OT,PT'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(few, few, (one, other) => {
        const [a, b] = [one, other].map(given => {
          try {
            return parseFilter(given);
          } catch {
            return parseFilter({});
          }
        });
        expect(describeFilter(a!) === describeFilter(b!)).toBe(canonicalQuery(a!) === canonicalQuery(b!));
      }),
      { numRuns: 3000 },
    );
  });
});
