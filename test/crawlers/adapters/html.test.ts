import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/html.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = {
  list: 'https://ridgewaytherapy.example/careers/',
  item: '.opening-card',
  link: 'a.more',
  title: '.opening-card__title',
  place: '.where',
  employment: '.kind',
  posted: 'time',
  next: 'a.older',
  empty: { text: 'there are no openings' },
  detail: { title: 'h1', pay: '.pay', body: '.copy' },
};
const careers = await fixture('html', 'careers.html');
const none = await fixture('html', 'none.html');

describe('html', () => {
  test('reads a list by its selectors: blanks squeezed, places apart, the machine date of a time', () => {
    const reading = readList(adapter, target, careers);
    expect(reading).toMatchObject({ marker: 'board', rows: 2, shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: 'ridgewaytherapy.example/careers/travel-ot-recruiter',
      title: 'Travel OT Recruiter',
      places: [{ raw: 'Asheville, NC' }, { raw: 'Remote' }],
      employment: ['Full-time'],
      posted: { value: '2026-11-13', from: 'posted' },
      detail: { kind: 'detail', key: 'ridgewaytherapy.example/careers/travel-ot-recruiter' },
    });
    expect(reading.postings[1]?.posted).toEqual({ value: '11/02/2026', from: 'posted' });
  });

  test('follows the link to the next page, on its own host only', () => {
    expect(readList(adapter, target, careers).follow[0]).toMatchObject({
      kind: 'list',
      url: 'https://ridgewaytherapy.example/careers/?page=2',
    });
    expect(readList(adapter, target, careers.replace('href="/careers/?page=2"', 'href="https://other.example/2"')).follow).toEqual([]);
    expect(readList(adapter, target, careers.replace('href="/careers/?page=2"', 'href="#"')).follow).toEqual([]);
  });

  test('starts with every list of the row, and in a browser where the row says so', () => {
    const lists = ['https://ridgewaytherapy.example/ot', 'https://ridgewaytherapy.example/pt'];
    const requests = adapter.start({ ...target, list: lists, rendered: true });
    expect(requests.map(({ url, rendered }) => [url, rendered])).toEqual(lists.map(url => [url, true]));
    expect(readList(adapter, { ...target, rendered: true }, careers).postings[0]?.detail?.rendered).toBe(true);
    expect(adapter.start(target)[0]?.rendered).toBeUndefined();
  });

  test('says "empty" only when the page shows what the row names as proof', () => {
    expect(readList(adapter, target, none).marker).toBe('empty');
    expect(readList(adapter, { ...target, empty: { selector: '.no-jobs' } }, none).marker).toBe('empty');
    expect(readList(adapter, { ...target, empty: undefined }, none).marker).toBe('unknown');
    expect(readList(adapter, { ...target, empty: { selector: '.vacant' } }, none).marker).toBe('unknown');
  });

  test('does not take words in scripts, nor those of a cut page, for proof', () => {
    expect(readList(adapter, { ...target, empty: { text: 'we have no openings' } }, none).marker).toBe('unknown');
    expect(readList(adapter, target, none.slice(0, none.indexOf('</body>'))).marker).toBe('unknown');
  });

  test('is not sure of a page that is cut behind its first postings', () => {
    expect(readList(adapter, target, careers.slice(0, careers.indexOf('Clinical Liaison'))).shortfall).toContain('cut');
  });

  test('names an item without a title as a shortfall', () => {
    expect(readList(adapter, target, careers.replace('Clinical Liaison', '')).shortfall).toBe('1 of 2 rows could not be read');
  });

  test('reads the posting page by its own selectors, every match a part of the body', async () => {
    const posting = only(readDetail(adapter, target, await fixture('html', 'posting.html'), { key: 'the key' }));
    expect(posting).toMatchObject({ key: 'the key', title: 'Travel OT Recruiter', pay: '$58,000 – $66,000 per year' });
    expect(posting.body).toHaveLength(2);
    expect(posting.body?.[1]?.html).toContain('OT, OTA, PT or PTA');
  });

  test('prefers structured data where the posting page has it', async () => {
    expect(only(readDetail(adapter, target, await fixture('html', 'posting-jsonld.html')))).toMatchObject({
      title: 'Clinical Liaison',
      company: 'Ridgeway Therapy',
    });
  });

  test('reads a posting page by what it shows where the row names no selectors of it', async () => {
    const { detail: _, ...listOnly } = target;
    const posting = only(readDetail(adapter, listOnly, await fixture('html', 'plain-posting.html'), { key: 'the key' }));
    expect(posting).toMatchObject({ key: 'the key', title: 'Injury Prevention Specialist (OT/PT)', requisition: 'RT-118' });
  });

  test('takes a posting page without any of its selectors for unknown, and one that says so for closed', () => {
    expect(readDetail(adapter, target, '<html><body><h1>Careers</h1></body></html>').marker).toBe('unknown');
    expect(readDetail(adapter, target, '<html><body><p>This position has been filled.</p></body></html>').marker).toBe('gone');
  });

  test('reads whole postings off one page, told apart by their ids, else their titles', async () => {
    const one = { list: 'https://bristolrehab.example/jobs', item: 'section.job', title: 'h2', place: '.town', body: '.text' };
    const reading = readList(adapter, one, await fixture('html', 'one-page.html'));
    expect(reading).toMatchObject({ marker: 'board', rows: 2, follow: [] });
    expect(reading.postings.map(({ key, title, url, detail }) => [key, title, url, detail])).toEqual([
      ['bristolrehab.example/jobs#pta-educator', 'PTA Educator', 'https://bristolrehab.example/jobs#pta-educator', undefined],
      [
        'bristolrehab.example/jobs#front-desk-billing',
        'Front Desk & Billing',
        'https://bristolrehab.example/jobs#front-desk-billing',
        undefined,
      ],
    ]);
    expect(reading.postings[0]?.body).toEqual([{ html: '<p>Teach exercise classes.</p>' }]);
  });

  test('asks for no posting page where the list has the whole text and the row names no fields of such a page', () => {
    const { detail: _, ...whole } = { ...target, body: '.opening-card__meta' };
    const [first] = readList(adapter, whole, careers).postings;
    expect(first?.detail).toBeUndefined();
    expect(first?.body).toHaveLength(1);
  });

  test('a later page without items is unknown, not the end of the list', () => {
    const [next] = readList(adapter, target, careers).follow;
    expect(adapter.read(answer(next as PageRequest, '<html><body><h1>Oops</h1></body></html>'), target).marker).toBe('unknown');
  });

  test.each([['.job['], ['a:hover-me('], ['']])('refuses the selector %s in a row', selector => {
    expect(adapter.target.safeParse({ ...target, item: selector }).success).toBe(false);
  });

  test('recognises nothing: selectors cannot be guessed', () => {
    expect(adapter.recognise(new URL('https://ridgewaytherapy.example/careers/'))).toBeNull();
  });
});
