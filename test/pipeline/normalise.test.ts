import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawPosting } from '../../src/crawlers/adapter.ts';
import { normalise } from '../../src/pipeline/normalise.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../../src/posting/posting.ts';

const context = { fetchedAt: '2026-05-30T15:00:00.000Z', company: 'Northland Rehab', system: 'greenhouse' };
const raw: RawPosting = { key: '7', title: 'Reviewer', places: [], url: 'https://jobs.northland.example/7' };
const of = (facts: Partial<RawPosting>) => normalise({ ...raw, ...facts }, context);

it('a posting as a board tells it becomes one as people read it', () => {
  expect(
    of({
      title: ' Utilization Reviewer &amp; Appeals ',
      department: 'Quality&nbsp;',
      requisition: ' R-1001 ',
      places: [{ raw: 'Duluth, MN; Remote - Texas' }],
      pay: '$40.00 - $48.50 per hour',
      employment: ['FULL_TIME', 'PRN'],
      posted: { value: 'Posted Yesterday', from: 'postedOn' },
      closes: { value: '2026-06-30', from: 'endDate' },
      applyUrl: 'https://jobs.northland.example/7/apply',
      body: [{ html: '&lt;p&gt;Read charts.&lt;/p&gt;' }, { heading: 'Needs', text: '• OT, COTA, PT or PTA licence' }],
    }),
  ).toEqual({
    key: '7',
    title: 'Utilization Reviewer & Appeals',
    company: 'Northland Rehab',
    department: 'Quality',
    requisition: 'R-1001',
    places: [
      { raw: 'Duluth, MN', city: 'Duluth', region: 'MN', country: 'US' },
      { raw: 'Remote - Texas', city: null, region: 'TX', country: 'US' },
    ],
    workMode: null,
    pay: { min: 40, max: 48.5, currency: 'USD', interval: 'hour' },
    employmentTypes: ['full_time', 'per_diem'],
    postedAt: { value: '2026-05-29', precision: 'day', from: 'greenhouse.postedOn' },
    closesAt: { value: '2026-06-30', precision: 'day', from: 'greenhouse.endDate' },
    closed: false,
    url: 'https://jobs.northland.example/7',
    applyUrl: 'https://jobs.northland.example/7/apply',
    html: '<p>Read charts.</p>\n<h3>Needs</h3>\n<ul><li>OT, COTA, PT or PTA licence</li></ul>',
    text: 'Read charts.\n\nNeeds\n- OT, COTA, PT or PTA licence',
  });
});

it('what the board does not say stays open', () => {
  expect(of({})).toEqual({
    ...{
      key: '7',
      title: 'Reviewer',
      company: 'Northland Rehab',
      department: null,
      requisition: null,
      places: [],
      workMode: null,
      pay: null,
    },
    ...{ employmentTypes: [], postedAt: null, closesAt: null, closed: false, url: 'https://jobs.northland.example/7', applyUrl: null },
    ...{ html: '', text: '' },
  });
});

it("the board's own company wins over the source's", () => {
  expect(of({ company: 'Lakeshore &amp; Sons' }).company).toBe('Lakeshore & Sons');
  expect(of({ company: ' ' }).company).toBe('Northland Rehab');
});

describe('work mode', () => {
  it("the board's own field wins over the places", () => {
    expect(of({ workMode: 'hybrid', places: [{ raw: 'Remote' }] }).workMode).toBe('hybrid');
    expect(of({ places: [{ raw: 'Remote - US' }] }).workMode).toBe('remote');
  });

  it('is never read from the title or the body', () => {
    expect(of({ title: 'Reviewer (Remote)', body: [{ text: 'Fully remote.' }] }).workMode).toBeNull();
  });
});

describe('pay', () => {
  it('is a structured figure as it is, or the pay string of the board', () => {
    const pay = { min: 80_000, max: null, currency: 'USD', interval: 'year' } as const;
    expect(of({ pay }).pay).toEqual(pay);
    expect(of({ pay: { ...pay, min: null } }).pay).toBeNull();
    expect(of({ pay: 'Competitive' }).pay).toBeNull();
  });

  it('is never read from the body', () => {
    expect(of({ body: [{ text: 'The pay is $40 per hour.' }] }).pay).toBeNull();
  });
});

describe('dates', () => {
  it('a closing date before the posting date is not one', () => {
    const posted = { value: '2026-05-20', from: 'a' };
    expect(of({ posted, closes: { value: '2026-05-19', from: 'b' } }).closesAt).toBeNull();
    expect(of({ posted, closes: { value: '2026-05-20T10:00:00Z', from: 'b' } }).closesAt?.value).toBe('2026-05-20T10:00:00.000Z');
    expect(of({ posted, closes: { value: 'May 2026', from: 'b' } }).closesAt?.value).toBe('2026-05');
  });

  it('a past closing date closes nothing by itself', () => {
    expect(of({ closes: { value: '2026-01-01', from: 'b' } })).toMatchObject({ closed: false, closesAt: { value: '2026-01-01' } });
    expect(of({ closed: true }).closed).toBe(true);
  });
});

describe('addresses', () => {
  it('only those of the web are kept', () => {
    expect(of({ url: 'javascript:alert(1)', applyUrl: 'https://jobs.northland.example/7/apply' })).toMatchObject({
      url: 'https://jobs.northland.example/7/apply',
      applyUrl: 'https://jobs.northland.example/7/apply',
    });
    expect(of({ url: 'nonsense', applyUrl: 'mailto:jobs@northland.example' })).toMatchObject({ url: '', applyUrl: null });
  });

  it('keep their parameters, which some boards need', () => {
    expect(of({ url: ' https://x.example/j?source=feed&id=7#/a ' }).url).toBe('https://x.example/j?source=feed&id=7#/a');
  });
});

it('holds for whatever a board sends: no control characters, no broken text, known values, the same twice', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const date = fc.option(fc.record({ value: fc.oneof(text, fc.double()), from: fc.constant('field') }));
  const any: fc.Arbitrary<RawPosting> = fc.record({
    key: text,
    title: text,
    company: fc.option(text),
    places: fc.array(fc.record({ raw: text, city: fc.option(text), region: fc.option(text), country: fc.option(text) }), { maxLength: 3 }),
    workMode: fc.option(fc.constantFrom(...WORK_MODES)),
    pay: fc.option(text),
    employment: fc.array(text, { maxLength: 3 }),
    posted: date,
    closes: date,
    url: fc.oneof(text, fc.webUrl()),
    applyUrl: fc.option(text),
    body: fc.array(fc.record({ heading: text, html: text, text }), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(any, raw => {
      const posting = normalise(raw, context);
      const stored = JSON.stringify(posting);
      expect(stored).not.toMatch(/\\u000[0-8]|\\u001|\\ud[89a-f]/i);
      expect(posting.employmentTypes.every(type => EMPLOYMENT_TYPES.includes(type))).toBe(true);
      expect(posting.url === '' || /^https?:/.test(posting.url)).toBe(true);
      expect(JSON.stringify(normalise(raw, context))).toBe(stored);
    }),
    { numRuns: 300 },
  );
});
