import { describe, expect, test } from 'vitest';
import { adapter } from '../../../src/crawlers/adapters/applitrack.ts';
import { fixture, readList } from './_support.ts';

const target = { district: 'cedarfalls' };
const list = await fixture('applitrack', 'list.asp');

describe('applitrack', () => {
  test('reads whole postings out of what the script writes, also where one spans two calls', () => {
    const reading = readList(adapter, target, list);
    expect(reading).toMatchObject({ marker: 'board', total: 4, rows: 4, follow: [], shortfall: null });
    expect(reading.postings.map(posting => posting.title)).toEqual([
      'School Occupational Therapist',
      'Speech & Language Assistant',
      'Physical Therapist',
      'Physical Therapist',
    ]);
    expect(reading.postings[0]).toMatchObject({
      key: '739',
      department: 'Student Support Services/Occupational Therapist',
      posted: { value: '11/3/2026', from: 'Date Posted' },
      closes: { value: '12/11/2026', from: 'Closing Date' },
      url: 'https://www.applitrack.com/cedarfalls/onlineapp/jobpostings/view.asp?AppliTrackJobId=739',
    });
  });

  test('keeps the text with its table of pay, without pictures and the form to share it', () => {
    const html = readList(adapter, target, list).postings[0]?.body?.[0]?.html ?? '';
    expect(html).toContain("in the district's elementary schools.");
    expect(html).toContain('$58,000 - $81,000');
    expect(html).not.toMatch(/base64|interested in an opportunity|Speech/);
    expect(readList(adapter, target, list).postings[1]?.body).toEqual([{ html: '<p>Help pupils practice.</p>' }]);
  });

  test('takes no school for a place: the row of the district says where it is', () => {
    expect(readList(adapter, target, list).postings[0]).toMatchObject({ places: [] });
    const [posting] = readList(adapter, { ...target, place: 'Cedar Falls, IA' }, list).postings;
    expect(posting?.places).toEqual([{ raw: 'Cedar Falls, IA' }]);
    expect(posting?.body?.at(-1)).toEqual({ heading: 'Location', text: 'Washington Elementary' });
  });

  test('reads the older form, with the title in a row, a town for a place and two labels in one row', async () => {
    const [posting] = readList(adapter, target, await fixture('applitrack', 'older.asp')).postings;
    expect(posting).toMatchObject({
      key: '5120_3140',
      title: 'Audiologist',
      company: 'Souris Valley College',
      places: [{ raw: 'Minot, North Dakota' }],
      posted: { value: '11/2/2026', from: 'Date Posted' },
      closes: null,
    });
    expect(posting?.body?.[0]?.html).toContain('<strong>Teach and test hearing.</strong> <ul><li>Doctorate</li></ul>');
  });

  test('refuses the board of another district', () => {
    expect(readList(adapter, { district: 'other' }, list)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('keeps the postings of two districts of a consortium apart', () => {
    expect(readList(adapter, target, list).postings.slice(2)).toMatchObject([
      { key: '474_142', company: 'Cedar Falls Schools' },
      { key: '474_177', company: 'Maple Grove Schools' },
    ]);
  });

  test('counts a posting that is listed twice as the board does', () => {
    const twice = list.replaceAll('474_177', '474_142');
    expect(readList(adapter, target, twice)).toMatchObject({ total: 4, rows: 4, shortfall: null });
    expect(readList(adapter, target, twice).postings).toHaveLength(3);
  });

  test('is not sure of a script that is cut, tells no total, or holds a posting without a title', () => {
    expect(readList(adapter, target, list.slice(0, list.indexOf('Maple'))).shortfall).toBe('a text the script writes is cut off');
    const early = readList(adapter, target, list.slice(0, list.indexOf("document.write('<ul class=\\'postingsList\\' id=\\'p474_177")));
    expect(early).toMatchObject({ total: 4, rows: 3 });
    expect(readList(adapter, target, list.replace('<b>4</b> openings', '')).shortfall).toContain('does not say how many');
    expect(readList(adapter, target, list.replace('School Occupational Therapist', '')).shortfall).toBe('1 of 4 rows could not be read');
  });

  test('takes no closing date out of "Open until Filled"', () => {
    expect(readList(adapter, target, list).postings[1]?.closes).toBeNull();
  });

  test('never takes a script without postings for an empty board', () => {
    for (const says of ['&nbsp;(no results)', 'We currently do not have any vacant positions.', '']) {
      expect(readList(adapter, target, `document.write('<div id="AppliTrackOutput">${says}</div>');`).marker).toBe('unknown');
    }
  });

  test.each([
    ['https://www.applitrack.com/CedarFalls/onlineapp/default.aspx', 'cedarfalls'],
    ['https://phl.applitrack.com/cedarfalls/onlineapp/jobpostings/Output.asp?all=1', 'cedarfalls'],
    ['https://www.applitrack.com/', null],
    ['https://www.applitrack.com/cedarfalls/other/', null],
    ['https://applitrack.com.acme.example/cedarfalls/onlineapp/', null],
  ])('recognises %s', (url, district) => {
    expect(adapter.recognise(new URL(url))).toEqual(district === null ? null : { district });
  });
});
