import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, JSON_ONLY, type Json, parseJson, text, texts } from '../kit/json.ts';
import { anotherBoard, gone, judge, listReading, ownRows, reading, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments, targetOf, tenantOf } from '../kit/values.ts';
import { readCareersPage, readTrakstarPosting, stateOf } from './_trakstar-page.ts';

type Target = { company: string };

const DOMAINS = ['hire.trakstar.com', 'recruiterbox.com'];
const RESERVED = ['jsapi', 'cdn', 'static', 'support', 'apiv1', 'developers', 'developer', 'status'];
const OPENINGS = 'https://jsapi.recruiterbox.com/v1/openings';
/** As many as the interface gives at once. */
const PAGE = 250;
const PAGE_OF_CARDS = 100;

/**
 * Trakstar Hire, once Recruiterbox. The interface lists whole postings, but goes on listing those of employers who left, whose links are dead:
 * the careers page is asked first, which then says so with a status of 200. Where robots.txt closes the interface, the pages of the careers
 * page are read instead, with a page per posting. No list tells when a posting was published. An unknown employer answers 404 there and 400
 * here; what one without postings answers is not known. Written from jobseek, open-jobs and the vendor's own interface as several codes use it.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'trakstar',
  details: true,
  evidence: 'described',
  hosts: DOMAINS.map(domain => `*.${domain}`),
  target: z.strictObject({
    company: z.string().regex(/^[a-z0-9-]+$/, 'the first part of the host in lower case: acme of acme.hire.trakstar.com'),
  }),
  example: { company: 'acme' },
  recognise(url) {
    if (url.hostname === 'jsapi.recruiterbox.com') return targetOf('company', namedIn(url.searchParams.get('client_name')));
    return targetOf('company', companyAt(url));
  },
  home: ({ company }) => `https://${company}.hire.trakstar.com/`,
  start: target => [{ kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } }],
  read(page, target) {
    if (page.status === 400 && /invalid client name/i.test(page.body)) return gone('HTTP 400: there is no such employer');
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readTrakstarPosting(page);
    const { offset, page: number } = page.request.note ?? {};
    if (offset !== undefined || /^[\uFEFF\s]*[[{]/.test(page.body)) return readOpenings(page, target);
    return number === undefined ? readDoor(page, target) : readCards(page, target);
  },
};

function namedIn(name: string | null): string | null {
  const company = name?.toLowerCase() ?? '';
  return /^[a-z0-9-]+$/.test(company) ? company : null;
}

function companyAt(url: URL): string | null {
  return DOMAINS.map(domain => tenantOf(url, domain, RESERVED)).find(company => company !== null) ?? null;
}

function openingsPage(target: Target, offset: number): PageRequest {
  const request: PageRequest = {
    kind: 'list',
    url: `${OPENINGS}?client_name=${target.company}&limit=${PAGE}&offset=${offset}`,
    headers: JSON_ONLY,
    redirects: 'none',
    note: { offset },
  };
  return offset > 0 ? request : { ...request, instead: cardsPage(target, 1, 0) };
}

/** `seen`: the cards of the pages before, which may be fewer than asked for. */
function cardsPage(target: Target, page: number, seen: number): PageRequest {
  const url = `${adapter.home(target)}?limit=${PAGE_OF_CARDS}&p=${page}`;
  return { kind: 'list', url, headers: { accept: 'text/html' }, note: { page, seen } };
}

/** Whether the employer still hires here at all. */
function readDoor(page: Page, target: Target): PageReading {
  const state = stateOf(page);
  if (state.inactive) return gone('the page says that the employer does not use Trakstar Hire any longer');
  if (state.cut) return unknown(state.cut);
  if (!state.isCareersPage) return unknown('the page is no careers page of this system');
  const other = anotherBoard(state.addresses.map(companyAt), target.company);
  return other ?? reading('board', 'the careers page: its openings are asked', { follow: [openingsPage(target, 0)] });
}

function readCards(page: Page, target: Target): PageReading {
  const { state, rows, total } = readCareersPage(page);
  if (state.inactive) return gone('the page says that the employer does not use Trakstar Hire any longer');
  const other = anotherBoard(
    rows.map(row => row && companyAt(new URL(row.url))),
    target.company,
  );
  if (other) return other;
  const number = amount(page.request.note?.page) ?? 1;
  if (rows.length === 0 && number === 1) return unknown('no postings, and nothing proves that there are none', { total });
  const seen = (amount(page.request.note?.seen) ?? 0) + rows.length;
  const more = rows.length > 0 && (total === null ? rows.length >= PAGE_OF_CARDS : seen < total);
  return listReading({
    rows,
    total,
    later: number > 1,
    follow: more ? [cardsPage(target, number + 1, seen)] : [],
    shortfall: state.cut ?? (total === null ? 'the page does not say how many postings there are' : null),
  });
}

function readOpenings(page: Page, target: Target): PageReading {
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const [openings, total] = [at(parsed.json, 'objects'), amount(at(parsed.json, 'meta', 'total'))];
  if (!Array.isArray(openings)) return unknown('no list of openings in the answer');
  const named = openings.map(ownerOf);
  const other = anotherBoard(named, target.company);
  if (other) return other;
  const offset = amount(page.request.note?.offset) ?? 0;
  const said = amount(at(parsed.json, 'meta', 'offset'));
  if (said !== null && said !== offset) return unknown(`the answer begins at ${said} instead of ${offset}`);
  if (openings.length === 0 && offset === 0) return unknown('no postings, and nothing proves that there are none', { total });
  const { own, shortfall } = ownRows(openings, named, target.company);
  const next = offset + openings.length;
  return listReading({
    rows: own.map(opening => posting(opening, target)),
    total,
    later: offset > 0,
    follow: openings.length > 0 && total !== null && next < total ? [openingsPage(target, next)] : [],
    shortfall: [shortfall, total === null ? 'the answer does not say how many postings there are' : null].filter(Boolean).join('; '),
  });
}

/** The employer that a row's own address, or the row itself, names. */
function ownerOf(opening: Json): string | null {
  const url = URL.parse(text(at(opening, 'hosted_url')) ?? '');
  return (url && companyAt(url)) ?? namedIn(text(at(opening, 'client_name')));
}

function posting(opening: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(opening, 'id')), text(at(opening, 'title'))];
  if (!key || !/^\w+$/.test(key) || !title) return null;
  const [city, region, country] = ['city', 'state', 'country'].map(part => text(at(opening, 'location', part)));
  const raw = joinPlace(city, region, country);
  const hosted = httpUrl(at(opening, 'hosted_url'));
  const url = hosted && segments(new URL(hosted)).includes(key) ? hosted : `${adapter.home(target)}jobs/${key}/`;
  const body = partOf(at(opening, 'description'));
  return {
    key,
    title: decodeOnce(title),
    department: text(at(opening, 'team')),
    places: raw ? [{ raw, city, region, country }] : [],
    workMode: at(opening, 'allows_remote') === true && !raw ? 'remote' : null,
    // `full_time`
    employment: texts(at(opening, 'position_type')).map(type => type.replaceAll('_', ' ')),
    posted: null,
    closes: dated(at(opening, 'close_date'), 'close_date'),
    url,
    // Some rows have no text; the posting's own page has.
    ...(body.length > 0 ? { body } : { detail: { kind: 'detail' as const, url: `${adapter.home(target)}jobs/${key}/`, key } }),
  };
}
