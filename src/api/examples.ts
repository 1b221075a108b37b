import type { z } from 'zod';
import { FACETS, type FacetCounts } from '../store/feed/facets.ts';
import type { DocumentName, SCHEMAS } from './schemas.ts';
import { taxonomyView } from './taxonomy-view.ts';

type Examples = { [N in DocumentName]: z.input<(typeof SCHEMAS)[N]> };

const said = (verdict: 'named' | 'barred', words: string) => ({ verdict, confidence: 0.97, rule: 'learned.roles', evidence: [words] });
const NAMED = said('named', 'PT, OT, SLP or COTA license');
const HARBORLINE = 'Harborline Health';
const SEEN = '2026-11-02T06:14:09.120Z';

const POSTING = {
  id: 'p_7f3a',
  title: 'Utilization Review Clinician',
  company: HARBORLINE,
  department: null,
  places: [{ raw: 'Remote, TX', city: null, region: 'TX', country: 'US' }],
  states: ['TX'],
  work_mode: 'remote' as const,
  pay: { min: 34, max: 41, currency: 'USD', interval: 'hour' as const, per_year: { min: 70_720, max: 85_280 } },
  employment_types: ['full_time' as const],
  relevance: 'nonclinical' as const,
  confidence: 0.97,
  paths: ['utilization-review' as const],
  roles: ['utilization-reviewer'],
  verdicts: { OT: NAMED, OTA: NAMED, PT: NAMED, PTA: said('barred', 'PT, OT, SLP or COTA license'), SLP: NAMED },
  facets: {
    min_years: 2,
    caseload: false,
    certifications: [{ name: 'CCM', need: 'preferred' as const }],
    patient_contact: 'none' as const,
    travel_percent: null,
    states: [],
    degree: null,
    lifting_pounds: null,
    seniority: null,
  },
  posted_at: { value: '2026-11-01', precision: 'day' as const, from: 'greenhouse.first_published' },
  closes_at: null,
  first_seen: SEEN,
  updated_at: SEEN,
  closed_at: null,
  closed_reason: null,
  source: 'harborline-health',
  url: 'https://jobs.example/harborline/4711',
  apply_url: 'https://jobs.example/harborline/4711/apply',
  links: { self: 'https://ombre.example/api/v1/postings/p_7f3a', html: 'https://ombre.example/jobs/p_7f3a' },
};

const NUMBERS = {
  path: 'utilization-review' as const,
  name: 'Utilization review',
  open: 42,
  new_this_week: 6,
  remote: 35,
  hybrid: 4,
  onsite: 3,
  open_to_assistants: 17,
  pay: { n: 20, lower: 68_000, median: 76_500, upper: 88_000 },
  roles: [{ role: 'utilization-reviewer', open: 30 }],
};
const WEEKS = [{ week: '2026-11-02', opened: 6, closed: 2, open: 42 }];
const facets: Partial<FacetCounts['facets']> = {
  work_mode: [
    { value: 'remote', count: 35 },
    { value: 'hybrid', count: 4 },
  ],
  company: [{ value: HARBORLINE.toLowerCase(), count: 3 }],
};

/** A sample answer for each document of the API. */
export const EXAMPLES: Examples = {
  PostingDetail: { ...POSTING, last_seen: '2026-11-28T06:10:44.002Z', duplicate_of: null },
  Postings: { items: [POSTING], next: null, total: { value: 1, capped: false } },
  Employers: {
    employers: [
      {
        name: HARBORLINE,
        open: 3,
        remote: 2,
        paths: [{ path: 'utilization-review', open: 3 }],
        newest: SEEN,
        links: { postings: 'https://ombre.example/api/v1/postings?company=harborline%20health' },
      },
    ],
    capped: false,
  },
  Taxonomy: taxonomyView(),
  Facets: {
    facets: Object.fromEntries(FACETS.map(name => [name, facets[name] ?? []])) as FacetCounts['facets'],
    capped: false,
    total: { value: 42, capped: false },
  },
  Paths: { paths: [NUMBERS] },
  Path: {
    ...NUMBERS,
    pay_by_credential: { OT: { n: 12, lower: 70_000, median: 78_000, upper: 90_000 }, OTA: null, PT: null, PTA: null, SLP: null },
    certifications: [{ name: 'CCM', required: 2, preferred: 9 }],
    weeks: WEEKS,
  },
  Stats: { weeks: WEEKS },
  Sources: {
    sources: [
      {
        slug: 'harborline-health',
        name: HARBORLINE,
        system: 'greenhouse',
        enabled: true,
        disabled_reason: null,
        open: 3,
        robots: [
          {
            origin: 'https://boards-api.greenhouse.io',
            allowed: true,
            reason: 'robots.txt allows it',
            fetched_at: '2026-11-28T06:10:01.000Z',
          },
        ],
        last_complete_at: '2026-11-28T06:10:44.002Z',
        verified: true,
      },
    ],
  },
  JsonFeed: {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Ombre: Non-clinical jobs for a COTA, remote',
    description: 'Non-clinical jobs that rehabilitation professionals can really get, with the words that say who may apply.',
    home_page_url: 'https://ombre.example/jobs?credential=OTA&work_mode=remote',
    feed_url: 'https://ombre.example/feed.json?credential=OTA&work_mode=remote',
    language: 'en-US',
    authors: [{ name: 'Ombre', url: 'https://ombre.example/jobs?credential=OTA&work_mode=remote' }],
    items: [
      {
        id: 'tag:ombre.example,2026:job/p_7f3a',
        url: POSTING.links.html,
        external_url: POSTING.url,
        title: `${POSTING.title} (${HARBORLINE})`,
        summary: 'Remote: TX · $34 to $41 an hour (about $70,720 to $85,280 a year) · full time',
        content_html: '<p>Remote: TX · $34 to $41 an hour (about $70,720 to $85,280 a year) · full time</p>',
        date_published: SEEN,
        date_modified: SEEN,
        authors: [{ name: HARBORLINE }],
        tags: ['Utilization review'],
        _ombre: POSTING,
      },
    ],
  },
};

/** How an answer begins that is no JSON document, by its media type. */
export const TEXT_EXAMPLES: Readonly<Record<string, string>> = {
  'application/rss+xml':
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n<title>Ombre: Non-clinical jobs for a COTA, remote</title>',
  'application/atom+xml':
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">\n<title>Ombre: Non-clinical jobs for a COTA, remote</title>',
  'text/csv': '"id","title","company"\r\n"p_7f3a","Utilization Review Clinician","Harborline Health"\r\n',
  'text/x-opml': '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">',
  'application/jsonl': '{"id":"p_7f3a","title":"Utilization Review Clinician","text":"Reviews requests for therapy."}\n',
  'application/gzip': 'gzip of application/jsonl',
  'application/vnd.apache.parquet': 'PAR1',
};
