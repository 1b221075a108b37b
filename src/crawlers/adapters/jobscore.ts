import { z } from 'zod';
import { type Adapter, DEFAULTS, type RawPlace } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { anotherBoard, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments, targetOf } from '../kit/values.ts';

type Target = { company: string };

const HOST = 'careers.jobscore.com';
const COMPANY = /^[\w-]+$/;
/** Of `job_status_id`: closed. Open is 81; what is not known to be closed counts as open. */
const CLOSED = 82;

/** JobScore's feed for careers pages: one JSON answer with the whole board. JobScore asks for one request an hour at most. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jobscore',
  hosts: ['careers.jobscore.com', 'www.jobscore.com', 'hire.jobscore.com'],
  target: z.strictObject({ company: z.string().regex(COMPANY, 'the word behind /careers/ in the address') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', companyOf(url)),
  home: ({ company }) => `https://${HOST}/careers/${company}`,
  start: ({ company }) => [{ kind: 'list', url: `https://${HOST}/jobs/${company}/feed.json`, headers: JSON_ONLY }],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the feed holds the whole posting');
    const [jobs, code] = [at(opened.json, 'jobs'), text(at(opened.json, 'company_code'))];
    if (!Array.isArray(jobs) || !code) return unknown('no feed of a company in the answer');
    // The feed of a company names it, also when nothing is open.
    const emptyIsProof = text(at(opened.json, 'company_name')) !== null;
    return anotherBoard([code], target.company) ?? listReading({ rows: jobs.map(job => posting(job, opened.json, target)), emptyIsProof });
  },
};

/** One job of the feed, or null when it cannot be read or is another company's. */
function posting(job: Json, feed: Json, target: Target): Row {
  const [key, title] = [text(at(job, 'id')), text(at(job, 'title'))];
  if (!key || !title || anotherBoard([namedCompany(job)], target.company)) return null;
  if (amount(at(job, 'job_status_id')) === CLOSED) return 'unlisted';
  const slug = text(at(job, 'url_slug')) ?? key;
  return {
    key,
    title: decodeOnce(title),
    company: text(at(job, 'company_name')) ?? text(at(feed, 'company_name')),
    department: text(at(job, 'department')),
    places: placesOf(job),
    posted: dated(at(job, 'opened_date'), 'opened_date'),
    url: httpUrl(at(job, 'detail_url')) ?? `${adapter.home(target)}/jobs/${encodeURIComponent(slug)}`,
    applyUrl: httpUrl(at(job, 'apply_url')),
    body: partOf(at(job, 'description')),
  };
}

function placesOf(job: Json): RawPlace[] {
  const [city, region, country] = ['city', 'state', 'country'].map(name => text(at(job, name)));
  const raw = text(at(job, 'location')) ?? joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

/** The company a job itself names, or its address on JobScore's host. */
function namedCompany(job: Json): string | null {
  const url = URL.parse(text(at(job, 'detail_url')) ?? '');
  return text(at(job, 'company_code')) ?? (url && companyOf(url));
}

function companyOf(url: URL): string | null {
  const [section, company] = segments(url);
  const host = url.hostname.toLowerCase();
  const sections = host === HOST ? ['careers', 'jobs'] : host === 'www.jobscore.com' || host === 'hire.jobscore.com' ? ['jobs'] : [];
  return sections.includes(section ?? '') && company && COMPANY.test(company) ? company : null;
}
