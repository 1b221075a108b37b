import { z } from 'zod';
import { type Adapter, DEFAULTS, type RawPosting } from '../adapter.ts';
import { areasIn } from '../kit/areas.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, segments } from '../kit/values.ts';

/** A category's slug (`software-dev`), or `all`. */
type Target = { category: string; search?: string };

/** Remotive's interface for remote jobs: one answer, 24 hours late, about four calls a day welcome. It is to be named and linked as the source. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'remotive',
  kind: 'aggregator',
  // Whether the answer holds every open job is not said anywhere.
  completeness: 'truncated',
  hosts: ['remotive.com'],
  target: z.strictObject({
    category: z.string().regex(/^[a-z-]+$/, 'a slug such as all-others, or all'),
    search: z.string().min(1).optional(),
  }),
  example: { category: 'all' },
  recognise(url) {
    if (!/^(?:www\.)?remotive\.(?:com|io)$/.test(url.hostname)) return null;
    const [section, category, job] = segments(url);
    if (section === 'api') return { category: url.searchParams.get('category') ?? 'all' };
    return section === 'remote-jobs' && !job ? { category: category ?? 'all' } : null;
  },
  home: ({ category }) => `https://remotive.com/remote-jobs${category === 'all' ? '' : `/${category}`}`,
  start: ({ category, search }) => {
    const query = new URLSearchParams({ ...(category === 'all' ? {} : { category }), ...(search ? { search } : {}) });
    const url = `https://remotive.com/api/remote-jobs${query.size > 0 ? `?${query}` : ''}`;
    return [{ kind: 'list', url, headers: JSON_ONLY }];
  },
  read(page) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    const [jobs, total] = [at(opened.json, 'jobs'), amount(at(opened.json, 'job-count'))];
    if (!Array.isArray(jobs) || total === null) return unknown('no jobs and their count in the answer');
    return listReading({ rows: jobs.map(posting), total });
  },
};

function posting(job: Json): RawPosting | null {
  const [key, title, url] = [text(at(job, 'id')), text(at(job, 'title')), httpUrl(at(job, 'url'))];
  if (!key || !title || !url || !/^(?:www\.)?remotive\./.test(new URL(url).hostname)) return null;
  return {
    key,
    title,
    company: text(at(job, 'company_name')),
    department: text(at(job, 'category')),
    places: areasIn(at(job, 'candidate_required_location')),
    // The board takes nothing else.
    workMode: 'remote',
    pay: text(at(job, 'salary')),
    employment: texts(at(job, 'job_type')),
    posted: dated(at(job, 'publication_date'), 'publication_date'),
    url,
    applyUrl: url,
    body: partOf(at(job, 'description')),
  };
}
