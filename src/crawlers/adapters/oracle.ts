import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, type Json, text, texts } from '../kit/json.ts';
import { detailReading, gone, listReading, openJson, unknown } from '../kit/reading.ts';
import { joinPlace, placeIn, segments, workModeOf } from '../kit/values.ts';

type Target = { host: string; site: string };

const PAGE = 200;
/** Past this offset the interface answers an empty page with a total of 0, whatever the board has. */
const CAP = 10_000;
const FACETS = 'LOCATIONS;WORK_LOCATIONS;WORKPLACE_TYPES;TITLES;CATEGORIES;ORGANIZATIONS;POSTING_DATES;FLEX_FIELDS';
const HEADERS = { accept: 'application/json', 'ora-irc-language': 'en' };

/**
 * Oracle Recruiting's candidate interface: pages of 200 inside one search item, a detail per posting. `hasMore` is not looked at: it is false
 * on every page of some boards. The answer echoes the site number, which for sites named by a word need not be the word, so it names no board.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'oracle',
  details: true,
  hosts: ['*.oraclecloud.com', "employers' own domains"],
  target: z.strictObject({ host: z.hostname(), site: z.string().regex(/^[\w-]+$/, 'the site number or word: CX_1') }),
  example: { host: 'acme.fa.us2.oraclecloud.com', site: 'CX_1' },
  recognise,
  home: target => publicUrl(target),
  start: target => [listPage(target, 0)],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail'
      ? readDetail(opened.json, target, page.request.key)
      : readList(opened.json, target, amount(page.request.note?.offset) ?? 0);
  },
};

const publicUrl = ({ host, site }: Target) => `https://${host}/hcmUI/CandidateExperience/en/sites/${encodeURIComponent(site)}`;
const api = ({ host }: Target) => `https://${host}/hcmRestApi/resources/latest`;

function listPage(target: Target, offset: number): PageRequest {
  // A semicolon after the finder's name and commas between its pairs; without `expand` the total comes with an empty list.
  const finder = `findReqs;siteNumber=${encodeURIComponent(target.site)},facetsList=${encodeURIComponent(FACETS)},limit=${PAGE},sortBy=POSTING_DATES_DESC,offset=${offset}`;
  const expand = 'requisitionList.workLocation,requisitionList.secondaryLocations';
  const url = `${api(target)}/recruitingCEJobRequisitions?onlyData=true&expand=${expand}&finder=${finder}`;
  return { kind: 'list', url, headers: HEADERS, note: { offset } };
}

function readList(json: Json, target: Target, offset: number): PageReading {
  const search = at(json, 'items', 0);
  const jobs = at(search, 'requisitionList');
  if (!Array.isArray(jobs)) return unknown('no list of requisitions in the answer');
  const stated = amount(at(search, 'TotalJobsCount'));
  // A total of 0 beside postings, or past the first page, is the interface's way to say nothing.
  const total = stated === 0 && (jobs.length > 0 || offset > 0) ? null : stated;
  const next = offset + jobs.length;
  const more = jobs.length > 0 && next < CAP && (total === null ? jobs.length >= PAGE : next < total);
  return listReading({
    rows: jobs.map(job => stub(job, target)),
    total,
    later: offset > 0,
    follow: more ? [listPage(target, next)] : [],
    shortfall: shortfallOf(total, offset),
  });
}

function shortfallOf(total: number | null, offset: number): string | null {
  if (total !== null && total > CAP) return `the board has ${total} postings and shows at most ${CAP}`;
  return total === null && offset === 0 ? 'the answer does not say how many postings there are' : null;
}

function stub(job: Json, target: Target): RawPosting | null {
  const posting = facts(job, target);
  return posting && { ...posting, detail: detailOf(posting, target) };
}

function detailOf({ key }: Pick<RawPosting, 'key'>, target: Target): PageRequest {
  const finder = `ById;Id=%22${addressPart(key)}%22,siteNumber=${encodeURIComponent(target.site)}`;
  const url = `${api(target)}/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=${finder}`;
  return { kind: 'detail', url, key, headers: HEADERS };
}

/** That an unknown posting answers with no items is told by one crawler's test only, so it is not taken for gone. */
function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  if (isRemoved(json)) return gone('the system knows no such posting');
  const job = at(json, 'items', 0) ?? json;
  const posting = facts(job, target);
  if (!posting) return unknown('no requisition in the answer');
  if (key && key !== posting.key) return unknown(`the answer is posting ${posting.key} instead of ${key}`);
  return detailReading({ ...posting, body: bodyOf(job) });
}

/** What was removed is answered as what never was: with 200, and an empty collection of details that names itself. */
function isRemoved(json: Json): boolean {
  const named = items(at(json, 'links')).some(link => text(at(link, 'name')) === 'recruitingCEJobRequisitionDetails');
  const found = at(json, 'items');
  return named && Array.isArray(found) && found.length === 0 && amount(at(json, 'count')) === 0;
}

/** What list rows and details have in common. Pay has no field of its own: whether a flex field holds it is the tenant's choice. */
function facts(job: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(job, 'Id')), text(at(job, 'Title'))];
  if (!key || !title) return null;
  return {
    key,
    title,
    department: text(at(job, 'Department')) ?? text(at(job, 'Category')) ?? text(at(job, 'JobFamily')),
    requisition: key,
    places: placesOf(job),
    workMode: modeOf(job),
    employment: texts(at(job, 'JobSchedule'), at(job, 'ContractType')),
    posted: dateOf(job, 'ExternalPostedStartDate', 'PostedDate'),
    closes: dateOf(job, 'ExternalPostedEndDate', 'PostingEndDate'),
    url: `${publicUrl(target)}/job/${addressPart(key)}`,
  };
}

/** The codes are told for remote and hybrid only; for the rest the label stands. */
function modeOf(job: Json): RawPosting['workMode'] {
  const code = text(at(job, 'WorkplaceTypeCode'));
  if (code === 'ORA_REMOTE') return 'remote';
  return code === 'ORA_HYBRID' ? 'hybrid' : workModeOf(at(job, 'WorkplaceType'));
}

function dateOf(job: Json, ...fields: string[]): RawPosting['posted'] {
  for (const from of fields) {
    const value = text(at(job, from));
    if (value) return { value, from };
  }
  return null;
}

/** Of a posting no more places are kept than that: readPlaces tells. */
const MOST_PLACES = 1_000;

function placesOf(job: Json): RawPlace[] {
  const primary = text(at(job, 'PrimaryLocation'));
  const first = primary ? [placeIn(primary, text(at(job, 'PrimaryLocationCountry')))] : items(at(job, 'workLocation')).flatMap(workPlaceOf);
  const others = items(at(job, 'secondaryLocations'))
    .slice(0, MOST_PLACES)
    .flatMap(other => {
      const name = text(at(other, 'Name'));
      return name ? [placeIn(name, text(at(other, 'CountryCode')))] : [];
    });
  return [...first, ...others];
}

function workPlaceOf(location: Json): RawPlace[] {
  // The second region is the state; the first is a county.
  const [city, region, country] = ['TownOrCity', 'Region2', 'Country'].map(name => text(at(location, name)));
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

const PARTS: readonly [field: string, heading?: string][] = [
  ['ExternalDescriptionStr'],
  ['ExternalResponsibilitiesStr', 'Responsibilities'],
  ['ExternalQualificationsStr', 'Qualifications'],
  ['CorporateDescriptionStr', 'About the company'],
  ['OrganizationDescriptionStr', 'About the organization'],
];

/** The body is spread over these fields, any of which may be empty; the short description says it again. */
function bodyOf(job: Json): BodyPart[] {
  const parts = PARTS.flatMap(([field, heading]) => partOf(at(job, field), heading));
  return parts.length > 0 ? parts : partOf(at(job, 'ShortDescriptionStr'));
}

/** `/hcmUI/CandidateExperience/{language}/sites/{site}` on any host, or the interface's own address. */
function recognise(url: URL): Target | null {
  const path = segments(url);
  const host = url.hostname.toLowerCase();
  const sites = path.indexOf('sites');
  if (path[0] === 'hcmUI' && path[1] === 'CandidateExperience' && sites > 0) {
    const site = path[sites + 1];
    return site && /^[\w-]+$/.test(site) ? { host, site } : null;
  }
  if (path[0] !== 'hcmRestApi') return null;
  const site = /siteNumber=([\w-]+)/.exec(url.searchParams.get('finder') ?? '')?.[1];
  return site ? { host, site } : null;
}
