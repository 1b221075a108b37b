import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/zohorecruit.ts';
import { fixture, readList } from './_support.ts';

const target = { host: 'fernhollow.zohorecruit.com' };
const careers = await fixture('zohorecruit', 'careers.html');

const input = (jobs: unknown) =>
  `<html><body><input type="hidden" id="jobs" value="${JSON.stringify(jobs).replaceAll('"', '&quot;')}"></body></html>`;

describe('zohorecruit', () => {
  test('reads whole postings out of the hidden input; what is not published is none', () => {
    const reading = readList(adapter, target, careers);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toEqual([
      {
        key: '612340000001234567',
        title: 'Occupational Therapist & Clinic Lead',
        department: 'Health Care',
        places: [{ raw: 'Duluth, Minnesota, United States', city: 'Duluth', region: 'Minnesota', country: 'United States' }],
        workMode: null,
        pay: '$39 - $46 per hour',
        employment: ['Full time'],
        posted: { value: '2026-11-04', from: 'Date_Opened' },
        url: 'https://fernhollow.zohorecruit.com/jobs/Careers/612340000001234567',
        body: [{ html: '<p>Lead a pediatric clinic & its therapists.</p>' }, { heading: 'Requirements', text: 'State license' }],
      },
      expect.objectContaining({
        key: '612340000001234598',
        places: [],
        workMode: 'remote',
        pay: null,
        body: [{ text: 'Answers families.' }],
      }),
    ]);
  });

  test('says that fifty postings may be a part of them, and takes no number for a key', () => {
    const job = (n: number) => ({ id: `6123400000012${10_000 + n}`, Posting_Title: `Therapist ${n}` });
    expect(readList(adapter, target, input(Array.from({ length: 50 }, (_, n) => job(n)))).shortfall).toBe(
      'the page shows 50 postings at most',
    );
    expect(readList(adapter, target, input([job(1), { id: 6123400000012, Posting_Title: 'Therapist' }])).shortfall).toBe(
      '1 of 2 rows could not be read',
    );
  });

  test('never calls a site empty: not by an empty input, nor by the notice that its list was removed', () => {
    expect(readList(adapter, target, input([]))).toMatchObject({ marker: 'unknown', why: expect.stringContaining('nothing proves') });
    expect(readList(adapter, target, 'Oops! It seems that the joblist has been removed.')).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('removed'),
    });
  });

  test('says "gone" for a site that says that it does not exist, and is not sure of any other page', () => {
    expect(readList(adapter, target, '<html><body><h1>Page does not exist.</h1></body></html>').marker).toBe('gone');
    expect(readList(adapter, target, '<html><body><h1>Careers</h1></body></html>').marker).toBe('unknown');
    expect(readList(adapter, target, careers.slice(0, careers.indexOf('&quot;Requirements')))).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('cut off'),
    });
  });
});
