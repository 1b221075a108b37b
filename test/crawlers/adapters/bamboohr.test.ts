import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/bamboohr.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { company: 'peachrehab' };
const list = await fixture('bamboohr', 'list.json');
const detail = await fixture('bamboohr', 'detail.json');

describe('bamboohr', () => {
  test('reads stubs with their detail requests; the number may be a text or a number', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings.map(posting => posting.key)).toEqual(['86', '87', '88']);
    expect(reading.postings[0]).toMatchObject({
      title: 'Clinical Liaison',
      department: 'Clinical',
      employment: ['Full Time'],
      url: 'https://peachrehab.bamboohr.com/careers/86',
      detail: {
        kind: 'detail',
        key: '86',
        url: 'https://peachrehab.bamboohr.com/careers/86/detail',
        headers: { accept: 'application/json' },
      },
    });
  });

  test('reads the work mode from its code, since isRemote is always null', () => {
    expect(readList(adapter, target, list).postings.map(posting => posting.workMode)).toEqual(['onsite', 'remote', 'hybrid']);
  });

  test('takes each part of a place from the other object where it is missing', () => {
    expect(readList(adapter, target, list).postings.map(posting => posting.places[0]?.raw)).toEqual([
      'Savannah, Georgia',
      'Macon, Georgia, United States',
      'Atlanta, Georgia, United States',
    ]);
  });

  test('shows that a list is shorter than its own total', async () => {
    const body = await altered('bamboohr', 'list.json', page => {
      page.meta.totalCount = 5;
    });
    expect(readList(adapter, target, body)).toMatchObject({ total: 5, rows: 3 });
  });

  test('reads a detail with pay as free text', () => {
    expect(only(readDetail(adapter, target, detail, { key: '86' }))).toMatchObject({
      key: '86',
      pay: '$70,000 - $80,000 per year',
      posted: { value: '2026-10-25', from: 'datePosted' },
      places: [{ raw: 'Savannah, Georgia, United States' }],
      url: 'https://peachrehab.bamboohr.com/careers/86',
      body: [{ html: '<p><span>Visit hospitals.</span></p>\r\n<ul>\r\n<li>OT, PT or SLP</li>\r\n</ul>' }],
    });
  });

  test('says "gone" for a closed posting, which still answers 200', async () => {
    const reading = readDetail(adapter, target, await fixture('bamboohr', 'filled.json'), { key: '86' });
    expect(reading).toMatchObject({ marker: 'gone', postings: [], why: "the job's status is Filled" });
  });

  test('says "gone" when the tenant is sent to the vendor\'s front page, and for a 404', () => {
    const away = { status: 302, headers: { location: 'https://www.bamboohr.com/' } };
    expect(readList(adapter, target, '', away).marker).toBe('gone');
    expect(readList(adapter, target, '', { status: 404 }).marker).toBe('gone');
  });

  test('never takes an opening without a status for open', async () => {
    const body = await altered('bamboohr', 'detail.json', page => {
      delete page.result.jobOpening.jobOpeningStatus;
    });
    expect(readDetail(adapter, target, body).marker).toBe('unknown');
  });

  test('refuses the details of another tenant and of another posting', () => {
    expect(readDetail(adapter, { company: 'other' }, detail).marker).toBe('unknown');
    expect(readDetail(adapter, target, detail, { key: '99' }).marker).toBe('unknown');
  });

  test('says "empty" only for a total of 0', () => {
    expect(readList(adapter, target, '{"meta":{"totalCount":0},"result":[]}').marker).toBe('empty');
    expect(readList(adapter, target, '{"meta":{},"result":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"meta":{"totalCount":4},"result":[]}').marker).toBe('unknown');
  });

  test.each([
    ['https://peachrehab.bamboohr.com/careers', 'peachrehab'],
    ['https://peachrehab.bamboohr.com/careers/86', 'peachrehab'],
    ['https://peachrehab.bamboohr.com/jobs/embed2.php', 'peachrehab'],
    ['https://www.bamboohr.com/', null],
    ['https://bamboohr.com/careers', null],
  ])('recognises %s', (url, company) => {
    expect(adapter.recognise(new URL(url))).toEqual(company === null ? null : { company });
  });
});
