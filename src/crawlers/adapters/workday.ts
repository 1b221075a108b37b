import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, isObject, items, type Json, parseJson, text, texts } from '../kit/json.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { countryIn, dated, httpUrl, placeIn, segments, workModeOf } from '../kit/values.ts';
import { type Applied, narrowed } from './_workday-facets.ts';

type Target = { host: string; tenant: string; site: string };

/** A larger page is answered with 400. */
const PAGE = 20;
/** Some tenants say exactly this many and then repeat the first page. */
const CAP = 2000;
const LANGUAGE = /^[a-z]{2}-[A-Za-z]{2}$/;
const HOST = /^(?:[\w-]+\.)?wd[\w-]*\.myworkday(?:jobs|site)\.com$/;

/** Workday's careers interface: POST pages of 20 whose first alone says the total, relative dates, a detail per posting. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'workday',
  details: true,
  hosts: ['*.myworkdayjobs.com', '*.myworkdaysite.com'],
  target: z.strictObject({
    host: z.string().regex(HOST, 'a host such as acme.wd5.myworkdayjobs.com'),
    tenant: z.string().min(1),
    site: z.string().min(1),
  }),
  example: { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' },
  recognise,
  frontPage: url => (/\.myworkdayjobs\.com$/.test(url.hostname) && recognise(url) === null ? `https://${url.hostname}/` : null),
  named,
  home: target => publicUrl(target, ''),
  start: target => [listPage(target, { offset: 0, total: null, applied: {} })],
  // The page people open answers 200 for a removed posting as well.
  detailOf({ key, url }, target) {
    const site = publicUrl(target, '');
    return url.startsWith(`${site}/`) ? detailPage(target, url.slice(site.length), key) : null;
  },
  read(page, target) {
    if (page.status === 403 && withheld(page)) return gone('HTTP 403 with code S22: the posting is withdrawn');
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? readDetail(opened.json, target) : readList(opened.json, target, page.request);
  },
};

type Query = { offset: number; total: number | null; applied: Applied };

function listPage(target: Target, query: Query): PageRequest {
  const { offset, total, applied } = query;
  const part = JSON.stringify(applied);
  return {
    kind: 'list',
    method: 'POST',
    url: `${api(target)}/jobs`,
    // Some tenants answer 500 to a POST that does not say where it comes from; the words of `postedOn` follow the language.
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'accept-language': 'en-US',
      origin: `https://${target.host}`,
      referer: publicUrl(target, ''),
    },
    body: JSON.stringify({ appliedFacets: applied, limit: PAGE, offset, searchText: '' }),
    // A redirect would turn the POST into a GET of something else.
    redirects: 'none',
    note: { offset, total, applied: part },
    ...(part === '{}' ? {} : { part }),
  };
}

const api = ({ host, tenant, site }: Target) => `https://${host}/wday/cxs/${encodeURIComponent(tenant)}/${encodeURIComponent(site)}`;

/** The address people open. Without the site in it Workday answers 404. */
function publicUrl({ host, tenant, site }: Target, path: string): string {
  const recruiting = host.endsWith('.myworkdaysite.com') ? `/recruiting/${encodeURIComponent(tenant)}` : '';
  return `https://${host}${recruiting}/${encodeURIComponent(site)}${path}`;
}

function readList(json: Json, target: Target, request: PageRequest): PageReading {
  const jobs = at(json, 'jobPostings');
  if (!Array.isArray(jobs)) return unknown('no list of postings in the answer');
  const query = queryOf(request);
  const stated = query.offset === 0 ? amount(at(json, 'total')) : null;
  const total = stated ?? query.total;
  const capped = total === CAP;
  const parts = capped && query.offset === 0 ? narrowed(json, query.applied, CAP) : [];
  const more = jobs.length > 0 && (total === null ? jobs.length >= PAGE : query.offset + PAGE < total);
  const next = more ? [listPage(target, { ...query, offset: query.offset + PAGE, total })] : [];
  const rows = jobs.map(job => stub(job, target));
  return listReading({
    // A blank row beside good ones is a quirk; a page of nothing but blank rows is no page of this system.
    rows: rows.every(row => row === 'unlisted') ? rows.map(() => null) : rows,
    total: stated,
    later: query.offset > 0 || request.part !== undefined,
    follow: parts.length > 0 ? parts.map(applied => listPage(target, { offset: 0, total: null, applied })) : next,
    split: parts.length > 0,
    shortfall: shortfallOf(total, parts.length > 0),
  });
}

function shortfallOf(total: number | null, split: boolean): string | null {
  if (total === null) return 'the answer does not say how many postings there are';
  return total === CAP && !split ? `the board caps its listing at ${CAP}` : null;
}

function queryOf({ note = {} }: PageRequest): Query {
  const parsed = parseJson(text(note.applied) ?? '{}');
  const applied = 'json' in parsed && isObject(parsed.json) ? Object.entries(parsed.json) : [];
  return {
    offset: amount(note.offset) ?? 0,
    total: amount(note.total),
    applied: Object.fromEntries(applied.map(([facet, values]) => [facet, items(values).flatMap(value => text(value) ?? [])])),
  };
}

/** A row with neither title nor path, as Workday's own board has some, has no posting behind it. */
function stub(job: Json, target: Target): Row {
  const [title, path] = [text(at(job, 'title')), text(at(job, 'externalPath'))];
  if (!title && !path && isObject(job)) return 'unlisted';
  const key = path ? keyOf(path) : null;
  if (!title || !path || !key || !path.startsWith('/')) return null;
  const url = publicUrl(target, path);
  return {
    key,
    title,
    requisition: requisitionIn(items(at(job, 'bulletFields')), path),
    places: placesInList(text(at(job, 'locationsText')), path),
    workMode: workModeOf(at(job, 'remoteType')),
    posted: dated(at(job, 'postedOn'), 'postedOn'),
    url,
    applyUrl: `${url}/apply`,
    detail: detailPage(target, path, key),
  };
}

function detailPage(target: Target, path: string, key: string): PageRequest {
  return { kind: 'detail', url: `${api(target)}${path}`, key, headers: { accept: 'application/json', 'accept-language': 'en-US' } };
}

/** What follows the last underscore of a path is the requisition with a posting suffix (`R418677-1`); the words before it change with the title. */
function keyOf(path: string): string | null {
  const slug = path.split('/').filter(Boolean).at(-1);
  const id = slug?.split('_').at(-1);
  return id && /\d/.test(id) ? id : (slug ?? null);
}

/** Which bullet is the requisition is the tenant's choice; the one that the path ends with is. */
function requisitionIn(bullets: Json[], path: string): string | null {
  const slug = path.split('/').at(-1) ?? '';
  return bullets.map(text).find(bullet => bullet && slug.replace(/-\d+$/, '').endsWith(bullet)) ?? null;
}

/** `3 Locations` names none: the first one stands in the path, with hyphens for every other sign. */
function placesInList(said: string | null, path: string): RawPlace[] {
  if (said && !/^\d+ Locations?$/i.test(said)) return [{ raw: said }];
  const [job, place] = path.split('/').filter(Boolean);
  return job === 'job' && place && path.split('/').filter(Boolean).length > 2
    ? [{ raw: countryApart(place.replace(/-{2,}/g, ' - ').replace(/(?<! )-(?! )/g, ' ')) }]
    : [];
}

/** `Israel Tel Aviv` as the board shows it, where the words say no place otherwise: a country, and what is in it. */
function countryApart(raw: string): string {
  if (countryIn(raw) !== null) return raw;
  const words = raw.split(' ');
  for (const size of [1, 2, 3]) {
    const [country, rest] = [words.slice(0, size).join(' '), words.slice(size).join(' ')];
    if (rest && country.length > 3 && countryIn(country) !== null && countryIn(`${country}, ${rest}`) !== null)
      return `${country}, ${rest}`;
  }
  return raw;
}

function readDetail(json: Json, target: Target): PageReading {
  const info = at(json, 'jobPostingInfo');
  const [title, url] = [text(at(info, 'title')), httpUrl(at(info, 'externalUrl'))];
  if (!title) return unknown('no job in the answer');
  if (at(info, 'posted') === false || at(info, 'canApply') === false) return gone('the posting takes no applications any more');
  const named = url ? recognise(new URL(url)) : null;
  const other = anotherBoard([named?.host ?? null], target.host);
  if (other) return other;
  const html = text(at(info, 'jobDescription'));
  return detailReading({
    key: url ? (keyOf(new URL(url).pathname) ?? title) : (text(at(info, 'jobReqId')) ?? title),
    title,
    company: employerOf(text(at(json, 'hiringOrganization', 'name'))),
    requisition: text(at(info, 'jobReqId')),
    places: placesOf(info),
    workMode: workModeOf(at(info, 'remoteType')),
    employment: texts(at(info, 'timeType')),
    posted: postedOf(info),
    closes: dated(at(info, 'endDate'), 'endDate'),
    url: url ?? publicUrl(target, ''),
    applyUrl: url ? `${url}/apply` : null,
    body: html ? [{ html }] : [],
  });
}

/** The legal entity, without a number in front; nothing where a country's is told (`IL00 Acme Ltd.`, `USA Acme Company`): the source's own name says more. */
function employerOf(entity: string | null): string | null {
  return entity === null || /^(?:[A-Z]{2}\d{2,}|USA?)\s/.test(entity) ? null : entity.replace(/^\d{2,}\s+/, '');
}

function postedOf(info: Json | undefined): RawPosting['posted'] {
  for (const from of ['startDate', 'postedOn']) {
    const value = text(at(info, from));
    if (value) return { value, from };
  }
  return null;
}

function placesOf(info: Json | undefined): RawPlace[] {
  const country = text(at(info, 'jobRequisitionLocation', 'country', 'alpha2Code')) ?? text(at(info, 'country', 'descriptor'));
  const raws = [at(info, 'location'), ...items(at(info, 'additionalLocations'))].map(text).filter(raw => raw !== null);
  // The country is that of the first place only.
  return [...new Set(raws)].map((raw, index) => placeIn(raw, index === 0 ? country : null));
}

/** A withdrawn posting answers 403 with this code; any other 403 is a refusal. */
function withheld(page: Page): boolean {
  const parsed = parseJson(page.body);
  return page.request.kind === 'detail' && 'json' in parsed && text(at(parsed.json, 'errorCode')) === 'S22';
}

/** Every page of a site begins with the names it asks the interface by; the tenant's need not be the host's. */
function named(html: string, url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const begin = html.indexOf('window.workday');
  if (begin === -1 || !HOST.test(host)) return null;
  const settings = html.slice(begin, begin + 2_000);
  const said = (name: string) => new RegExp(`\\b${name}["']?\\s*:\\s*["']([\\w.-]{1,100})["']`).exec(settings)?.[1];
  const [tenant, site] = [said('tenant'), said('siteId')];
  // A page that takes the language for a site is none of a site.
  return tenant && site && !LANGUAGE.test(site) ? { host, tenant, site } : null;
}

function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  if (!HOST.test(host)) return null;
  const path = segments(url);
  if (path[0] === 'wday') return path[1] === 'cxs' && path[2] && path[3] ? { host, tenant: path[2], site: path[3] } : null;
  // A language alone (`/en-us`) leads to the tenant's first site, which only the page names.
  if (path.length > 1 && /^[a-z]{2}(?:-[A-Za-z]{2,4})?$/.test(path[0] ?? '')) path.shift();
  else if (LANGUAGE.test(path[0] ?? '')) return null;
  if (host.endsWith('.myworkdaysite.com')) {
    return path[0] === 'recruiting' && path[1] && path[2] ? { host, tenant: path[1], site: path[2] } : null;
  }
  const tenant = host.split('.')[0] ?? '';
  return path[0] && /^wd/.test(host.split('.')[1] ?? '') ? { host, tenant, site: path[0] } : null;
}
