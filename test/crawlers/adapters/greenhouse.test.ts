import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/greenhouse.ts';
import { altered, fixture, only, readDetail, readList } from './_support.ts';

const target = { board: 'harborreview' };

describe('greenhouse', () => {
  test('reads the whole board from one answer', async () => {
    const reading = readList(adapter, target, await fixture('greenhouse', 'list.json'));
    expect(reading).toMatchObject({ marker: 'board', total: 3, rows: 3, follow: [], shortfall: null });
    expect(reading.postings[0]).toMatchObject({
      key: '4400012002',
      title: 'Utilization Review Therapist (OT/PT)',
      company: 'Harbor Review Partners',
      department: 'Clinical Review',
      requisition: 'R-2201',
      places: [{ raw: 'Remote - United States' }],
      employment: ['Full-time'],
      posted: { value: '2026-10-29T02:02:50-04:00', from: 'first_published' },
      closes: { value: '2026-12-31T23:59:00-05:00', from: 'application_deadline' },
      url: 'https://job-boards.greenhouse.io/harborreview/jobs/4400012002',
      pay: null,
    });
  });

  test('decodes the escaped content once, so that an escaped "<" stays text', async () => {
    const [first] = readList(adapter, target, await fixture('greenhouse', 'list.json')).postings;
    const html = first?.body?.[0]?.html ?? '';
    expect(html).toContain('<li>Active OT, COTA, PT or PTA licence</li>');
    expect(html).toContain('medical necessity &amp; write');
    expect(html).toContain('&nbsp;');
    expect(html).toContain('<li>&lt;2 years');
  });

  test('takes the city from the offices where the place is only a work model', async () => {
    const educator = readList(adapter, target, await fixture('greenhouse', 'list.json')).postings[1];
    expect(educator?.places).toEqual([{ raw: 'Columbus, Ohio, United States' }, { raw: 'Dayton, OH' }]);
    expect(educator?.workMode).toBe('hybrid');
  });

  test('takes the work model from the field an employer made for it, where the place tells none', async () => {
    const withField = (name: string, value: unknown) =>
      altered('greenhouse', 'list.json', board => {
        board.jobs[2].metadata = [{ id: 1, name, value, value_type: 'single_select' }];
      });
    const mode = async (name: string, value: unknown) => readList(adapter, target, await withField(name, value)).postings[2]?.workMode;
    expect(await mode('Location Type', 'On-Site')).toBe('onsite');
    expect(await mode('Workplace Type', 'Hybrid')).toBe('hybrid');
    expect(await mode('Remote Work', ['Remote'])).toBe('remote');
    expect(await mode('Equipment', 'Remote')).toBeNull();
  });

  test("keeps a posting whose address is on the employer's own domain", async () => {
    const educator = readList(adapter, target, await fixture('greenhouse', 'list.json')).postings[1];
    expect(educator?.url).toBe('https://careers.harborreview.example/open-positions?gh_jid=4400012003');
  });

  test('splits several places in one text and keeps a prospect post without a body', async () => {
    const prospect = readList(adapter, target, await fixture('greenhouse', 'list.json')).postings[2];
    expect(prospect?.places).toEqual([{ raw: 'Columbus, OH' }, { raw: 'Austin, TX' }]);
    expect(prospect?.body).toEqual([]);
  });

  test('turns the cents of a detail into pay and takes the interval from the title', async () => {
    const posting = only(readDetail(adapter, target, await fixture('greenhouse', 'detail.json')));
    expect(posting.pay).toEqual({ min: 70_000, max: 82_500, currency: 'USD', interval: 'year' });
  });

  test('asks the detail for pay only where a body tells none', async () => {
    const [remote, educator, prospect] = readList(adapter, target, await fixture('greenhouse', 'list.json')).postings;
    expect(remote).toMatchObject({
      detailAdds: true,
      detail: { url: 'https://boards-api.greenhouse.io/v1/boards/harborreview/jobs/4400012002?pay_transparency=true', key: '4400012002' },
    });
    expect(educator?.detailAdds).toBe(true);
    expect(prospect?.detail).toBeUndefined();
    const told = await altered('greenhouse', 'list.json', list => {
      list.jobs[0].content += '&lt;p&gt;Pay: &lt;b&gt;$38.50&lt;/b&gt; - $45.00 an hour&lt;/p&gt;';
      list.jobs[1].content += '&lt;p&gt;We raised $40 million.&lt;/p&gt;';
    });
    const [paid, raised] = readList(adapter, target, told).postings;
    expect(paid).not.toHaveProperty('detail');
    expect(raised?.detailAdds).toBe(true);
  });

  test("refuses another posting's detail", async () => {
    expect(readDetail(adapter, target, await fixture('greenhouse', 'detail.json'), { key: '1' }).marker).toBe('unknown');
  });

  test('hands pay out as text where nothing names the interval', async () => {
    const body = await altered('greenhouse', 'detail.json', job => {
      job.pay_input_ranges[0].title = 'Zone A';
    });
    expect(only(readDetail(adapter, target, body)).pay).toBe('Zone A: 70000 - 82500 USD');
  });

  test('says "empty" only when the total is 0', () => {
    expect(readList(adapter, target, '{"jobs":[],"meta":{"total":0}}').marker).toBe('empty');
    expect(readList(adapter, target, '{"jobs":[]}').marker).toBe('unknown');
    expect(readList(adapter, target, '{"jobs":[],"meta":{"total":12}}').marker).toBe('unknown');
  });

  test('says "gone" for an unknown board and for a closed job', async () => {
    const body = await fixture('greenhouse', 'not-found.json');
    expect(readList(adapter, target, body, { status: 404 }).marker).toBe('gone');
    expect(readDetail(adapter, target, body, {}, { status: 404 }).marker).toBe('gone');
  });

  test('refuses an answer whose every address names another board', async () => {
    const reading = readList(adapter, { board: 'someoneelse' }, await fixture('greenhouse', 'list.json'));
    expect(reading).toMatchObject({ marker: 'unknown', postings: [] });
    expect(reading.why).toContain('harborreview instead of someoneelse');
  });

  test('names rows it could not read as a shortfall', async () => {
    const body = await altered('greenhouse', 'list.json', list => {
      delete list.jobs[1].id;
    });
    expect(readList(adapter, target, body)).toMatchObject({ marker: 'board', rows: 3, shortfall: '1 of 3 rows could not be read' });
  });

  test.each([
    ['https://boards.greenhouse.io/harborreview', 'harborreview'],
    ['https://job-boards.greenhouse.io/harborreview/jobs/4400012002', 'harborreview'],
    ['https://job-boards.eu.greenhouse.io/harborreview', 'harborreview'],
    ['https://boards.greenhouse.io/embed/job_board?for=harborreview&b=x', 'harborreview'],
    ['https://boards-api.greenhouse.io/v1/boards/harborreview/jobs?content=true', 'harborreview'],
    ['https://www.greenhouse.io/harborreview', null],
    ['https://boards.greenhouse.io/', null],
  ])('recognises %s', (url, board) => {
    expect(adapter.recognise(new URL(url))).toEqual(board === null ? null : { board });
  });
});
