import { createHash } from 'node:crypto';
import { isRelativeDate } from './dates.ts';
import type { Posting } from './posting.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The public id of a posting: 16 characters of lower-case base32, the same for ever for one key of one source. */
export function postingId(sourceSlug: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([sourceSlug, key]))
    .digest();
  const bits = digest.subarray(0, 10).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 16 }, (_, at) => BASE32[Number((bits >> BigInt(75 - 5 * at)) & 31n)]).join('');
}

/** What a list page says of one posting, as an adapter hands it over. */
export type Listed = {
  key: string;
  title: string;
  company?: string | null;
  department?: string | null;
  requisition?: string | null;
  places: readonly { raw: string; city?: string | null; region?: string | null; country?: string | null }[];
  workMode?: string | null;
  pay?: unknown;
  employment?: readonly string[];
  posted?: { value: string | number } | null;
  closes?: { value: string | number } | null;
  closed?: boolean;
  url: string;
  applyUrl?: string | null;
  body?: readonly { heading?: string; html?: string; text?: string }[];
};

/**
 * Hash of what the list said of a posting: equal means nothing new. The order of rows, places and employment words, relative date wording
 * (`Posted 3 Days Ago`) and tracking parameters do not count. `home` is the country its employer hires in, by which places are read.
 */
export function listHash(raw: Listed, home: string | null = null): string {
  const dated = (date: { value: string | number } | null | undefined) =>
    date && !(typeof date.value === 'string' && isRelativeDate(date.value)) ? String(date.value).trim() : null;
  return hash([
    raw.key,
    squeeze(raw.title),
    squeeze(raw.company),
    squeeze(raw.department),
    squeeze(raw.requisition),
    raw.places.map(place => [place.raw, place.city, place.region, place.country].map(squeeze).join('|')).sort(),
    raw.workMode ?? null,
    sorted(raw.pay ?? null),
    (raw.employment ?? []).map(squeeze).sort(),
    dated(raw.posted),
    dated(raw.closes),
    raw.closed ?? false,
    canonicalUrl(raw.url),
    raw.applyUrl ? canonicalUrl(raw.applyUrl) : null,
    (raw.body ?? []).map(part => [part.heading, part.html, part.text].map(squeeze)),
    ...(home === null ? [] : [home]),
  ]);
}

/** Hash of what a reader would call news: title, places, work mode, pay, employment types and the words of the body. */
export function contentHash(posting: Posting): string {
  return hash([
    posting.title,
    posting.places
      .map(place => [(place.city ?? place.region ?? place.country) ? '' : place.raw, place.city, place.region, place.country].join('|'))
      .sort(),
    posting.workMode,
    sorted(posting.pay),
    [...posting.employmentTypes].sort(),
    squeeze(posting.text),
  ]);
}

const TRACKING =
  /^(?:utm_.*|gclid|gbraid|wbraid|fbclid|msclkid|dclid|mc_[ce]id|_ga|_gl|yclid|igshid|source|src|gh_src|lever-source.*|lever-origin|ashby_.*source|iis|iisn|jobsource|trk|tracking_?id|campaign(?:id)?|sid|session_?id|jsessionid|phpsessid|aspsessionid.*)$/i;

/**
 * One address for one page: host in lower case, no tracking or session parameters, the rest sorted, no closing slash, no fragment but that of a
 * hash-routed page (`#/jobs/1`). What is no http(s) address comes back trimmed.
 */
export function canonicalUrl(address: string): string {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return address.trim();
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  url.pathname = url.pathname.replace(/;(?:jsessionid|sid|phpsessid)=[^/;]*/gi, '').replace(/(?<=.)\/+$/, '');
  if (!/^#!?\//.test(url.hash)) url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

function squeeze(words: string | null | undefined): string {
  return (words ?? '').replace(/\s+/g, ' ').trim();
}

/** Plain JSON with its keys in order, so that equal things hash equally. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? squeeze(value) : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function hash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
