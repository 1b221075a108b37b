import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/loxo.ts';
import { fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'larkspur.app.loxo.co', board: 'larkspur' };
const list = await fixture('loxo', 'list.html');
const detail = await fixture('loxo', 'detail.html');
const key = '58213-k3r9pt1fa0q2m7zd';
const packed = Buffer.from(key).toString('base64');
const url = `https://larkspur.app.loxo.co/job/${packed}`;

describe('loxo', () => {
  test('reads the cards of the page: the code packed into the address is the key, and the sign beside a place is no word of it', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', rows: 3, total: null, follow: [], shortfall: null });
    expect(reading.postings).toEqual([
      {
        key,
        title: 'Director of Rehabilitation & Therapy Services',
        company: 'Larkspur Clinical Search',
        places: [{ raw: 'Duluth, Minnesota, United States' }],
        workMode: null,
        employment: ['Full Time'],
        posted: { value: '17 days ago', from: 'job-date' },
        url,
        detail: { kind: 'detail', url, key },
      },
      expect.objectContaining({ key: '58213-0vv81nc4ytb6jx2e', places: [{ raw: 'Remote' }], workMode: 'remote', employment: ['Contract'] }),
      expect.objectContaining({ title: 'Ergonomics Consultant', places: [], workMode: null }),
    ]);
  });

  test('reads the posting: title and text, in which place and pay stand', () => {
    expect(only(readDetail(adapter, target, detail, { key, url }))).toMatchObject({
      key,
      title: 'Director of Rehabilitation & Therapy Services',
      company: 'Larkspur Clinical Search',
      url,
      body: [{ html: expect.stringContaining('$112,000 - $126,000/year') }],
    });
    expect(readDetail(adapter, target, detail.replace(/<div class='cleanslate'[\s\S]*?<\/div>/, ''), { key, url }).marker).toBe('unknown');
  });

  test('does not take the page of another posting for the one that was asked for', () => {
    const other = readDetail(adapter, target, detail, { key: '58213-0vv81nc4ytb6jx2e', url });
    expect(other).toMatchObject({ marker: 'unknown', why: `the page is posting ${key} instead of 58213-0vv81nc4ytb6jx2e` });
  });

  test('takes nothing of a page with postings of two firms', () => {
    const foreign = Buffer.from('99001-0vv81nc4ytb6jx2e').toString('base64');
    const mixed = list.replaceAll(Buffer.from('58213-0vv81nc4ytb6jx2e').toString('base64'), foreign);
    expect(readList(adapter, target, mixed)).toMatchObject({ marker: 'unknown', postings: [], why: 'postings of 2 firms on one page' });
  });

  test('names a card that it cannot read, a page that is cut, and one that has a next', () => {
    expect(readList(adapter, target, list.replace('Ergonomics Consultant', ' ')).shortfall).toBe('1 of 3 rows could not be read');
    expect(readList(adapter, target, list.slice(0, list.indexOf('</section>'))).shortfall).toContain('cut off');
    const paged = list.replace('</section>', '<nav class="pagination"><a href="?page=2">2</a></nav></section>');
    expect(readList(adapter, target, paged).shortfall).toBe('the list goes on on another page');
  });

  test('never calls a page without cards empty', () => {
    const bare = list.replace(/<div class='jobs-listing-card'>[\s\S]*<\/div>\n {2}<\/div>\n<\/section>/, '</section>');
    expect(bare).not.toContain('jobs-listing-card');
    const said = bare.replace('</section>', "<div class='jobs-listing-empty-state'>No results found</div></section>");
    for (const body of [bare, said]) expect(readList(adapter, target, body)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test("takes no page of the application for a firm's list", () => {
    for (const path of ['job/NDI0Ny1hYmM=', 'users/sign_in', 'login', 'larkspur/edit', ''])
      expect(adapter.recognise(new URL(`https://app.loxo.co/${path}`))).toBeNull();
  });

  test('says "gone" for an unknown board', () => {
    expect(readList(adapter, target, 'Not Found', { status: 404 }).marker).toBe('gone');
  });
});
