import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/remoteok.ts';
import { unmangle } from '../../../src/crawlers/kit/mojibake.ts';
import { fixture, readList } from './_support.ts';

const target = { list: 'newest' } as const;
const list = await fixture('remoteok', 'jobs.json');

describe('remoteok', () => {
  test('passes over the terms of use, which are the first element', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, total: null, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '2200411',
      title: 'Clinical Success Manager',
      company: 'Loftwell',
      posted: { value: '2026-11-22T00:00:00+00:00', from: 'date' },
      url: 'https://remoteok.com/remote-jobs/remote-clinical-success-manager-loftwell-2200411',
    });
  });

  test('reads no work mode, since many of its jobs are not remote', () => {
    expect(readList(adapter, target, list).postings.map(posting => posting.workMode ?? null)).toEqual([null, null]);
  });

  test('drops the comma after a town, and takes a blank place for none', () => {
    expect(readList(adapter, target, list).postings.map(posting => posting.places)).toEqual([[{ raw: 'Newport' }], []]);
  });

  test('takes a salary of 0 for not said, and figures for dollars a year', () => {
    const [silent, said] = readList(adapter, target, list).postings;
    expect(silent?.pay).toBeNull();
    expect(said?.pay).toEqual({ min: 60000, max: 75000, currency: 'USD', interval: 'year' });
  });

  test('puts wrongly encoded text right and leaves rightly encoded text alone', () => {
    expect(readList(adapter, target, list).postings[0]?.body?.[0]?.html).toBe(
      '<p><strong>Pay: £45,500</strong>. We’re looking for an OT. Café at the office; “naïve” spelled right.</p>',
    );
  });

  test('takes an answer of nothing but terms for unknown', () => {
    expect(readList(adapter, target, '[{"legal":"API Terms of Service"}]').marker).toBe('unknown');
    expect(readList(adapter, target, '[]').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
  });

  test.each([
    ['https://remoteok.com/', target],
    ['https://remoteOK.com/api', target],
    ['https://remoteok.com/remote-jobs/remote-health-coach-2200410', null],
    ['https://other.example/api', null],
  ])('recognises %s', (url, found) => {
    expect(adapter.recognise(new URL(url))).toEqual(found);
  });
});

describe('text whose encoding was mistaken', () => {
  test('comes back as it was, whatever it said', () => {
    const mangled = (text: string) => new TextDecoder('latin1').decode(new TextEncoder().encode(text));
    fc.assert(
      fc.property(fc.array(fc.constantFrom('£', '’', 'é', 'ü', '–', '€', 'a', ' ', '日', '1')), letters => {
        // A letter between keeps two of them from running into one.
        const text = letters.join('x');
        expect(unmangle(mangled(text))).toBe(text);
      }),
    );
  });

  test.each(['naïve', 'Ærø', '10 °C', 'Ã', 'São Paulo'])('stays when it was not mistaken: %s', text => {
    expect(unmangle(text)).toBe(text);
  });
});
