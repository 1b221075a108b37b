import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/catsone.ts';
import { altered, answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'harborcrossing', portal: 41207 };
const open = { company: 'harborcrossing' };
const list = await fixture('catsone', 'list.json');
const detail = await fixture('catsone', 'detail.html');
const portal = await fixture('catsone', 'portal.html');

const widget = adapter.start(target)[0] as PageRequest;
const firstPage = widget.instead as PageRequest;
const careers = (body: string, url = 'https://harborcrossing.catsone.com/careers') => readList(adapter, open, body, { url });
const change = (edit: (portal: { jobs: Record<string, unknown>[] }) => unknown) => altered('catsone', 'list.json', edit);

describe('catsone', () => {
  test('reads the whole portal out of the answer for its widget; a dot is no place, and a hidden posting is none', () => {
    expect(widget.url).toBe('https://app.catsone.com/portal?id=41207');
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 3, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '15500121',
        title: 'Occupational Therapist & School Contract Lead',
        company: 'Harbor Crossing Therapy Staffing',
        places: [{ raw: 'Duluth, MN', city: 'Duluth', region: 'MN' }],
        detail: { kind: 'detail', key: '15500121', url: expect.stringContaining('/jobs/15500121-') },
      },
      { key: '15500190', title: 'Utilization Reviewer, Remote', places: [] },
    ]);
  });

  test('reads the posting with the longer of its two texts, and the kind of work that only the page state names', () => {
    expect(only(readDetail(adapter, target, detail, { key: '15500121' }))).toMatchObject({
      key: '15500121',
      title: 'Occupational Therapist & School Contract Lead',
      department: 'Schools',
      places: [{ raw: 'Duluth, MN, US' }],
      workMode: 'hybrid',
      employment: ['Contract'],
      pay: null,
      posted: { value: '2026-11-09', from: 'datePosted' },
      body: [{ html: expect.stringContaining('"caseload {40}"') }],
    });
  });

  test('reads a posting page without structured data by its description', () => {
    const plain = detail.replace(/<script[\s\S]*<\/script>/, '');
    expect(only(readDetail(adapter, target, plain, { key: '15500121' }))).toMatchObject({
      key: '15500121',
      title: 'Occupational Therapist & School Contract Lead',
      body: [{ html: '<p>Serve two elementary schools.</p>' }],
    });
    const empty = plain.replace('<p>Serve two elementary schools.</p>', '');
    expect(readDetail(adapter, target, empty, { key: '15500121' }).marker).toBe('unknown');
  });

  test('does not take the page of another posting for the one that was asked for', () => {
    const url = 'https://harborcrossing.catsone.com/careers/41207/jobs/15500190-Utilization-Reviewer';
    expect(readDetail(adapter, target, detail, { key: '15500121' }, { url })).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('takes no row of another portal or site, and nothing when no row is of this one', async () => {
    const mixed = await change(({ jobs }) => {
      jobs[1] = { ...jobs[1], site_id: 7 };
    });
    const reading = readList(adapter, target, mixed);
    expect(reading).toMatchObject({ marker: 'board', shortfall: 'rows of other portals: 1 of 3' });
    expect(reading.postings.map(({ key }) => key)).toEqual(['15500121']);
    const foreign = list.replaceAll('/careers/41207-', '/careers/41208-');
    expect(readList(adapter, target, foreign)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('another board') });
    expect(readList(adapter, target, list.replace('"id": 41207', '"id": 41208'))).toMatchObject({
      marker: 'unknown',
      why: 'the answer belongs to another board: portal 41208 instead of 41207',
    });
  });

  test('names a row that it cannot read, and a number of rows that may be a full page', async () => {
    const broken = await change(({ jobs }) => {
      delete jobs[0]?.title;
    });
    expect(readList(adapter, target, broken).shortfall).toBe('1 of 3 rows could not be read');
    const full = await change(board => {
      const [job] = board.jobs;
      board.jobs = Array.from({ length: 50 }, (_, n) => {
        const id = 15600000 + n;
        return { ...job, id, url: `https://harborcrossing.catsone.com/careers/41207-Rehabilitation-Careers/jobs/${id}-Therapist/` };
      });
    });
    expect(readList(adapter, target, full)).toMatchObject({ rows: 50, shortfall: '50 rows may be a full page of more' });
  });

  test('never calls a portal without rows empty; one whose rows are all hidden is', async () => {
    const none = await change(board => {
      board.jobs = [];
    });
    expect(readList(adapter, target, none)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('nothing proves') });
    expect(readList(adapter, target, list.replaceAll('"is_hidden": false', '"is_hidden": true')).marker).toBe('empty');
  });

  test('finds the portal of an employer behind the careers page: by where it leads, or by its links', () => {
    const led = careers(portal, 'https://harborcrossing.catsone.com/careers/41207-Rehabilitation-Careers');
    expect(led).toMatchObject({ marker: 'board', follow: [{ url: widget.url, instead: firstPage }] });
    const two =
      '<html><body><a href="/careers/41207-Rehab">Rehab</a><a href="/careers/41300-Office/">Office</a><a href="/careers/41207-Rehab">More</a></body></html>';
    expect(careers(two).follow.map(({ url }) => url)).toEqual([widget.url, 'https://app.catsone.com/portal?id=41300']);
    expect(careers('<html><body><p>Careers</p></body></html>')).toMatchObject({ marker: 'unknown', why: 'the page names no portal' });
    expect(careers('<html><body><a href="/careers/41207-Rehab">Rehab</a>').why).toContain('cut off');
  });

  test("reads the portal's own pages where the widget may not be asked, which tell no count", () => {
    expect(firstPage.url).toBe('https://harborcrossing.catsone.com/careers/41207');
    const reading = adapter.read(answer(firstPage, portal), target);
    expect(reading).toMatchObject({
      marker: 'board',
      rows: 2,
      follow: [],
      shortfall: 'the portal does not say how many postings there are',
    });
    expect(reading.postings).toMatchObject([
      { key: '15500121', title: 'Occupational Therapist & School Contract Lead', department: 'Schools', places: [{ raw: 'Duluth, MN' }] },
      { key: '15500190', places: [{ raw: 'Remote' }] },
    ]);
    const other = portal.replaceAll('href="/careers', 'href="https://willowstaff.catsone.com/careers');
    expect(adapter.read(answer(firstPage, other), target)).toMatchObject({
      marker: 'unknown',
      why: expect.stringContaining('another board'),
    });
    expect(adapter.read(answer(firstPage, portal.slice(0, -16)), target).shortfall).toContain('cut off');
    expect(adapter.read(answer(firstPage, '<html><body>No openings</body></html>'), target).marker).toBe('unknown');
  });

  test("reads the widget's own theme, and asks for the next page behind a full one", () => {
    const card = (id: number) =>
      `<div class="cats-job"><div class="cats-job-title"><a href="/careers/41207-Rehab/jobs/${id}-OT/">OT ${id}</a></div><div class="cats-job-location">Duluth, MN</div></div>`;
    const cards = Array.from({ length: 50 }, (_, n) => card(1000 + n)).join('');
    const reading = adapter.read(answer(firstPage, `<html><body>${cards}</body></html>`), target);
    expect(reading.postings[0]).toMatchObject({ key: '1000', title: 'OT 1000', places: [{ raw: 'Duluth, MN' }] });
    expect(reading.follow).toMatchObject([{ url: 'https://harborcrossing.catsone.com/careers/41207?page=2', note: { page: 2 } }]);
    const past = adapter.read(answer(reading.follow[0] as PageRequest, '<html><body></body></html>'), target);
    expect(past).toMatchObject({ marker: 'board', rows: 0, follow: [] });
  });

  test('says "gone" for a portal that answers 404, and is not sure of a web page where JSON was due', () => {
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
    expect(readList(adapter, target, portal).why).toContain('HTML or XML where JSON was due');
  });
});
