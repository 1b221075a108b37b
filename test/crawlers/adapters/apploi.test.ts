import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/apploi.ts';
import { altered, answer, fixture, readList } from './_support.ts';

const target = { company: 'mapleterrace' };
const profile = await fixture('apploi', 'profile.json');
const list = await fixture('apploi', 'list.json');

/** A page of the search, as the profile leads to it. */
function firstPage(): PageRequest {
  const [request] = readList(adapter, target, profile).follow;
  if (!request) throw new Error('the profile leads to no search');
  return request;
}

const readPage = (body: string, request = firstPage()) => adapter.read(answer(request, body), target);

describe('apploi', () => {
  test('asks the search for the teams that the profile shows', () => {
    expect(readList(adapter, target, profile)).toMatchObject({ marker: 'board', postings: [], total: null });
    expect(firstPage().url).toBe('https://ats-integrations.apploi.com/search/jobs/?teams=41001%2C41002&page=1&source=company_profile_page');
  });

  test('asks for the only team where the profile lists none to show', async () => {
    const body = await altered('apploi', 'profile.json', page => {
      page.data.teams_to_show = null;
    });
    expect(readList(adapter, target, body).follow[0]?.url).toContain('?teams=41001&page=1');
  });

  test('reads whole postings and asks for the next page', () => {
    const reading = readPage(list);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, total: null });
    expect(reading.follow[0]?.url).toContain('&page=2&');
    expect(reading.postings[0]).toEqual({
      key: '1700101',
      title: 'MDS Coordinator & Case Manager',
      company: 'Maple Terrace Care',
      places: [{ raw: 'Fallbrook, Ohio', city: 'Fallbrook', region: 'Ohio', country: null }],
      pay: { min: 36.5, max: 44, currency: 'USD', interval: 'hour' },
      employment: ['Full Time'],
      posted: { value: '2026-11-02', from: 'published_date' },
      url: 'https://jobs.apploi.com/view/1700101',
      applyUrl: 'https://jobs.apploi.com/view/1700101?utm_source=profile',
      body: [{ html: '<p>Coordinate <strong>assessments</strong> with therapists &amp; nurses.</p>' }],
    });
    expect(reading.postings[1]).toMatchObject({ pay: null, applyUrl: 'https://jobs.apploi.com/view/1700102' });
  });

  test('ends at the first empty page, and is not provably whole without a count', () => {
    const [second] = readPage(list).follow;
    const end = readPage('{"data":[],"errors":[],"elasticsearch_errors":[],"buckets":[]}', second);
    expect(end).toMatchObject({ marker: 'board', rows: 0, follow: [] });
    expect(readPage(list).shortfall).toContain('does not say how many');
  });

  test('takes a facility of another name by its team', async () => {
    const body = await altered('apploi', 'list.json', page => {
      page.data[1].brand_name = 'Maple Terrace at Ashwater';
    });
    expect(readPage(body).postings.map(posting => posting.company)).toEqual(['Maple Terrace Care', 'Maple Terrace at Ashwater']);
  });

  test("leaves out a stranger's row and asks for no further page", async () => {
    const body = await altered('apploi', 'list.json', page => {
      page.data[1].team_id = 77;
    });
    expect(readPage(body)).toMatchObject({ postings: [{ key: '1700101' }], follow: [], shortfall: 'rows of other employers: 1 of 2' });
  });

  test('compares names where rows tell no team', async () => {
    const body = await altered('apploi', 'list.json', page => {
      for (const row of page.data) delete row.team_id;
      page.data[1].brand_name = 'Maple Terrace Carelink';
    });
    expect(readPage(body)).toMatchObject({ postings: [{ key: '1700101' }], follow: [] });
  });

  test('takes nothing where the filter is lost, nor where no profile tells whose rows these are', async () => {
    const strange = await altered('apploi', 'list.json', page => {
      for (const row of page.data) row.team_id = 77;
    });
    expect(readPage(strange)).toMatchObject({ marker: 'unknown', postings: [], follow: [] });
    expect(readPage(strange).why).toContain('another board');
    const mixed = await altered('apploi', 'list.json', page => {
      page.data[1].brand_name = 'Somebody Else';
    });
    expect(readList(adapter, target, mixed)).toMatchObject({ marker: 'unknown', postings: [], follow: [] });
  });

  test('never calls a board empty: nobody has seen what an employer without postings is answered', async () => {
    expect(readPage('{"data":[],"errors":[]}').marker).toBe('unknown');
    const closed = await altered('apploi', 'list.json', page => {
      page.data[0].published = false;
      page.data[1].archived = true;
    });
    expect(readPage(closed)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('does not take a search that failed for a page', async () => {
    const body = await altered('apploi', 'list.json', page => {
      page.elasticsearch_errors = ['timeout'];
    });
    expect(readPage(body)).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test('asks nothing of a profile without teams, or of another one', async () => {
    const changed = (over: object) => altered('apploi', 'profile.json', page => ({ data: { ...page.data, ...over } }));
    const bodies = await Promise.all([
      changed({ team_id: null, teams_to_show: '' }),
      changed({ teams_to_show: '41001&brand=x' }),
      changed({ url_slug: 'willowpark.org' }),
    ]);
    for (const body of bodies) expect(readList(adapter, target, body)).toMatchObject({ marker: 'unknown', follow: [] });
  });

  test.each([
    ['https://jobs.apploi.com/view/1700101', null],
    ['https://jobs.apploi.com/', null],
    ['https://www.apploi.com/profile/acme', null],
    ['https://jobs.apploi.com/profile/acme', 'acme'],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
