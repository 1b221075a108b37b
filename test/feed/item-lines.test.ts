import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { itemLines, linesHtml, linesText } from '../../src/feed/item-lines.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../src/posting/taxonomy.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

const SITE = { origin: 'https://ombre.example', domain: 'ombre.example' };
const TEXT = 'About us.\nRequirements\nCurrent OT, COTA or PT license is required for this role.\nAn RN license will not do.';

function posting(verdicts: Partial<Record<Credential, Verdict>>, more: Partial<FeedPosting> = {}): FeedPosting {
  const told = Object.fromEntries(
    CREDENTIALS.map(name => {
      const verdict = verdicts[name] ?? 'unknown';
      const words = verdict === 'unknown' ? [] : [name === 'OTA' ? 'COTA' : verdict === 'barred' ? 'RN license' : 'OT'];
      const evidence = words.map(text => ({
        field: 'text' as const,
        start: TEXT.indexOf(text),
        end: TEXT.indexOf(text) + text.length,
        text,
      }));
      return [name, { verdict, rule: 'test', evidence }];
    }),
  );
  const plain = {
    id: 'a/1',
    url: 'https://jobs.example/1?a=1&b=%222%22',
    apply_url: 'https://jobs.example/1/apply',
    company: 'Acme & Sons',
    title: 'Reviewer',
    places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
    work_mode: 'remote',
    pay: { min: 60_000, max: 70_000, currency: 'USD', interval: 'year' },
    employment_types: ['full_time'],
    verdicts: told,
    closed_at: null,
    closed_reason: null,
    confidence: 0.9,
    department: null,
    text: TEXT,
  };
  return { ...plain, ...more } as unknown as FeedPosting;
}

const lines = (verdicts: Partial<Record<Credential, Verdict>>, asked: Credential[] = [], more: Partial<FeedPosting> = {}) =>
  linesText(itemLines(SITE, posting(verdicts, more), asked)).split('\n');
const who = (...given: Parameters<typeof lines>) => lines(...given).slice(1, -1);

describe('what a reader shows of a posting', () => {
  it('begins with place and pay, then who may apply with the sentence and its marked words, then the ways on', () => {
    expect(lines({ OTA: 'named', OT: 'named', SLP: 'barred' })).toEqual([
      'Remote: Austin, TX · $60,000 to $70,000 a year · full time',
      '✓ Yes: OT, COTA. “Current *OT, COTA* or PT license is required for this role.”',
      '? Not stated: PT, PTA',
      '✕ No: SLP. “An *RN license* will not do.”',
      'Apply at Acme & Sons: https://jobs.example/1/apply · Why you see this: https://ombre.example/jobs/a%2F1#eligibility',
    ]);
  });

  it('tells the credential of the filter first, and the others in one line', () => {
    expect(who({ OTA: 'preferred', OT: 'named', PT: 'named', SLP: 'barred' }, ['OTA'])).toEqual([
      '+ A plus: COTA. “Current OT, *COTA* or PT license is required for this role.”',
      'Others: ✓ Yes: OT, PT · ? Not stated: PTA · ✕ No: SLP',
    ]);
  });

  it('tells apart who may not apply, who may, and what nobody said', () => {
    const barred = { OT: 'barred', OTA: 'barred', PT: 'barred', PTA: 'barred', SLP: 'barred' } as const;
    expect(who(barred)[0]).toMatch(/^✕ No: all five\. “/);
    expect(who({})).toEqual(['? Not stated: all five']);
    expect(who({ OT: 'open', OTA: 'open', PT: 'open', PTA: 'open', SLP: 'open' })[0]).toMatch(/^○ No license needed: all five\. “/);
    expect(who({}, ['OTA'])).toEqual(['? Not stated: COTA', 'Others: ? Not stated: OT, PT, PTA, SLP']);
    expect(who({}, [], { verdicts: null })).toEqual([]);
  });

  it('says first that it is closed, and why, and that pay is not stated', () => {
    const closed = { closed_at: new Date('2026-11-02T10:00:00Z'), closed_reason: 'expired', pay: null };
    expect(lines({}, [], closed).slice(0, 2)).toEqual([
      'Closed on 2026-11-02: the date until which it was open has passed.',
      'Remote: Austin, TX · pay not stated · full time',
    ]);
  });

  it('leads to apply only where it is open and takes whom it was asked for, else to the posting', () => {
    const last = (...given: Parameters<typeof lines>) =>
      lines(...given)
        .at(-1)!
        .split(' · ')[0];
    const see = 'See it at Acme & Sons: https://jobs.example/1?a=1&b=%222%22';
    expect(last({ OTA: 'named' }, ['OT'])).toBe(see);
    expect(last({ OTA: 'named' }, ['OT', 'OTA'])).toBe('Apply at Acme & Sons: https://jobs.example/1/apply');
    expect(last({})).toBe(see);
    expect(last({ OTA: 'named' }, [], { closed_at: new Date(0) })).toBe(see);
    expect(last({ OTA: 'open' }, [], { apply_url: 'mailto:jobs@acme.example', company: null })).toBe(
      'Apply on the employer’s site: https://jobs.example/1?a=1&b=%222%22',
    );
    expect(last({ OTA: 'open' }, [], { apply_url: null, url: 'javascript:alert(1)' })).toBe(
      'Why you see this: https://ombre.example/jobs/a%2F1#eligibility',
    );
  });

  it('is the same as HTML, with marks that readers show bold and links that work', () => {
    const $ = load(linesHtml(itemLines(SITE, posting({ OTA: 'named' }), ['OTA'])));
    expect($('b mark').text()).toBe('COTA');
    expect(
      $('a')
        .toArray()
        .map(link => $(link).attr('href')),
    ).toEqual(['https://jobs.example/1/apply', 'https://ombre.example/jobs/a%2F1#eligibility']);
    expect($('a').first().text()).toBe('Apply at Acme & Sons');
  });

  it('lets nothing of a hostile board run or reach beyond its words', () => {
    const hostile = { company: '<img src=x onerror=alert(1)>\u202e', url: 'javascript:alert(1)', places: [] };
    const html = linesHtml(itemLines(SITE, posting({ OTA: 'named' }, hostile), []));
    expect(load(html)('img, script').length).toBe(0);
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('\u202e');
  });
});
