import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { amount, at, JSON_ONLY, type Json, parseJson, text } from '../kit/json.ts';
import { anotherBoard, judge, listReading, ownRows, reading, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl } from '../kit/values.ts';
import { answersOf, type Gateway, gatewayOf, placesOf, readBrassringPosting, wordsOf } from './_brassring-page.ts';

type Target = { host: string; partner: number; site: number };

const SHARED = /(?:^|\.)brassring\.com$/;

/**
 * BrassRing's talent gateways. The gateway's page carries a visitor's session and tells which of its numbered fields are title and place; the
 * search lists the postings, by 50, and the page of each has its text in labelled sections. Dates are those of the last change. Without a
 * session the search answers a count of 0, as it does for a gateway without postings, so that it proves nothing. Written from ergon-tracker,
 * job-hunter-toolkit, openroles and jobseek, and a list that openroles recorded.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'brassring',
  details: true,
  evidence: 'described',
  hosts: ['sjobs.brassring.com', '*.brassring.com', "employers' own domains"],
  target: z.strictObject({ host: z.hostname(), partner: z.int().positive(), site: z.int().positive() }),
  example: { host: 'sjobs.brassring.com', partner: 12345, site: 5001 },
  recognise: gatewayAt,
  home: ({ host, partner, site }) => `https://${host}/TGnewUI/Search/Home/Home?partnerid=${partner}&siteid=${site}`,
  start: target => [{ kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readBrassringPosting(page);
    const isSearch = page.request.note?.page !== undefined || /^[\uFEFF\s]*\{/.test(page.body);
    return isSearch ? readList(page, target) : readGateway(page, target);
  },
};

/** The two numbers stand in the address, in any case: `partnerid=12345&siteid=5001`. On employers' own domains, the path tells the system. */
function gatewayAt(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  if (!SHARED.test(host) && !/^\/tgnewui\//i.test(url.pathname)) return null;
  const named = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const [partner, site] = ['partnerid', 'siteid'].map(name => /^[1-9]\d{0,8}$/.exec(named.get(name) ?? '')?.[0]);
  return partner && site ? { host, partner: Number(partner), site: Number(site) } : null;
}

const ownerOf = ({ partner, site }: Target) => `${partner}/${site}`;

function readGateway(page: Page, target: Target): PageReading {
  const gateway = gatewayOf(page);
  if (!gateway) return unknown(cutHtml(page.body) ?? 'the page carries no session for a search');
  return reading('board', "the gateway's page: its search is asked", { follow: [searchPage(target, gateway, 1, 0)] });
}

function searchPage(target: Target, gateway: Gateway, page: number, seen: number): PageRequest {
  const { token, cookie, session, ...fields } = gateway;
  const body = {
    partnerId: String(target.partner),
    siteId: String(target.site),
    keyword: '',
    location: '',
    keywordCustomSolrFields: '',
    locationCustomSolrFields: fields.places,
    linkId: '',
    Latitude: 0,
    Longitude: 0,
    facetfilterfields: { Facet: [] },
    powersearchoptions: { PowerSearchOption: [] },
    SortType: 'LastUpdated',
    pageNumber: page,
    encryptedSessionValue: session,
  };
  return {
    kind: 'list',
    method: 'POST',
    url: `https://${target.host}/TgNewUI/Search/Ajax/ProcessSortAndShowMoreJobs`,
    headers: { ...JSON_ONLY, 'content-type': 'application/json', rft: token, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
    redirects: 'none',
    note: { page, seen, session, ...fields },
  };
}

/** The gateway a search was asked with; a page that was saved from elsewhere knows its fields only. */
function askedWith({ headers, note }: PageRequest): Gateway {
  return {
    token: headers?.rft ?? '',
    cookie: headers?.cookie ?? '',
    session: text(note?.session) ?? '',
    title: text(note?.title) ?? 'jobtitle',
    places: text(note?.places) ?? '',
    company: text(note?.company),
  };
}

function readList(page: Page, target: Target): PageReading {
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const total = amount(at(parsed.json, 'JobsCount'));
  const list = at(parsed.json, 'Jobs', 'Job');
  if (total === null || list === undefined || list === null) {
    return unknown(total === 0 ? 'no list of postings: the search does not take the session' : 'no list of postings in the answer');
  }
  // A single posting may stand without its list.
  const jobs = Array.isArray(list) ? list : [list];
  const owners = jobs.map(job => linkOf(job)).map(link => link && ownerOf(link.target));
  const other = anotherBoard(owners, ownerOf(target));
  if (other) return other;
  const number = amount(page.request.note?.page) ?? 1;
  if (jobs.length === 0 && number === 1) return unknown('no postings, and nothing proves that there are none', { total });
  const gateway = askedWith(page.request);
  const { own, shortfall } = ownRows(jobs, owners, ownerOf(target));
  const seen = (amount(page.request.note?.seen) ?? 0) + jobs.length;
  return listReading({
    rows: own.map(job => stub(job, gateway)),
    total,
    later: number > 1,
    follow: jobs.length > 0 && seen < total && gateway.token ? [searchPage(target, gateway, number + 1, seen)] : [],
    shortfall,
  });
}

function linkOf(job: Json): { url: string; target: Target; key: string | null } | null {
  const url = httpUrl(at(job, 'Link'));
  const target = url === null ? null : gatewayAt(new URL(url));
  return url && target ? { url, target, key: new URL(url).searchParams.get('jobid') } : null;
}

function stub(job: Json, gateway: Gateway): RawPosting | null {
  const answers = answersOf(at(job, 'Questions'), 'Value');
  const link = linkOf(job);
  const key = text(answers.get('reqid'));
  const title = wordsOf(answers.get(gateway.title)) ?? wordsOf(answers.get('jobtitle'));
  if (!key || !/^\d+$/.test(key) || !title || link?.key !== key) return null;
  const places = placesOf(answers, gateway.places);
  return {
    key,
    title,
    company: gateway.company,
    department: wordsOf(answers.get('department')),
    requisition: wordsOf(answers.get('autoreq')),
    places,
    // `lastupdated` is the day of the last change.
    posted: null,
    url: link.url,
    detail: { kind: 'detail', url: link.url, key, headers: { accept: 'text/html' }, note: { placed: places.length > 0 } },
  };
}
