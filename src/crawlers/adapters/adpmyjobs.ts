import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, parseJson, text, texts, textsIn } from '../kit/json.ts';
import { anotherBoard, gone, listReading, openJson, reading, unknown } from '../kit/reading.ts';
import { dated, joinPlace, segments, targetOf } from '../kit/values.ts';

type Target = { site: string };

const HOST = 'myjobs.adp.com';
const SITES = `https://${HOST}/public/staffing/v1/career-site`;
const LIST = 'https://my.adp.com/myadp_prefix/mycareer/public/staffing/v1/job-requisitions/apply-custom-filters';
const FIELDS =
  'reqId,jobTitle,publishedJobTitle,type,jobDescription,jobQualifications,workLevelCode,clientRequisitionID,postingDate,requisitionLocations';
const PAGE = 100;

/**
 * ADP MyJobs: the career site's own record gives the session that its list is read with, in pages whose rows hold the whole text. An unknown
 * site answers 400. Employers may hide the posting date.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'adpmyjobs',
  hosts: [HOST],
  target: z.strictObject({
    site: z.string().regex(/^[a-z0-9_-]+$/, 'the first part of the path in lower case: acme of myjobs.adp.com/acme/cx'),
  }),
  example: { site: 'acme' },
  recognise: url => targetOf('site', siteIn(url)),
  home: ({ site }) => `https://${HOST}/${site}/cx/job-listing`,
  start: ({ site }) => [{ kind: 'list', url: `${SITES}/${site}`, headers: JSON_ONLY }],
  read(page, target) {
    if (isUnknownSite(page)) return gone('HTTP 400: there is no such career site');
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    const { json } = opened;
    const isList = page.request.note?.skip !== undefined || at(json, 'jobRequisitions') !== undefined;
    return isList ? readList(json, target, page.request) : readSite(json, target);
  },
};

/** What a list page is asked with besides the site's name. */
type Session = { token: string; organization: string; company: string | null };

function listPage({ site }: Target, session: Session, skip: number): PageRequest {
  const { token, organization, company } = session;
  return {
    kind: 'list',
    url: `${LIST}?$orderby=postingDate%20desc&$select=${FIELDS}&$top=${PAGE}&$skip=${skip}&tz=America/New_York`,
    headers: {
      accept: 'application/json',
      origin: `https://${HOST}`,
      referer: `https://${HOST}/${site}/cx/job-listing`,
      myjobstoken: token,
      orgoid: organization,
      rolecode: 'manager',
    },
    // The session is for this host alone.
    redirects: 'none',
    note: { skip, token, organization, company },
  };
}

function readSite(json: Json, target: Target): PageReading {
  const [domain, token, organization] = [text(at(json, 'domain')), text(at(json, 'myJobsToken')), text(at(json, 'orgoid'))];
  const other = anotherBoard([domain], target.site);
  if (other) return other;
  if (!domain || !isHeader(token) || !isHeader(organization)) return unknown('neither a career site with its session nor a list');
  if (at(json, 'active') === false) return unknown('the career site is switched off');
  const session = { token, organization, company: text(at(json, 'clientName')) };
  return reading('board', 'the career site: its list is asked', { follow: [listPage(target, session, 0)] });
}

/** Only what can stand in a header: anything else is no session. */
function isHeader(value: string | null): value is string {
  return value !== null && /^[\x21-\x7E]+$/.test(value);
}

function readList(json: Json, target: Target, request: PageRequest): PageReading {
  const jobs = at(json, 'jobRequisitions');
  if (!Array.isArray(jobs)) return unknown('no list of requisitions in the answer');
  const [total, skip] = [amount(at(json, 'count')), amount(request.note?.skip) ?? 0];
  const other = anotherBoard(jobs.flatMap(sitesOf), target.site);
  if (other) return other;
  const session = sessionOf(request);
  const next = skip + jobs.length;
  const more = session !== null && jobs.length > 0 && total !== null && next < total;
  return listReading({
    rows: jobs.map(job => posting(job, target, session?.company ?? null)),
    total,
    later: skip > 0,
    follow: more ? [listPage(target, session, next)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

/** A saved page was read without one. */
function sessionOf({ note }: PageRequest): Session | null {
  const [token, organization] = [text(note?.token), text(note?.organization)];
  return token && organization ? { token, organization, company: text(note?.company) } : null;
}

function sitesOf(job: Json): string[] {
  return textsIn(at(job, 'careerSiteDomains'));
}

function posting(job: Json, target: Target, company: string | null): RawPosting | null {
  const sites = sitesOf(job).map(site => site.toLowerCase());
  // The session is of one site, so that a row of others alone has no business here.
  if (sites.length > 0 && !sites.includes(target.site)) return null;
  const [key, title] = [text(at(job, 'reqId')), text(at(job, 'publishedJobTitle')) ?? text(at(job, 'jobTitle'))];
  if (!key || !title) return null;
  const url = `https://${HOST}/${target.site}/cx/job-details?reqId=${encodeURIComponent(key)}`;
  return {
    key,
    title,
    company,
    requisition: text(at(job, 'clientRequisitionID')),
    places: placesOf(job),
    employment: texts(at(job, 'workLevelCode')),
    posted: dated(at(job, 'postingDate'), 'postingDate'),
    url,
    applyUrl: url,
    body: [...partOf(at(job, 'jobDescription')), ...partOf(at(job, 'jobQualifications'))],
  };
}

/** A place may be told without being shown. */
function placesOf(job: Json): RawPlace[] {
  const shown = items(at(job, 'requisitionLocations')).filter(location => at(location, 'postingIndicator') !== false);
  return shown.flatMap(location => {
    const address = at(location, 'address');
    const city = text(at(address, 'cityName'));
    const [region, country] = ['countrySubdivisionLevel1', 'country'].map(part => text(at(address, part, 'codeValue')));
    const name = text(at(location, 'nameCode', 'longName')) ?? text(at(location, 'nameCode', 'shortName'));
    // The name is that of a site, such as a store with its number.
    const raw = city ? joinPlace(city, region) : (name ?? joinPlace(at(address, 'countrySubdivisionLevel1', 'longName'), country));
    return raw ? [{ raw, city, region, country }] : [];
  });
}

function isUnknownSite({ status, body }: Page): boolean {
  const parsed = status === 400 ? parseJson(body) : null;
  return parsed !== null && 'json' in parsed && /careersite not found/i.test(text(at(parsed.json, 'message')) ?? '');
}

function siteIn(url: URL): string | null {
  if (url.hostname !== HOST) return null;
  const path = segments(url);
  const site = path[3] === 'career-site' ? path[4] : (path[1] ?? 'cx') === 'cx' ? path[0] : null;
  return site && /^[\w-]+$/.test(site) ? site.toLowerCase() : null;
}
