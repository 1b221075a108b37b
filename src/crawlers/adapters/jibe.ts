import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, splitPlaces, tenantOf } from '../kit/values.ts';

type Target = { host: string };

/** The most a page gives; tenants that do not look at it give ten, which the same page numbers walk through. */
const PAGE = 100;

/**
 * Jibe, the career sites iCIMS builds: JSON pages with whole bodies, mostly on the employer's own domain. One employer may answer under several
 * host names, so the host in a posting's address is no reason to doubt the page. No field for work mode or pay is common to tenants.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jibe',
  hosts: ['*.jibeapply.com', "employers' own domains"],
  target: z.strictObject({ host: z.hostname() }),
  example: { host: 'acme.jibeapply.com' },
  recognise,
  home: ({ host }) => `https://${host}/jobs`,
  start: target => [listPage(target, 1, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return readList(opened.json, target, page.request.note ?? {});
  },
};

/** Pages count from 1; `seen` is how many rows the pages before held. */
function listPage({ host }: Target, page: number, seen: number): PageRequest {
  return {
    kind: 'list',
    url: `https://${host}/api/jobs?page=${page}&limit=${PAGE}&sortBy=posted_date&descending=true&internal=false`,
    headers: JSON_ONLY,
    note: { page, seen },
  };
}

function readList(json: Json, target: Target, note: Record<string, unknown>): PageReading {
  const jobs = at(json, 'jobs');
  // `count` is the total on some tenants and the rows of this page on others.
  const total = amount(at(json, 'totalCount'));
  if (!Array.isArray(jobs) || jobs.some(job => at(job, 'data') === undefined)) return unknown('no list of postings in the answer');
  const [page, before] = [amount(note.page) ?? 1, amount(note.seen) ?? 0];
  const seen = before + jobs.length;
  const more = jobs.length > 0 && (total === null || seen < total);
  return listReading({
    rows: jobs.map(job => posting(at(job, 'data') ?? null, target)),
    total,
    later: page > 1,
    follow: more ? [listPage(target, page + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function posting(job: Json, { host }: Target): RawPosting | null {
  const [key, title] = [text(at(job, 'slug')) ?? text(at(job, 'req_id')), text(at(job, 'title'))];
  if (!key || !title) return null;
  return {
    key,
    title,
    company: text(at(job, 'hiring_organization')),
    // Written with a space in front.
    department: text(at(job, 'category', 0)) ?? text(at(job, 'categories', 0, 'name')),
    requisition: text(at(job, 'req_id')),
    places: placesOf(job),
    pay: payIn(job),
    posted: dated(at(job, 'posted_date'), 'posted_date'),
    url: httpUrl(at(job, 'meta_data', 'canonical_url')) ?? `https://${host}/jobs/${addressPart(key)}`,
    applyUrl: httpUrl(at(job, 'apply_url')),
    body: PARTS.flatMap(([field, heading]) => partOf(at(job, field), heading)),
  };
}

/** Tenants choose themselves what their tags hold; some keep the pay there: `$18.40 - $28.00 Hourly`. */
function payIn(job: Json): string | null {
  const tags = Array.from({ length: 9 }, (_, index) => text(at(job, `tags${index + 1}`, 0)) ?? text(at(job, `tags${index + 1}`)));
  return tags.find(tag => tag !== null && PAY.test(tag)) ?? null;
}

const PAY = /^\$[\d.,]+(?:\s*-\s*\$?[\d.,]+)?\s+(?:hourly|daily|weekly|monthly|yearly|annually|(?:per|an?) (?:hour|day|week|month|year))$/i;

/** The first place stands in the posting's own fields, the rest in `additional_locations`; without a city there is the text of them all. */
function placesOf(job: Json): RawPlace[] {
  const apart = [job, ...items(at(job, 'additional_locations'))].flatMap(placeOf);
  if (apart.some(place => place.city)) return apart;
  const said = splitPlaces(at(job, 'full_location'));
  return said.length > 0 ? said.map(raw => ({ raw })) : apart;
}

function placeOf(location: Json): RawPlace[] {
  const [city, region, name, code] = ['city', 'state', 'country', 'country_code'].map(field => text(at(location, field)));
  const country = name ?? code;
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

const PARTS: readonly [field: string, heading?: string][] = [
  ['description'],
  ['responsibilities', 'Responsibilities'],
  ['qualifications', 'Qualifications'],
];

/** The vendor's hosts, the interface's address, or `/jobs/{slug}?lang=en-us` as these sites write their postings. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  if (tenantOf(url, 'jibeapply.com')) return { host };
  const path = segments(url).slice(-2);
  if (url.pathname === '/api/jobs') return { host };
  return path[0] === 'jobs' && /^\w+$/.test(path[1] ?? '') && /^[a-z]{2}-[a-z]{2}$/.test(url.searchParams.get('lang') ?? '')
    ? { host }
    : null;
}
