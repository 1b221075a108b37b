import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { askable, parseQuery } from '../../src/feed/filter.ts';
import { tidied, toggled, without, withValue } from '../../src/web/filter-query.ts';
import { chipsOf } from '../../src/web/view/chips.ts';
import { randomFilter } from '../support/filters.ts';

/** Without a radius, which takes long to read; pages carry it along as it is spelled. */
const canonical = randomFilter().map(text => canonicalQuery(parseQuery(text.replace(/(^|&)near=[^&]*/, ''))));
/** A verdict says whose it is: without a credential no page of ours leads to one. */
const ours = canonical.filter(query => !query.includes('verdict=') || query.includes('credential='));

describe('links that change a filter', () => {
  it('lead to canonical queries, and back when followed twice', () => {
    const values = fc.constantFrom(
      ['path', 'sales'],
      ['credential', 'PTA'],
      ['work_mode', 'remote'],
      ['state', 'OH'],
      ['company', 'Zeta, Inc.'],
      ['beside', '1'],
    );
    fc.assert(
      fc.property(ours, values, (query, [name, value]) => {
        const [field, text] = [name as 'path', value!];
        const held = new URLSearchParams(query).has(field);
        const once = toggled(query, field, text);
        expect(canonicalQuery(parseQuery(once))).toBe(once);
        if (!held) expect(toggled(once, field, text)).toBe(query);
      }),
    );
  });

  it('carry a place along as it is spelled', () => {
    const query = canonicalQuery(parseQuery('near=Austin, TX&radius=25&company=Zeta (Ohio), Inc.'));
    expect(toggled(toggled(query, 'path', 'sales'), 'path', 'sales')).toBe(query);
    expect(canonicalQuery(parseQuery(toggled(query, 'path', 'sales')))).toBe(toggled(query, 'path', 'sales'));
  });

  it('take away exactly one value each', () => {
    fc.assert(
      fc.property(ours, query => {
        const chips = chipsOf(query);
        for (const { name, label, without: rest } of chips.slice(0, 5)) {
          expect(label, name).not.toBe('');
          expect(chipsOf(rest).length, `${query} without ${label}`).toBeLessThan(chips.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keep commas inside the name of an employer', () => {
    const query = toggled('', 'company', 'Acme, Inc.');
    expect(query).toBe('company=acme%2C%20inc.');
    expect(toggled(query, 'company', 'acme, inc.')).toBe('');
  });

  it('drop what is nothing without the field taken away', () => {
    expect(without('near=Austin%2C%20TX&radius=25', 'near')).toBe('');
    expect(without('pay_interval=hour&pay_min=30', 'pay_min')).toBe('');
    expect(withValue('path=sales', 'path', 'writing')).toBe('path=writing');
  });

  it('leave out empty fields of a form', () => {
    expect(tidied('q=&near=+&radius=25&pay_min=&pay_interval=hour&path=sales')).toBe('path=sales');
  });

  it('are not made of values no filter takes', () => {
    expect(askable('certification', 'CCM')).toBe(true);
    expect([askable('certification', 'CCM, or CRC'), askable('state', 'Ontario'), askable('company', 'x'.repeat(200))]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
