import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { secretNamed } from '../kit/secret.ts';
import { dated, httpUrl, placeIn } from '../kit/values.ts';

type Target = { country: Country; what: string; where?: string; days?: number };

/** Adzuna's sites and their currencies. */
const COUNTRIES = {
  us: { host: 'adzuna.com', currency: 'USD' },
  gb: { host: 'adzuna.co.uk', currency: 'GBP' },
  ca: { host: 'adzuna.ca', currency: 'CAD' },
  au: { host: 'adzuna.com.au', currency: 'AUD' },
} as const;
type Country = keyof typeof COUNTRIES;

const PAGE = 50;
/** 250 requests a day are allowed; ten pages of one search leave room for two dozen searches. */
const MAX_PAGES = 10;

/** Adzuna's search interface, with a key of one's own: advertisements of other sites, their texts cut after some 500 characters, pay partly guessed. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'adzuna',
  kind: 'aggregator',
  completeness: 'sampled',
  keyNeeded: true,
  hosts: ['api.adzuna.com', 'www.adzuna.com'],
  target: z.strictObject({
    country: z.enum(Object.keys(COUNTRIES) as [Country, ...Country[]]),
    what: z.string().min(1),
    where: z.string().min(1).optional(),
    days: z.number().int().positive().max(365).optional(),
  }),
  example: { country: 'us', what: 'occupational therapist' },
  recognise(url) {
    const api = /^\/v1\/api\/jobs\/([a-z]{2})\/search\//.exec(url.hostname === 'api.adzuna.com' ? url.pathname : '')?.[1];
    const country = api ?? (url.pathname.startsWith('/search') ? countryOf(url.href) : null);
    const [what, where] = [url.searchParams.get(api ? 'what' : 'q'), url.searchParams.get(api ? 'where' : 'w')];
    const parsed = adapter.target.safeParse({ country, what, ...(where && { where }) });
    return parsed.success ? parsed.data : null;
  },
  home: ({ country, what, where }) =>
    `https://www.${COUNTRIES[country].host}/search?${new URLSearchParams({ q: what, ...(where ? { w: where } : {}) })}`,
  start: target => [searchPage(target, 1)],
  read(page, target) {
    const opened = openJson(page);
    return 'refused' in opened ? opened.refused : readResults(opened.json, target, amount(page.request.note?.page) ?? 1);
  },
};

function searchPage(target: Target, page: number): PageRequest {
  const { country, what, where, days } = target;
  const query = new URLSearchParams({
    results_per_page: String(PAGE),
    what,
    ...(where ? { where } : {}),
    ...(days ? { max_days_old: String(days) } : {}),
    sort_by: 'date',
  });
  // Outside the encoded query, so that the names stay to be found.
  const key = `app_id=${secretNamed('ADZUNA_APP_ID')}&app_key=${secretNamed('ADZUNA_APP_KEY')}`;
  return {
    kind: 'list',
    url: `https://api.adzuna.com/v1/api/jobs/${country}/search/${page}?${query}&${key}`,
    headers: JSON_ONLY,
    note: { page },
  };
}

function countryOf(address: string): Country | null {
  const host = URL.parse(address)?.hostname.replace(/^www\./, '');
  return (Object.keys(COUNTRIES) as Country[]).find(country => COUNTRIES[country].host === host) ?? null;
}

function readResults(json: Json, target: Target, page: number): PageReading {
  const [results, count] = [at(json, 'results'), amount(at(json, 'count'))];
  if (!Array.isArray(results)) return unknown('no results in the answer');
  const more = results.length > 0 && count !== null && page * PAGE < count;
  return listReading({
    rows: results.map(posting),
    total: count,
    later: page > 1,
    follow: more && page < MAX_PAGES ? [searchPage(target, page + 1)] : [],
    shortfall:
      count === null ? 'the answer does not say how many there are' : more && page >= MAX_PAGES ? `only ${MAX_PAGES} pages are read` : null,
  });
}

function posting(result: Json): RawPosting | null {
  const [key, title, redirect] = [text(at(result, 'id')), text(at(result, 'title')), httpUrl(at(result, 'redirect_url'))];
  const country = countryOf(redirect ?? '');
  if (!key || !title || !redirect || !country) return null;
  return {
    key,
    title,
    company: text(at(result, 'company', 'display_name')),
    department: text(at(result, 'category', 'label')),
    places: placesOf(at(result, 'location'), country),
    pay: payIn(result, country),
    employment: texts(at(result, 'contract_time'), at(result, 'contract_type')),
    posted: dated(at(result, 'created'), 'created'),
    url: addressOf(redirect),
    body: partOf(at(result, 'description')),
  };
}

/** The advertisement's page on Adzuna. The address given leads through it and carries other tokens (`se`, `v`) at each search. */
function addressOf(redirect: string): string {
  const url = new URL(redirect);
  url.pathname = url.pathname.replace('/land/ad/', '/details/');
  for (const name of ['se', 'v']) url.searchParams.delete(name);
  return url.href;
}

function placesOf(location: Json | undefined, country: Country): RawPosting['places'] {
  const raw = text(at(location, 'display_name')) ?? items(at(location, 'area')).map(text).filter(Boolean).reverse().join(', ');
  return raw ? [placeIn(raw, country.toUpperCase())] : [];
}

/** Figures of Adzuna are per year; those it predicted itself are no employer's. */
function payIn(result: Json, country: Country): RawPosting['pay'] {
  if (text(at(result, 'salary_is_predicted')) !== '0') return null;
  return statedPay({
    min: at(result, 'salary_min'),
    max: at(result, 'salary_max'),
    currency: COUNTRIES[country].currency,
    interval: 'year',
  });
}
