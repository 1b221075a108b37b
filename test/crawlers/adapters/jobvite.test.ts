import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/jobvite.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'bluffcreek' };
const list = await fixture('jobvite', 'search.html');
const detail = await fixture('jobvite', 'detail.html');

/** A page of `count` rows that says which of how many it shows. */
function pageOf(count: number, said: string): string {
  const rows = Array.from(
    { length: count },
    (_, i) => `<tr><td class="jv-job-list-name"><a href="/bluffcreek/job/o${i}">Job ${i}</a></td></tr>`,
  );
  return `<html><body><table>${rows.join('')}</table>${said}</body></html>`;
}

describe('jobvite', () => {
  test('asks the search, since the front page cuts long categories, and asks not to be led to the employer', () => {
    expect(adapter.start(target)[0]?.url).toBe('https://jobs.jobvite.com/bluffcreek/search?nl=1&fr=true');
  });

  test('reads rows with title, place and their posting pages', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'oQ7Zkfw1',
      title: 'Utilization Review Specialist, Rehab',
      places: [{ raw: 'Omaha, Nebraska' }],
      url: 'https://jobs.jobvite.com/bluffcreek/job/oQ7Zkfw1',
      detail: { kind: 'detail', key: 'oQ7Zkfw1' },
    });
  });

  test('takes "3 Locations" for no place, and drops the parameters of links', () => {
    expect(readList(adapter, target, list).postings[1]).toMatchObject({
      title: 'Clinical Trainer & Educator',
      places: [],
      url: 'https://jobs.jobvite.com/bluffcreek/job/oX2Lkfw8',
    });
  });

  test('pages with a slash before the query, without which the first page comes again', () => {
    const first = readList(adapter, target, pageOf(50, '<div class="jv-pagination-text">1-50 of 73</div>'));
    expect(first).toMatchObject({ total: 73, shortfall: null });
    expect(first.follow[0]?.url).toBe('https://jobs.jobvite.com/bluffcreek/search/?p=1&nl=1&fr=true');
    const second = adapter.read(
      answer(first.follow[0] as PageRequest, pageOf(23, '<div class="jv-pagination-text">51-73 of 73</div>')),
      target,
    );
    expect(second).toMatchObject({ marker: 'board', rows: 23, follow: [] });
  });

  test('follows the link to the next page where no count is shown', () => {
    expect(
      readList(adapter, target, pageOf(50, '<a class="jv-pagination-next" href="/bluffcreek/search?p=1">Next</a>')).follow,
    ).toHaveLength(1);
  });

  test('does not trust a full page that names neither a count nor a next page', () => {
    expect(readList(adapter, target, pageOf(50, '')).shortfall).toContain('full page');
  });

  test('says "empty" only when the page says that nothing was found', async () => {
    expect(readList(adapter, target, await fixture('jobvite', 'empty.html')).marker).toBe('empty');
    expect(readList(adapter, target, '<html><body class="jv-page-body"><p>Welcome</p></body></html>').marker).toBe('unknown');
    const cut = (await fixture('jobvite', 'empty.html')).replace('</body>', '').replace('</html>', '');
    expect(readList(adapter, target, cut).marker).toBe('unknown');
  });

  test('says "gone" when an unknown company is led to the search of all, but not for any redirect', () => {
    const led = (location: string) => readList(adapter, target, '', { status: 302, headers: { location } }).marker;
    expect(led('https://search.jobvite.com/?invalid=1')).toBe('gone');
    expect(led('https://www.bluffcreek.example/careers')).toBe('unknown');
  });

  test('says "gone" when a withdrawn posting is led back to the board with an error', () => {
    const address = 'https://jobs.jobvite.com/careers/bluffcreek/jobs?error=404';
    expect(readDetail(adapter, target, list, {}, { url: address }).marker).toBe('gone');
    expect(readDetail(adapter, target, '', {}, { status: 303, headers: { location: address } }).marker).toBe('gone');
  });

  test('reads the structured data of a posting page: every place, and no pay out of an empty salary', () => {
    const posting = only(readDetail(adapter, target, detail, { key: 'oX2Lkfw8' }));
    expect(posting).toMatchObject({
      key: 'oX2Lkfw8',
      title: 'Clinical Trainer & Educator',
      company: 'Bluff Creek Health',
      pay: null,
      posted: { value: '2026-11-03', from: 'datePosted' },
    });
    expect(posting.places.map(place => place.raw)).toEqual(['Omaha, Nebraska, United States', 'Des Moines, Iowa, United States']);
    expect(posting.body?.[0]?.html).toContain('$38 - $45 an hour');
  });

  test('reads a posting page without structured data, leaving the heading of the text out', async () => {
    const posting = only(readDetail(adapter, target, await fixture('jobvite', 'detail-plain.html'), { key: 'oB9Rkfw4' }));
    expect(posting).toMatchObject({
      key: 'oB9Rkfw4',
      title: 'Home Safety Assessor (OT or PT)',
      department: 'Community',
      places: [{ raw: 'Lincoln, Nebraska' }],
    });
    expect(posting.body?.[0]?.html).toMatch(/^<p>Visit homes/);
  });

  test.each([
    [
      '<body class="jv-page-jobs"><p class="jv-page-error-header">The job listing no longer exists.</p><a href="/bluffcreek/job/o1">Aide</a>',
    ],
    ['<body><h2 class="jv-header">Job listing not found</h2>'],
  ])('says "gone" for a removed posting, also where its page shows the list of the others: %s', words => {
    expect(readDetail(adapter, target, `<html>${words}</body></html>`, { key: 'oB9Rkfw4' }).marker).toBe('gone');
  });

  test('takes a page without posting and without such words for neither', () => {
    expect(readDetail(adapter, target, '<html><body><h2 class="jv-header">Careers</h2></body></html>').marker).toBe('unknown');
  });

  test("refuses another company's board by its whole links, whatever the letter case of its own", () => {
    const absolute = list.replaceAll('href="/bluffcreek', 'href="https://jobs.jobvite.com/bluffcreek');
    expect(readList(adapter, { company: 'other' }, absolute)).toMatchObject({ marker: 'unknown', postings: [] });
    expect(readList(adapter, { company: 'BluffCreek' }, absolute).marker).toBe('board');
  });

  test.each([
    ['https://jobs.jobvite.com/bluffcreek/jobs', 'bluffcreek'],
    ['https://jobs.jobvite.com/careers/bluffcreek/job/oQ7Zkfw1?__jvst=x', 'bluffcreek'],
    ['https://jobs.jobvite.com/bluffcreek', 'bluffcreek'],
    ['https://www.jobvite.com/pricing', null],
    ['https://jobs.jobvite.com/', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
