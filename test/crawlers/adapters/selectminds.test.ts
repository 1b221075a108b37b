import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/selectminds.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'elmgrove.referrals.selectminds.com' };
const list = await fixture('selectminds', 'latest-jobs.html');

describe('selectminds', () => {
  test('reads each card: number, title, place without its sign, category and requisition', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: null, rows: 2, shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '29120',
        title: 'Utilization Review Therapist, OT/PT',
        department: null,
        requisition: '82959',
        places: [{ raw: 'Erie, Pennsylvania, United States' }],
      },
      {
        key: '29106',
        title: 'Case Manager',
        department: 'Care Management',
        requisition: '78981',
        detail: { url: 'https://elmgrove.referrals.selectminds.com/jobs/case-manager-29106', key: '29106' },
      },
    ]);
  });

  test('asks for pages until one shows no postings, and closes nothing by absence', () => {
    expect(adapter.completeness).toBe('truncated');
    const [next] = readList(adapter, target, list).follow;
    expect(next?.url).toBe('https://elmgrove.referrals.selectminds.com/latest-jobs?page=2');
    const last = adapter.read(answer(next as PageRequest, '<html><body><div id="job_results_list_hldr"></div></body></html>'), target);
    expect(last).toMatchObject({ marker: 'board', postings: [], follow: [] });
  });

  test('never says "empty"', () => {
    expect(readList(adapter, target, '<html><body><div id="job_results_list_hldr"></div></body></html>').marker).toBe('unknown');
  });

  test('names a card that it cannot read, or that leads to another host', () => {
    const untitled = readList(adapter, target, list.replace('>Case Manager<', '><'));
    expect(untitled).toMatchObject({ rows: 2, shortfall: '1 of 2 rows could not be read' });
    const foreign = readList(
      adapter,
      target,
      list.replace('https://elmgrove.referrals.selectminds.com/jobs/case', 'https://other.example/jobs/case'),
    );
    expect(foreign.postings.map(({ key }) => key)).toEqual(['29120']);
    expect(foreign.shortfall).toContain('1 of 2 rows');
  });

  test("reads a posting page's structured data, or its text and place where it has none", async () => {
    const structured = only(readDetail(adapter, target, await fixture('selectminds', 'detail.html'), { key: '29106' }));
    expect(structured).toMatchObject({ key: '29106', title: 'Case Manager', company: 'Elmgrove Health', posted: { value: '2026-11-09' } });
    const plain = only(readDetail(adapter, target, await fixture('selectminds', 'detail-plain.html'), { key: '29106' }));
    expect(plain).toMatchObject({
      key: '29106',
      places: [{ raw: 'Meadville, Pennsylvania, United States' }],
      body: [{ html: '<p>Plans discharges with therapists.</p>' }],
    });
  });

  test('takes a page whose position has been closed for gone though it keeps its text, and no posting that only speaks of such a day', async () => {
    const plain = await fixture('selectminds', 'detail-plain.html');
    const marker = (words: string) => {
      const page = plain.replace('<p>Plans', `<p>${words}</p><p>${'Plans stays with therapists. '.repeat(40)}</p><p>Plans`);
      return readDetail(adapter, target, page, { key: '29106' }).marker;
    };
    expect(marker('This position has been closed.')).toBe('gone');
    expect(marker('We take applications until this position has been closed.')).toBe('board');
    const structured = await fixture('selectminds', 'detail.html');
    const said = structured.replace('<body>', '<body><p>We take applications until this position has been closed.</p>');
    expect(readDetail(adapter, target, said, { key: '29106' }).marker).toBe('board');
  });

  test.each([
    ['https://hilton.referrals.selectminds.com/HotelOps/jobs/search/123', 'hilton.referrals.selectminds.com'],
    ['https://Acme.SelectMinds.com/', 'acme.selectminds.com'],
    ['https://www.selectminds.com/', null],
    ['https://referrals.selectminds.com/', null],
    ['https://a.b.selectminds.com/', null],
  ])('recognises %s', (url, host) => {
    expect(adapter.recognise(new URL(url))).toEqual(host === null ? null : { host });
  });
});
