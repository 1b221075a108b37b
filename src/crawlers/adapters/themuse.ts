import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { anotherPosting, detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, workModeOf } from '../kit/values.ts';

/** A category (`Healthcare`) of The Muse, and where. */
type Target = { category: string; location?: string };

const API = 'https://www.themuse.com/api/public/jobs';
/** Pages of 20 read of one search; a search shows 99 at most. */
const MAX_PAGES = 25;

/** The Muse's interface: pages of twenty with whole texts, no pay. 500 requests an hour without a key, then 403. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'themuse',
  kind: 'aggregator',
  completeness: 'sampled',
  hosts: ['www.themuse.com'],
  target: z.strictObject({ category: z.string().min(1), location: z.string().min(1).optional() }),
  example: { category: 'Healthcare' },
  recognise(url) {
    if (!/^(?:www\.)?themuse\.com$/.test(url.hostname) || !/^\/(?:api\/public\/jobs|search)\/?$/.test(url.pathname)) return null;
    const [category, location] = [url.searchParams.get('category'), url.searchParams.get('location')];
    return category ? { category, ...(location ? { location } : {}) } : null;
  },
  home: target => `https://www.themuse.com/search?${query(target)}`,
  start: target => [listPage(target, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'list') return readList(opened.json, target, amount(page.request.note?.page) ?? 0);
    const found = posting(opened.json);
    return found ? (anotherPosting(page, found.key) ?? detailReading(found)) : unknown('no job in the answer');
  },
};

const query = ({ category, location }: Target) => new URLSearchParams({ category, ...(location ? { location } : {}) });

function listPage(target: Target, page: number): PageRequest {
  return {
    kind: 'list',
    url: `${API}?page=${page}&descending=true&${query(target)}`,
    headers: JSON_ONLY,
    note: { page },
  };
}

function readList(json: Json, target: Target, page: number): PageReading {
  const [results, pages] = [at(json, 'results'), amount(at(json, 'page_count'))];
  if (!Array.isArray(results)) return unknown('no results in the answer');
  const last = Math.min(pages ?? 0, MAX_PAGES);
  return listReading({
    rows: results.map(posting),
    total: amount(at(json, 'total')),
    emptyIsProof: pages === 0,
    later: page > 0,
    follow: page === 0 && results.length > 0 ? Array.from({ length: Math.max(0, last - 1) }, (_, i) => listPage(target, i + 1)) : [],
    shortfall:
      pages === null
        ? 'the answer does not say how many pages there are'
        : pages > MAX_PAGES
          ? `only ${MAX_PAGES} of ${pages} pages are read`
          : null,
  });
}

function posting(job: Json): RawPosting | null {
  const [key, title, url] = [text(at(job, 'id')), text(at(job, 'name')), httpUrl(at(job, 'refs', 'landing_page'))];
  if (!key || !title || !url || !/(?:^|\.)themuse\.com$/.test(new URL(url).hostname)) return null;
  const places = items(at(job, 'locations')).flatMap(place => text(at(place, 'name')) ?? []);
  const fixed = places.filter(place => !/^flexible\s*\/\s*remote$/i.test(place) && !workModeOf(place));
  return {
    key,
    title,
    company: text(at(job, 'company', 'name')),
    department: text(at(job, 'categories', 0, 'name')),
    places: fixed.map(raw => ({ raw })),
    // Named beside towns, remote is one way among others. Levels are not read: they are often wrong.
    workMode: places.length > 0 && fixed.length === 0 ? 'remote' : null,
    posted: dated(at(job, 'publication_date'), 'publication_date'),
    url,
    applyUrl: url,
    body: partOf(at(job, 'contents')),
  };
}
