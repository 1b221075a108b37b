import { z } from 'zod';
import type { EmploymentType } from '../../posting/posting.ts';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { httpUrl, joinPlace, segments, targetOf, tenantOf, unescapeHtml, workModeOf } from '../kit/values.ts';

type Target = { account: string };

const HOST = 'https://apply.workable.com';
/** What the board interface says for employment; the widget says it in words. */
const TYPES: Record<string, EmploymentType> = { full: 'full_time', part: 'part_time', contract: 'contract', temporary: 'temporary' };

/**
 * Workable's widget: one answer holds the whole board with bodies, one row per place under one shortcode. The paged board interface
 * (`results`, `nextPage`) is understood as well. What an unknown account answers is not known, so only an answer that names the account proves anything.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'workable',
  hosts: ['apply.workable.com'],
  target: z.strictObject({ account: z.string().min(1) }),
  example: { account: 'acme' },
  recognise: url => targetOf('account', accountOf(url)),
  home: ({ account }) => `${HOST}/${encodeURIComponent(account)}/`,
  start: ({ account }) => [
    { kind: 'list', url: `${HOST}/api/v1/widget/accounts/${encodeURIComponent(account)}?details=true`, headers: JSON_ONLY },
  ],
  read(page, target) {
    // The widget's path may be blocked by itself while the board lives: a 404 there says nothing about the account.
    if (page.request.kind === 'list' && page.status === 404) return unknown('HTTP 404, which need not mean that the account is gone');
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return readDetail(opened.json, target, page.request);
    const { json } = opened;
    if (Array.isArray(at(json, 'results'))) return readBoard(json, target);
    const jobs = Array.isArray(json) ? json : at(json, 'jobs');
    if (!Array.isArray(jobs)) return unknown('no list of jobs in the answer');
    const company = text(at(json, 'name'));
    const withCompany = (row: RawPosting | null) => row && { ...row, company };
    return listReading({ rows: jobs.map(job => withCompany(posting(job, target))), perLocation: true, emptyIsProof: company !== null });
  },
};

function readBoard(json: Json, target: Target): PageReading {
  const next = text(at(json, 'nextPage'));
  return listReading({
    rows: items(at(json, 'results')).map(row => stub(row, target)),
    total: amount(at(json, 'total')),
    follow: next ? [boardPage(target, next)] : [],
  });
}

function boardPage({ account }: Target, token: string): PageRequest {
  return {
    kind: 'list',
    method: 'POST',
    url: `${HOST}/api/v3/accounts/${encodeURIComponent(account)}/jobs`,
    headers: { ...JSON_ONLY, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '', location: [], department: [], worktype: [], token }),
  };
}

function stub(row: Json, target: Target): RawPosting | null {
  const read = posting(row, target);
  if (!read) return null;
  const url = `${HOST}/api/v2/accounts/${encodeURIComponent(target.account)}/jobs/${encodeURIComponent(read.key)}`;
  return { ...read, body: undefined, detail: { kind: 'detail', url, key: read.key, headers: JSON_ONLY } };
}

function readDetail(json: Json, target: Target, request: PageRequest): PageReading {
  const read = posting(json, target);
  if (!read) return unknown('no job in the answer');
  if (request.key && request.key !== read.key) return unknown(`the answer is job ${read.key} instead of ${request.key}`);
  return detailReading(read);
}

const SECTIONS: readonly [field: string, heading: string | null][] = [
  ['description', null],
  ['requirements', 'Requirements'],
  ['benefits', 'Benefits'],
];

function posting(row: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(row, 'shortcode')), text(at(row, 'title'))];
  if (!key || !title) return null;
  const url = httpUrl(at(row, 'url')) ?? `${HOST}/${encodeURIComponent(target.account)}/j/${encodeURIComponent(key)}/`;
  const from = ['published_on', 'published', 'created_at'].find(name => text(at(row, name)));
  const department = at(row, 'department');
  const [said, type] = [text(at(row, 'employment_type')), text(at(row, 'type'))];
  const remote = at(row, 'telecommuting') === true || at(row, 'remote') === true;
  return {
    key,
    title,
    company: null,
    department: text(Array.isArray(department) ? department[0] : department),
    requisition: text(at(row, 'code')),
    places: placesOf(row),
    workMode: workModeOf(at(row, 'workplace')) ?? (remote ? 'remote' : null),
    employment: said ? [said] : type ? [TYPES[type] ?? type] : [],
    posted: from ? { value: text(at(row, from)) ?? '', from } : null,
    url,
    applyUrl: httpUrl(at(row, 'application_url')) ?? `${url.replace(/\/$/, '')}/apply`,
    // How often the widget escapes its HTML is not known: decoded until tags show.
    body: SECTIONS.flatMap(([field, heading]) => {
      const html = text(at(row, field));
      return html ? [{ ...(heading ? { heading } : {}), html: unescapeHtml(html) }] : [];
    }),
  };
}

/** The places to be shown; hidden ones only where nothing else says where. */
function placesOf(row: Json): RawPlace[] {
  const all = items(at(row, 'locations'));
  const shown = all.filter(place => at(place, 'hidden') !== true);
  const listed = (shown.length > 0 ? shown : all).map(place => placeOf(place, 'region', text(at(place, 'countryCode'))));
  const own = at(row, 'location') === undefined ? placeOf(row, 'state', null) : placeOf(at(row, 'location') ?? null, 'region', null);
  return listed.some(place => place.raw) ? listed.filter(place => place.raw) : own.raw ? [own] : [];
}

function placeOf(place: Json, region: string, code: string | null): RawPlace {
  const [city, state, country] = [text(at(place, 'city')), text(at(place, region)), text(at(place, 'country'))];
  return { raw: joinPlace(city, state, country), city, region: state, country: code ?? country };
}

function accountOf(url: URL): string | null {
  // The older address of a board.
  const labeled = tenantOf(url, 'workable.com', ['apply', 'jobs', 'resources', 'careers', 'try']);
  if (labeled) return labeled;
  const path = segments(url);
  if (url.hostname !== 'apply.workable.com' && url.hostname !== 'www.workable.com') return null;
  if (path[0] === 'api') return path.includes('accounts') ? (path[path.indexOf('accounts') + 1] ?? null) : null;
  // `/j/{shortcode}` names no account.
  return url.hostname === 'apply.workable.com' && path[0] && path[0] !== 'j' ? path[0] : null;
}
