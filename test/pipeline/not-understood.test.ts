import { describe, expect, it } from 'vitest';
import type { RawPosting } from '../../src/crawlers/adapter.ts';
import { notUnderstood } from '../../src/pipeline/not-understood.ts';

const told = (raw: Partial<RawPosting>) =>
  notUnderstood({ key: '1', title: 'Reviewer', url: 'https://jobs.acme.example/1', places: [], ...raw });
const at = (...raws: string[]) => told({ places: raws.map(raw => ({ raw })) }).place ?? [];
const paid = (pay: RawPosting['pay']) => told({ pay }).pay ?? [];
const posted = (value: string | number) => told({ posted: { value, from: 'date' } }).posted ?? [];
const typed = (...employment: string[]) => told({ employment }).employment ?? [];

describe('what a board tells and no reader understands', () => {
  it('is nothing where all is read', () => {
    expect(
      told({
        places: [{ raw: 'Austin, TX' }, { raw: '', city: 'Reading', country: 'GB' }],
        pay: '$38 - $52 an hour',
        posted: { value: '2026-11-02', from: 'date' },
        closes: { value: 'December 31, 2026', from: 'end' },
        employment: ['Full-time', 'PRN'],
      }),
    ).toEqual({});
    expect(told({})).toEqual({});
  });

  it('is a place of which nothing is known, each of a list by itself', () => {
    expect(at('Building 7', 'Austin, TX; Kovalam Site')).toEqual(['Building 7', 'Kovalam Site']);
    expect(at('Springfield')).toEqual(['Springfield']);
  });

  it.each(['Remote', 'Hybrid', 'Remote - Multiple Locations', '2 Locations', 'Various', 'Nationwide', ''])(
    'is not the place %j, which tells none',
    raw => {
      expect(at(raw)).toEqual([]);
    },
  );

  it('is a figure of pay that cannot be read, and no word without a figure', () => {
    expect(paid('Band 7 / step 3')).toEqual(['Band 7 / step 3']);
    expect(['Competitive', 'DOE', '$0.00 - $0.00', '$24/hr', null].flatMap(paid)).toEqual([]);
    expect(paid({ min: null, max: null, currency: 'USD', interval: 'hour' })).toEqual([]);
  });

  it('is a day that cannot be read, not one that is read and not believed, nor words that tell none', () => {
    expect([posted('2026-13-45'), posted('Week 47'), posted('03.Nov')].flat()).toEqual(['2026-13-45', 'Week 47', '03.Nov']);
    expect(['1999-01-01', '2099-01-01', 'Posted Today', 'Posted 30+ Days Ago', '2 weeks ago', 'Ongoing', 0].flatMap(posted)).toEqual([]);
    expect(told({ closes: { value: 'Open until filled', from: 'end' } })).toEqual({});
    expect(told({ closes: { value: '31/31/2026', from: 'end' } })).toEqual({ closes: ['31/31/2026'] });
  });

  it('is a type of employment nobody knows, not one that names the kind of an employee', () => {
    expect(typed('Full-time', 'Vollzeit', 'EMP-2')).toEqual(['Vollzeit', 'EMP-2']);
    expect(typed('Regular', 'Permanent', 'OTHER', 'Salaried Exempt', 'non-temporary', '-')).toEqual([]);
  });

  it('is kept short: at most five of a field, each once and cut', () => {
    const many = typed(...Array.from({ length: 9 }, (_, i) => `Grade ${i % 7}`), `Grade ${'x'.repeat(400)}`);
    expect(many).toEqual(['Grade 0', 'Grade 1', 'Grade 2', 'Grade 3', 'Grade 4']);
    expect(typed(`Grade\u0000  ${'x'.repeat(400)}`)[0]).toHaveLength(200);
  });
});
