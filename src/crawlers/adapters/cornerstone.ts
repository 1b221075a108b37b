import { z } from 'zod';
import {
  type Adapter,
  DEFAULTS,
  type Page,
  type PageReading,
  type PageRequest,
  type RawDate,
  type RawPlace,
  type RawPosting,
} from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { assignedJson } from '../kit/assigned.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, parseJson, text } from '../kit/json.ts';
import { anotherBoard, detailReading, judge, listReading, reading, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, joinPlace, tenantOf } from '../kit/values.ts';

type Target = { tenant: string; site: number };

/** What the search and the ads are asked with, as the career site's own page carries it for every visitor. */
type Access = { search: string; authorization: string; session: string | null; culture: number };

const PAGE = 100;
const RESERVED = ['login', 'support', 'portal'];

/**
 * Cornerstone's career sites. The site's page carries a visitor's token and the host of its search; the search lists the postings, and the ad
 * of each holds what the list cuts: the list's text is one part of it, without markup. A career site that does not exist leads to an error
 * page, but one that is switched off may search as one without postings, so that a total of 0 proves nothing.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'cornerstone',
  details: true,
  evidence: 'described',
  hosts: ['*.csod.com'],
  target: z.strictObject({
    tenant: z.string().regex(/^[a-z0-9-]+$/i, 'the first part of the host: acme of acme.csod.com'),
    site: z.int().positive(),
  }),
  example: { tenant: 'acme', site: 1 },
  recognise,
  home: target => `${careerSite(target)}?c=${target.tenant}`,
  start: target => [{ kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (/\/ui\/error$/i.test(URL.parse(page.url)?.pathname ?? ''))
      return unknown('the answer leads to an error page: there is no such career site');
    const isSite = page.request.kind === 'list' && page.request.note?.page === undefined && !/^\s*\{/.test(page.body);
    if (isSite) return readSite(page, target);
    const parsed = parseJson(page.body);
    if ('why' in parsed) return unknown(parsed.why);
    return page.request.kind === 'detail' ? readDetail(parsed.json, page, target) : readList(parsed.json, page, target);
  },
};

const origin = ({ tenant }: Target) => `https://${tenant.toLowerCase()}.csod.com`;
const careerSite = (target: Target) => `${origin(target)}/ux/ats/careersite/${target.site}/home`;
const postingUrl = (target: Target, key: string) => `${careerSite(target)}/requisition/${addressPart(key)}?c=${target.tenant}`;

function readSite(page: Page, target: Target): PageReading {
  const context = assignedJson(page.body, 'csod.context');
  if ('why' in context) return unknown(context.why);
  const { json } = context;
  const other = anotherBoard([text(at(json, 'corp'))], target.tenant);
  if (other) return other;
  const [token, cloud] = [text(at(json, 'token')), URL.parse(text(at(json, 'endpoints', 'cloud')) ?? '')];
  if (!token || !/^[\w.-]+$/.test(token)) return unknown("the career site's page has no token for its search");
  // The token goes nowhere else.
  if (cloud?.protocol !== 'https:' || !cloud.hostname.endsWith('.api.csod.com')) return unknown("the career site's page names no search");
  const access: Access = {
    search: new URL('/rec-job-search/external/jobs', cloud).href,
    authorization: `Bearer ${token}`,
    session: /(?:^|[,;\s])ASP\.NET_SessionId=(\w+)/.exec(page.headers['set-cookie'] ?? '')?.[1] ?? null,
    culture: amount(at(json, 'cultureID')) ?? 1,
  };
  return reading('board', 'the career site names its search', { follow: [searchPage(target, access, 1, 0)] });
}

/** `seen`: the rows of the pages before. */
function searchPage({ site }: Target, { search, authorization, session, culture }: Access, page: number, seen: number): PageRequest {
  const body = {
    careerSiteId: site,
    careerSitePageId: site,
    pageNumber: page,
    pageSize: PAGE,
    // The culture orders day and month of the dates, not the rows: always the American one.
    cultureId: 1,
    cultureName: 'en-US',
    searchText: '',
    states: [],
    countryCodes: [],
    cities: [],
    placeID: '',
    radius: null,
    postingsWithinDays: null,
    customFieldCheckboxKeys: [],
    customFieldDropdowns: [],
    customFieldRadios: [],
  };
  return {
    kind: 'list',
    method: 'POST',
    url: search,
    headers: { ...JSON_ONLY, 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
    redirects: 'none',
    note: { page, seen, session, culture },
  };
}

/** The access a search was asked with; null for a page that was saved from elsewhere. */
function accessOf({ url, headers, note }: PageRequest): Access | null {
  const authorization = headers?.authorization;
  return authorization ? { search: url, authorization, session: text(note?.session), culture: amount(note?.culture) ?? 1 } : null;
}

function readList(json: Json, page: Page, target: Target): PageReading {
  const jobs = at(json, 'data', 'requisitions');
  if (!Array.isArray(jobs)) return unknown('no list of requisitions in the answer');
  const number = amount(page.request.note?.page) ?? 1;
  const total = amount(at(json, 'data', 'totalCount'));
  if (number === 1 && jobs.length === 0 && total === 0) {
    return unknown('nothing found, which is also the answer for a career site that is switched off', { total });
  }
  const access = accessOf(page.request);
  // Pages may be shorter than asked for: what came is counted.
  const seen = (amount(page.request.note?.seen) ?? 0) + jobs.length;
  const more = jobs.length > 0 && (total === null ? jobs.length >= PAGE : seen < total);
  return listReading({
    rows: jobs.map(job => found(job, target, access)),
    total,
    later: number > 1,
    follow: more && access ? [searchPage(target, access, number + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function found(job: Json, target: Target, access: Access | null): RawPosting | null {
  const [key, title] = [text(at(job, 'requisitionId')), titleOf(at(job, 'displayJobTitle'))];
  if (!key || !title) return null;
  const posting: RawPosting = {
    key,
    title,
    places: items(at(job, 'locations')).flatMap(placeOf),
    posted: dateOf(job, 'postingEffectiveDate'),
    closes: dateOf(job, 'postingExpirationDate'),
    url: postingUrl(target, key),
  };
  const listed = text(at(job, 'externalDescription'));
  return access ? { ...posting, detail: adRequest(target, access, key, listed) } : { ...posting, body: partOf(listed) };
}

function adRequest(target: Target, { authorization, session, culture }: Access, key: string, listed: string | null): PageRequest {
  return {
    kind: 'detail',
    url: `${origin(target)}/Services/API/ATS/CareerSite/${target.site}/JobRequisitions/${addressPart(key)}?useMobileAd=false&cultureId=${culture}`,
    // Some tenants want the visit that the token was given to.
    headers: { ...JSON_ONLY, authorization, ...(session ? { cookie: `ASP.NET_SessionId=${session}` } : {}) },
    key,
    redirects: 'none',
    note: { listed },
  };
}

/** The ad as the site shows it; the details of the requisition, whose text is the list's with its markup, are understood too. */
function readDetail(json: Json, page: Page, target: Target): PageReading {
  const { key, note } = page.request;
  const fields = at(json, 'data', 0, 'items', 0, 'fields');
  const ad = at(fields, 'ad');
  if (fields === undefined) return readDetails(at(json, 'data'), target, key);
  if (typeof ad !== 'string' || !key) return unknown('no ad in the answer');
  // Some ads are left empty or hold a mark only.
  const listed = text(note?.listed) ?? '';
  const body = partOf(ad.length > listed.length ? ad : listed);
  return detailReading({ key, title: titleOf(at(fields, 'title')) ?? '', places: [], url: postingUrl(target, key), body });
}

/** The answer names people of the employer too: nothing of them is read. */
function readDetails(job: Json | undefined, target: Target, key: string | undefined): PageReading {
  const address = URL.parse(text(at(job, 'companyApplyUrl')) ?? '');
  const other = anotherBoard([address && (recognise(address)?.tenant ?? null)], target.tenant);
  if (other) return other;
  const said = address ? (/\/requisition\/(\d+)/.exec(address.pathname)?.[1] ?? null) : null;
  if (key && said && said !== key) return unknown(`the answer is posting ${said} instead of ${key}`);
  const [own, title] = [key ?? said, titleOf(at(job, 'displayTitle'))];
  if (!own || !title) return unknown('no requisition in the answer');
  return detailReading({
    key: own,
    title,
    requisition: text(at(job, 'ref')),
    places: [at(job, 'primaryLocation'), ...items(at(job, 'additionalLocations'))].flatMap(placeOf),
    posted: dateOf(job, 'openDate'),
    url: postingUrl(target, own),
    body: partOf(at(job, 'externalDescription')),
  });
}

/** Titles are HTML. */
function titleOf(value: Json | undefined): string | null {
  return text(decodeOnce(text(value) ?? ''));
}

/** A hyphen stands for no date. */
function dateOf(job: Json | undefined, from: string): RawDate | null {
  const said = dated(at(job, from), from);
  return said?.value === '-' ? null : said;
}

function placeOf(place: Json | undefined): RawPlace[] {
  const [city, region, country] = ['city', 'state', 'country'].map(name => text(at(place, name)));
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

/** `/ux/ats/careersite/{site}/…`, and the addresses of its ads. */
function recognise(url: URL): Target | null {
  const tenant = tenantOf(url, 'csod.com', RESERVED);
  const site = /\/careersite\/([1-9]\d{0,8})(?:\/|$)/i.exec(url.pathname)?.[1];
  return tenant && site ? { tenant, site: Number(site) } : null;
}
