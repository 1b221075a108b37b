import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/interfolio.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { institution: 31200 };
const list = await fixture('interfolio', 'list.json');

describe('interfolio', () => {
  test('reads whole postings under the number that their addresses show; a salary without a figure is none', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toEqual([
      {
        key: '168820',
        title: 'Clinical Assistant Professor, Occupational Therapy & Rehabilitation',
        company: 'Marlow State University',
        department: 'College of Health Sciences',
        places: [{ raw: 'Duluth, MN' }],
        pay: '$78,000 - $92,000 per year',
        posted: { value: '2026-10-05', from: 'open_date_raw' },
        closes: { value: '2027-01-15', from: 'close_date_raw' },
        url: 'https://apply.interfolio.com/168820',
        body: [
          { html: '<p>Teach in the entry-level OTD program.</p>' },
          { heading: 'Qualifications', html: '<ul><li>Licensed or eligible for licensure as an OT</li></ul>' },
          { heading: 'Application instructions', html: '<p>Send a CV.</p>' },
        ],
      },
      expect.objectContaining({ key: '168933', places: [], pay: null, closes: null, body: [{ text: 'Places students in clinics.' }] }),
    ]);
  });

  test('pages by the rows that came, until the count', async () => {
    const more = list.replace('"total_count": 2', '"total_count": 3');
    const [next] = readList(adapter, target, more).follow as [PageRequest];
    expect(next.url).toBe('https://logic.interfolio.com/byc-search/31200/public_job_boards?limit=100&page=2&sort_by=name&sort_order=asc');
    const last = await altered('interfolio', 'list.json', page => {
      page.total_count = 3;
      page.results = [{ ...page.results[0], legacy_position_id: 169001 }];
    });
    expect(adapter.read(answer(next, last), target)).toMatchObject({ marker: 'board', rows: 1, follow: [] });
    expect(adapter.read(answer(next, '{"results":[],"total_count":3}'), target)).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('names a row that it cannot read and a count that is not told, and never calls an institution empty', () => {
    expect(readList(adapter, target, list.replace('"legacy_position_id": 168820', '"legacy_position_id": null')).shortfall).toBe(
      '1 of 2 rows could not be read',
    );
    expect(readList(adapter, target, list.replace('"total_count": 2', '"count": 2')).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, '{"results":[],"total_count":0}').marker).toBe('unknown');
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
  });

  test('does not take the number of a posting for that of an institution', () => {
    expect(adapter.recognise(new URL('https://apply.interfolio.com/168820'))).toBeNull();
  });
});
