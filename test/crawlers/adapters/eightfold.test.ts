import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { adapter } from '../../../src/crawlers/adapters/eightfold.ts';
import { answer, fixture, only, readDetail, readList } from './_support.ts';

const target = { host: 'cumberland.eightfold.ai', domain: 'cumberlandhealth.example' };
const newer = await fixture('eightfold', 'search.json');
const older = await fixture('eightfold', 'v2-list.json');
const OFF = '{"status":403,"error":{"message":"PCSX is not enabled for this user.","body":""},"data":null}';

function pageOf(count: number, total: number | undefined, from = 0): string {
  const positions = Array.from({ length: count }, (_, i) => ({ id: 1 + from + i, name: `Job ${from + i}` }));
  return JSON.stringify({ status: 200, data: { positions, count: total } });
}

describe('eightfold', () => {
  test('asks the newer interface first, with the domain', () => {
    expect(adapter.start(target)[0]?.url).toBe(
      'https://cumberland.eightfold.ai/api/pcsx/search?domain=cumberlandhealth.example&query=&location=&start=0&num=10',
    );
    expect(adapter.start({ host: 'cumberland.eightfold.ai' })[0]?.url).toContain('/api/pcsx/search?query=');
  });

  test('reads the newer interface: tidied places, work mode, seconds as dates, the posting page as detail', () => {
    const reading = readList(adapter, target, newer);
    expect(reading).toMatchObject({ marker: 'board', total: 2, rows: 2, follow: [], shortfall: null });
    expect(reading.postings).toMatchObject([
      {
        key: '563321',
        title: 'Clinical Review Therapist',
        requisition: 'R-1188',
        places: [{ raw: 'Nashville, TN, US' }, { raw: 'Columbus, OH, US' }],
        workMode: 'remote',
        posted: { value: 1794960000000, from: 'postedTs' },
        url: 'https://cumberland.eightfold.ai/careers/job/563321',
        detail: { kind: 'detail', key: '563321', url: 'https://cumberland.eightfold.ai/careers/job/563321' },
      },
      {
        key: '563122',
        workMode: 'hybrid',
        places: [{ raw: 'Nashville, TN, US' }],
        posted: { value: 1794441600000, from: 'creationTs' },
      },
    ]);
  });

  test('goes to the older interface when the newer one says that it is switched off, and takes any other 403 for a refusal', () => {
    const off = readList(adapter, target, OFF, { status: 403 });
    expect(off).toMatchObject({ marker: 'board', rows: 0 });
    expect(off.follow[0]?.url).toBe(
      'https://cumberland.eightfold.ai/api/apply/v2/jobs?domain=cumberlandhealth.example&start=0&num=10&sort_by=new',
    );
    expect(adapter.read(answer(off.follow[0] as PageRequest, OFF, { status: 403 }), target).marker).toBe('challenge');
    expect(readList(adapter, target, '{"message":"Not authorized"}', { status: 403 }).marker).toBe('challenge');
    expect(readList(adapter, target, '', { status: 405 }).marker).toBe('challenge');
  });

  test('reads the older interface, whose details are JSON and whose descriptions in lists are cut', () => {
    const reading = readList(adapter, target, older);
    expect(reading.postings).toMatchObject([
      {
        key: '563321',
        places: [{ raw: 'Nashville, Tennessee, United States of America' }, { raw: 'Columbus, Ohio, United States of America' }],
        workMode: 'onsite',
        posted: { value: 1794960000000, from: 't_create' },
        detail: { url: 'https://cumberland.eightfold.ai/api/apply/v2/jobs/563321?domain=cumberlandhealth.example' },
      },
      {
        key: '563122',
        department: 'Benefits',
        places: [{ raw: 'Nashville, Tennessee, United States of America' }],
        url: 'https://cumberland.eightfold.ai/careers/job/563122?domain=cumberlandhealth.example',
      },
    ]);
    expect(reading.postings.every(posting => posting.body === undefined)).toBe(true);
  });

  test('pages by ten through the interface that answers', () => {
    const first = readList(adapter, target, pageOf(10, 25));
    expect(first.follow[0]?.url).toContain('/api/pcsx/search?domain=cumberlandhealth.example&query=&location=&start=10&');
    const second = adapter.read(answer(first.follow[0] as PageRequest, pageOf(10, 25, 10)), target);
    expect(second.follow[0]?.url).toContain('start=20');
    expect(adapter.read(answer(second.follow[0] as PageRequest, pageOf(5, 25, 20)), target).follow).toEqual([]);
    const many = JSON.stringify({ ...JSON.parse(older), count: 30, positions: JSON.parse(pageOf(10, 0)).data.positions });
    expect(readList(adapter, target, many).follow[0]?.url).toContain('/api/apply/v2/jobs?domain=cumberlandhealth.example&start=10');
  });

  test('ends at a short page although the count is higher, which leaves the listing short of it', () => {
    expect(readList(adapter, target, pageOf(7, 40))).toMatchObject({ marker: 'board', rows: 7, total: 40, follow: [] });
    expect(readList(adapter, target, pageOf(10, undefined)).shortfall).toContain('does not say how many');
  });

  test('never says "empty"', () => {
    expect(readList(adapter, target, pageOf(0, 0)).marker).toBe('unknown');
    expect(readList(adapter, target, pageOf(0, 12)).marker).toBe('unknown');
  });

  test('refuses the list of another domain', () => {
    expect(readList(adapter, { host: 'cumberland.eightfold.ai', domain: 'other.example' }, older).why).toContain('another board');
  });

  test('reads a detail out of JSON and out of a page with JSON-LD', async () => {
    const json = only(readDetail(adapter, target, await fixture('eightfold', 'v2-detail.json'), { key: '563321' }));
    expect(json).toMatchObject({ key: '563321', body: [{ html: '<p>You review therapy requests against criteria.</p>' }], workMode: null });
    const page = only(readDetail(adapter, target, await fixture('eightfold', 'detail.html'), { key: '563321' }));
    expect(page).toMatchObject({
      key: '563321',
      company: 'Cumberland Health',
      requisition: 'R-1188',
      body: [{ html: '<p>You review therapy requests against criteria.</p>' }],
    });
    const newer = {
      status: 200,
      error: { message: '', body: '' },
      data: { id: 563321, name: 'Reviewer', jobDescription: '<p>You review.</p>' },
    };
    expect(only(readDetail(adapter, target, JSON.stringify(newer), { key: '563321' })).body).toEqual([{ html: '<p>You review.</p>' }]);
    expect(readDetail(adapter, target, await fixture('eightfold', 'v2-detail.json'), { key: '1' }).marker).toBe('unknown');
    expect(readDetail(adapter, target, '', {}, { status: 404 }).marker).toBe('gone');
  });

  test('takes the employment type from the field an employer made for it', () => {
    const position = {
      id: 7,
      name: 'Therapy Educator',
      efcustomTextTextTimeType: ['Part time'],
      efcustomTextPcsPostingJobLevel: ['Temporary lead'],
    };
    expect(only(readDetail(adapter, target, JSON.stringify({ status: 200, data: position }))).employment).toEqual(['Part time']);
  });

  test("asks for the domain where the host is the employer's own", () => {
    expect(adapter.target.safeParse({ host: 'cumberland.eightfold.ai' }).success).toBe(true);
    expect(adapter.target.safeParse({ host: 'careers.cumberlandhealth.example' }).success).toBe(false);
  });

  test.each([
    ['https://cumberland.eightfold.ai/careers?domain=cumberlandhealth.example', 'cumberland.eightfold.ai cumberlandhealth.example'],
    ['https://cumberland.eightfold.ai/careers/job/563321', 'cumberland.eightfold.ai undefined'],
    ['https://careers.acme.example/careers/job/563321-title?domain=acme.example', 'careers.acme.example acme.example'],
    ['https://careers.acme.example/api/apply/v2/jobs?domain=acme.example&start=0', 'careers.acme.example acme.example'],
    ['https://careers.acme.example/careers', null],
    ['https://www.eightfold.ai/careers?domain=eightfold.ai', null],
  ])('recognises %s', (url, expected) => {
    const found = adapter.recognise(new URL(url));
    expect(found && `${found.host} ${found.domain}`).toBe(expected);
  });
});
