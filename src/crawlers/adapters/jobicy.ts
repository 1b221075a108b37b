import { z } from 'zod';
import { type Adapter, DEFAULTS, type RawPosting } from '../adapter.ts';
import { areasIn } from '../kit/areas.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text, textsIn } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, segments } from '../kit/values.ts';

/** Where applicants may live: `usa`, or `all`. */
type Target = { geo: string; industry?: string; tag?: string };

const MOST = 50;
const HOST = /^(?:www\.)?(?:jobicy\.com|jobi\.cy)$/;
const slug = z.string().regex(/^[\w-]+$/, 'letters, digits and hyphens');

/** Jobicy's interface for remote jobs: the newest fifty. It is to be credited, with a link to the posting there. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jobicy',
  kind: 'aggregator',
  completeness: 'truncated',
  hosts: ['jobicy.com'],
  target: z.strictObject({ geo: slug, industry: slug.optional(), tag: z.string().min(1).optional() }),
  example: { geo: 'usa' },
  recognise(url) {
    if (!HOST.test(url.hostname)) return null;
    const [section, version] = segments(url);
    const [geo, industry, tag] = ['geo', 'industry', 'tag'].map(name => url.searchParams.get(name));
    if (section !== 'remote-jobs' && !(section === 'api' && version === 'v2') && section !== undefined) return null;
    return { geo: geo ?? 'all', ...(industry ? { industry } : {}), ...(tag ? { tag } : {}) };
  },
  home: () => 'https://jobicy.com/remote-jobs',
  start: ({ geo, industry, tag }) => {
    const query = { count: String(MOST), ...(geo === 'all' ? {} : { geo }), ...(industry ? { industry } : {}), ...(tag ? { tag } : {}) };
    return [{ kind: 'list', url: `https://jobicy.com/api/v2/remote-jobs?${new URLSearchParams(query)}`, headers: JSON_ONLY }];
  },
  read(page) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    const [jobs, total] = [at(opened.json, 'jobs'), amount(at(opened.json, 'jobCount'))];
    if (!Array.isArray(jobs) || total === null) return unknown('no jobs and their count in the answer');
    return listReading({ rows: jobs.map(posting), total });
  },
};

function posting(job: Json): RawPosting | null {
  const [key, title, url] = [text(at(job, 'id')), text(at(job, 'jobTitle')), httpUrl(at(job, 'url'))];
  if (!key || !title || !url || !HOST.test(new URL(url).hostname)) return null;
  const company = text(at(job, 'companyName'));
  return {
    key,
    title: decodeOnce(title),
    company: company && decodeOnce(company),
    department:
      items(at(job, 'jobIndustry'))
        .map(text)
        .filter(Boolean)
        .map(name => decodeOnce(name ?? ''))
        .join(', ') || null,
    places: areasIn(at(job, 'jobGeo')),
    // The board takes nothing else.
    workMode: 'remote',
    pay: payIn(job),
    employment: textsIn(at(job, 'jobType')),
    posted: dated(at(job, 'pubDate'), 'pubDate'),
    url,
    applyUrl: url,
    body: partOf(at(job, 'jobDescription') ?? at(job, 'jobExcerpt')),
  };
}

/** Older answers named the yearly figures `annualSalaryMin` and `annualSalaryMax`. */
function payIn(job: Json): RawPosting['pay'] {
  const currency = at(job, 'salaryCurrency');
  const [min, max] = [at(job, 'salaryMin'), at(job, 'salaryMax')];
  const [low, high] = [at(job, 'annualSalaryMin'), at(job, 'annualSalaryMax')];
  return (
    statedPay({ min, max, currency, interval: at(job, 'salaryPeriod') }) ?? statedPay({ min: low, max: high, currency, interval: 'year' })
  );
}
