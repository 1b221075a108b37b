import type { Evidence } from '../../src/classify/classification.ts';
import { digestMail } from '../../src/digest/mail-digest.ts';
import { type MailPosting, mailPosting } from '../../src/digest/mail-posting.ts';
import type { Section } from '../../src/digest/mail-section.ts';
import { countNews } from '../../src/digest/news.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../src/posting/taxonomy.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

export const SITE = { origin: 'https://jobs.example', domain: 'jobs.example' };
export const NOW = new Date('2026-11-28T12:00:00Z');
export const LINKS = { manage: 'https://jobs.example/manage/x', unsubscribe: 'https://jobs.example/u/x' };
export const RHYTHM = { every: 'weekly' as const, weekday: 1, hour: 7, zone: 'America/New_York' };

type Given = Partial<FeedPosting> & { text?: string; told?: Partial<Record<Credential, [Verdict, ...string[]]>>; sure?: number };

/** A posting as mails get it; `told` is the verdict of a credential and the words of the text that decided, `sure` how sure all of them are. */
export function posting({ text = '', told = {}, sure, ...more }: Given) {
  const spanOf = (words: string): Evidence => {
    const start = text.indexOf(words);
    return { field: 'text', start, end: start + words.length, text: words };
  };
  const verdictOf = (one: Credential) => {
    const [verdict, ...words] = told[one] ?? (['unknown'] as [Verdict]);
    return { verdict, rule: null, evidence: words.map(spanOf), confidence: sure ?? null };
  };
  const base: FeedPosting = {
    id: 'one',
    source: 'example',
    url: 'https://board.example/1',
    apply_url: null,
    title: 'Utilization Review Clinician',
    company: 'Harborline Health',
    department: null,
    places: [{ raw: 'US', city: null, region: null, country: 'US' }],
    states: [],
    work_mode: 'remote',
    pay: { min: 68_000, max: 79_500, currency: 'USD', interval: 'year' },
    employment_types: ['full_time'],
    posted_at: new Date('2026-11-12T00:00:00Z'),
    posted_precision: 'day',
    posted_from: null,
    closes_at: null,
    first_seen: new Date('2026-11-23T08:00:00Z'),
    updated_at: new Date('2026-11-23T08:00:00Z'),
    closed_at: null,
    closed_reason: null,
    relevance: 'nonclinical',
    confidence: 1,
    paths: ['utilization-review'],
    roles: [],
    verdicts: Object.fromEntries(CREDENTIALS.map(one => [one, verdictOf(one)])) as NonNullable<FeedPosting['verdicts']>,
    facets: {},
    text: null,
    html: null,
  };
  return mailPosting({ ...base, ...more }, text);
}

/** A week's mail of a COTA: every kind of verdict, a title without an end, words of others that would like to be markup. */
export const WEEK = [
  posting({
    text: 'We review charts.\n- Current, unrestricted PT, PTA, OT, COTA or SLP license in any US state\nApply today.',
    told: { OTA: ['named', 'COTA'] },
  }),
  posting({
    id: 'two',
    title: 'Digital Accessibility Consultant',
    company: 'Wendell State College',
    pay: { min: 48, max: 56, currency: 'USD', interval: 'hour' },
    places: [{ raw: 'Wendell, NC', city: 'Wendell', region: 'NC', country: 'US' }],
    employment_types: ['contract'],
    facets: { min_years: 2, degree: 'bachelor' },
    told: { OTA: ['open'] },
    apply_url: 'https://careers.example/apply?a=1&b=2',
    first_seen: new Date('2026-11-28T08:00:00Z'),
    paths: ['consulting'],
  }),
  posting({
    id: 'three',
    title: 'Customer Success Manager',
    company: 'Gaitwise',
    text: 'Ideally a background as a therapist or assistant; we do not ask for a license.',
    told: { OTA: ['implied', 'therapist or assistant'] },
    pay: null,
    posted_at: null,
    paths: ['health-tech'],
  }),
  posting({
    id: 'four',
    title: `Trainer ${'W'.repeat(344)}`,
    company: '<b>"Acme" & Sons</b>',
    url: 'javascript:alert(1)',
    text: 'A COTA would be a plus for <this> role.',
    told: { OTA: ['preferred', 'COTA'] },
    posted_at: new Date('2025-12-01T00:00:00Z'),
    posted_precision: 'month',
    paths: ['education'],
  }),
];

/** A section that shows these postings as new. */
export function section(query: string, postings: readonly MailPosting[], more: Partial<Section> = {}): Section {
  const told = postings.map(one => ({ posting: one, news: 'new' as const, payBefore: null }));
  return { query, rhythm: RHYTHM, links: LINKS, postings: told, counts: countNews(more.postings ?? told), elsewhere: 0, ...more };
}

/** A mail of sections. */
export function mailOfAll(...sections: [Section, ...Section[]]) {
  return digestMail({
    site: SITE,
    sections,
    rest: last => `https://jobs.example/digests/x?after=${last}`,
    links: sections.length > 1 ? { ...LINKS, unsubscribe: 'https://jobs.example/unsubscribe/x' } : LINKS,
    postalAddress: '1 Invented Way, Springfield',
    now: NOW,
  });
}

export function weekly(query = 'credential=OTA&work_mode=remote', postings = WEEK, linked = 0) {
  return mailOfAll(section(query, postings, { counts: { new: postings.length + linked, open_again: 0, raised: 0 } }));
}
