import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest } from '../adapter.ts';
import { amount, at, JSON_ONLY, type Json, parseJson, text } from '../kit/json.ts';
import { anotherBoard, judge, listReading, type Row, reading, unknown } from '../kit/reading.ts';
import { decodeOnce, httpUrl, joinPlace, tenantOf } from '../kit/values.ts';
import { linkedPostings, portalsIn, readCatsPosting, whereIs } from './_catsone-page.ts';

/** `portal` is the number in the address of a portal; without it, every portal that the careers page shows is read. */
type Target = { company: string; portal?: number };

const DOMAIN = 'catsone.com';
const WIDGET = `https://app.${DOMAIN}/portal`;
/** Pages of a portal were seen with 50 rows. */
const PAGE = 50;

/**
 * CATS: the answer that its job widget is filled with names the portal, its hosts and all its postings; a posting page has the text, mostly as
 * JSON-LD. Where the widget may not be asked, the portal's pages are read, which tell no count. What an unknown portal answers the widget, and
 * what a portal without postings answers, is not known. Written from ever-jobs, freehire, curastem and the job-source-agent's tests.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'catsone',
  details: true,
  evidence: 'described',
  hosts: [`*.${DOMAIN}`],
  target: z.strictObject({
    company: z.string().regex(/^[a-z0-9-]+$/, `the first part of the host in lower case: acme of acme.${DOMAIN}`),
    portal: z.int().positive().optional(),
  }),
  example: { company: 'acme', portal: 12345 },
  recognise(url) {
    const company = tenantOf(url, DOMAIN, ['developer', 'docs', 'support', 'status', 'blog']);
    const portal = whereIs(url)?.portal;
    return company ? { company, ...(portal ? { portal } : {}) } : null;
  },
  home: ({ company, portal }) => `https://${company}.${DOMAIN}/careers${portal ? `/${portal}` : ''}`,
  start: target => [
    target.portal ? portalRequest(target, target.portal) : { kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } },
  ],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readCatsPosting(page);
    const { portal, page: number } = page.request.note ?? {};
    if (number !== undefined) return readPortalPage(page, target);
    return portal === undefined && !/^[\uFEFF\s]*[[{]/.test(page.body) ? readCareers(page, target) : readWidget(page, target);
  },
};

function portalRequest(target: Target, portal: number): PageRequest {
  return {
    kind: 'list',
    url: `${WIDGET}?id=${portal}`,
    headers: JSON_ONLY,
    redirects: 'none',
    note: { portal },
    instead: portalPage(target, portal, 1),
  };
}

function portalPage({ company }: Target, portal: number, page: number): PageRequest {
  const url = `https://${company}.${DOMAIN}/careers/${portal}`;
  return { kind: 'list', url: page > 1 ? `${url}?page=${page}` : url, headers: { accept: 'text/html' }, note: { portal, page } };
}

/** The careers page leads to the only portal, or shows several. */
function readCareers(page: Page, target: Target): PageReading {
  const { portals, cut } = portalsIn(page);
  if (cut) return unknown(cut);
  if (portals.length === 0) return unknown('the page names no portal');
  const follow = portals.map(portal => portalRequest(target, portal));
  return reading('board', `the careers page names ${portals.length === 1 ? 'its portal' : `${portals.length} portals`}`, { follow });
}

function readWidget(page: Page, target: Target): PageReading {
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const { json } = parsed;
  const [id, jobs] = [amount(at(json, 'id')), at(json, 'jobs')];
  if (id === null || !Array.isArray(jobs)) return unknown('no portal with its postings in the answer');
  const asked = amount(page.request.note?.portal) ?? target.portal ?? id;
  if (id !== asked) return unknown(`the answer belongs to another board: portal ${id} instead of ${asked}`);
  const host = URL.parse(`https://${text(at(json, 'internalHost')) ?? ''}`);
  const other = anotherBoard([host && tenantOf(host, DOMAIN)], target.company);
  if (other) return other;
  const portal = { id, site: text(at(json, 'site_id')), company: text(at(json, 'site_name')) };
  const own = jobs.filter(job => !isStranger(job, portal));
  if (own.length === 0) {
    return unknown(
      jobs.length > 0
        ? 'the answer belongs to another board: no row is of this portal'
        : 'no postings, and nothing proves that there are none',
    );
  }
  return listReading({
    rows: own.map(job => posting(job, portal)),
    total: amount(at(json, 'total')),
    shortfall: [
      own.length < jobs.length ? `rows of other portals: ${jobs.length - own.length} of ${jobs.length}` : null,
      jobs.length % PAGE === 0 ? `${jobs.length} rows may be a full page of more` : null,
    ]
      .filter(Boolean)
      .join('; '),
  });
}

type Portal = { id: number; site: string | null; company: string | null };

/** A row stands under the portal's own address, and names the site of the portal. */
function isStranger(job: Json, portal: Portal): boolean {
  const [site, where] = [text(at(job, 'site_id')), addressOf(job)?.where];
  return (where !== undefined && where.portal !== portal.id) || (site !== null && portal.site !== null && site !== portal.site);
}

function addressOf(job: Json): { url: string; where: NonNullable<ReturnType<typeof whereIs>> } | null {
  const url = httpUrl(at(job, 'url'));
  const where = url === null ? null : whereIs(new URL(url));
  return url && where ? { url, where } : null;
}

function posting(job: Json, portal: Portal): Row {
  if (at(job, 'is_hidden') === true) return 'unlisted';
  const [key, title, address] = [text(at(job, 'id')), text(at(job, 'title')), addressOf(job)];
  if (!key || !title || address?.where.posting !== key) return null;
  const { url } = address;
  const [city, region] = ['city', 'state'].map(name => placePart(at(job, 'location', name)));
  const raw = joinPlace(city, region);
  return {
    key,
    title: decodeOnce(title),
    company: portal.company,
    places: raw ? [{ raw, city, region }] : [],
    url,
    detail: { kind: 'detail', url, key },
  };
}

/** A dot stands for a part that had to be filled in. */
function placePart(value: Json | undefined): string | null {
  const said = text(value);
  return said && /\p{L}/u.test(said) ? said : null;
}

function readPortalPage(page: Page, target: Target): PageReading {
  const number = amount(page.request.note?.page) ?? 1;
  const portal = amount(page.request.note?.portal) ?? target.portal ?? 0;
  const { rows, cut } = linkedPostings(page, portal);
  const later = number > 1;
  if (rows.length === 0 && !later) return unknown('a page without postings, which does not prove that there are none');
  const other = anotherBoard(
    rows.map(row => row && tenantOf(new URL(row.url), DOMAIN)),
    target.company,
  );
  if (other) return other;
  return listReading({
    rows,
    later,
    follow: rows.length >= PAGE ? [portalPage(target, portal, number + 1)] : [],
    shortfall: cut ?? 'the portal does not say how many postings there are',
  });
}
