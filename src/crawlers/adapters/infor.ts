import { z } from 'zod';
import { isCityIn } from '../../posting/cities.ts';
import { readPlace } from '../../posting/places.ts';
import { stateOf } from '../../posting/states.ts';
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
import { partOf } from '../kit/body-parts.ts';
import { amount, at, isObject, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, segments } from '../kit/values.ts';

type Target = { host: string; board: string; org: string };

const HOST = /^[a-z0-9-]+\.inforcloudsuite\.com$/;
const CODE = /^[\w-]+$/;
const PAGE = 500;
const DAY = 86_400_000;

/**
 * Infor CloudSuite HCM: lists of 500 that name their next page, a form per posting, every value in an object of its own. The same host serves
 * several HR organizations and boards. A withdrawn posting answers 200. What an unknown board answers is not known.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'infor',
  details: true,
  hosts: ['*.inforcloudsuite.com'],
  target: z.strictObject({
    host: z.string().regex(HOST, 'a host such as css-acme-prd.inforcloudsuite.com'),
    board: z.string().regex(CODE, 'csk.JobBoard in the address: EXTERNAL'),
    org: z.string().regex(CODE, 'csk.HROrganization in the address: 1'),
  }),
  example: { host: 'css-acme-prd.inforcloudsuite.com', board: 'EXTERNAL', org: '1' },
  recognise,
  home: target => `${jobs(target)}/page/JobsHomePage?${query(target)}`,
  start: target => [
    {
      kind: 'list',
      url: `${jobs(target)}/list/JobPosting.SearchForJobsResults?pageop=load&pagesize=${PAGE}&pagepanel=JobsHomePage.Jobs.Jobs&${query(target)}`,
      headers: JSON_ONLY,
      note: { page: 1 },
    },
  ],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? readDetail(opened.json, target, page) : readList(opened.json, target, page.request);
  },
};

const jobs = ({ host }: Target) => `https://${host}/hcm/Jobs`;
const query = ({ board, org }: Target) => `csk.JobBoard=${board}&csk.HROrganization=${org}`;
/** The page of a posting that people open. */
const publicUrl = (target: Target, id: Id) => `${jobs(target)}/navigation/${recordOf(id)}.JobPostingDisplayNav?${query(target)}`;

function readList(json: Json, target: Target, request: PageRequest): PageReading {
  const [data, hasNext] = [at(json, 'dataViewSet', 'data'), at(json, 'dataViewSet', 'pagingInfo', 'hasNext')];
  if (!Array.isArray(data)) return unknown('no list of postings in the answer');
  const other = anotherBoard(
    data.map(row => idOf(at(row, 'resourceId'))?.org ?? null),
    target.org,
  );
  if (other) return other;
  const number = amount(request.note?.page) ?? 1;
  if (number > 1 && data.length === 0) return unknown(`page ${number} of the list shows no postings`);
  const next = hasNext === true ? nextPage(at(json, 'dataViewSet', 'pagingUrls', 'nextPageUrl'), target, request) : null;
  return listReading({
    rows: data.map(row => stub(row, target)),
    later: number > 1,
    follow: next ? [next] : [],
    shortfall: shortfallOf(hasNext, next),
  });
}

function shortfallOf(hasNext: Json | undefined, next: PageRequest | null): string | null {
  if (typeof hasNext !== 'boolean') return 'the answer does not say whether there are more pages';
  return hasNext && !next ? 'the answer says that there is another page and names none of this host that is new' : null;
}

/**
 * The next page's address holds keys of records that cannot be made up: it is asked as it stands, but only on the board's own host, and not twice.
 * `asked`: the addresses of the pages before, each on a line.
 */
function nextPage(value: Json | undefined, target: Target, { url: here, note }: PageRequest): PageRequest | null {
  const url = URL.parse(text(value) ?? '', `https://${target.host}`);
  const own = url?.origin === `https://${target.host}` && url.pathname.toLowerCase().startsWith('/hcm/jobs/list/');
  const asked = [text(note?.asked), here].filter(Boolean).join('\n');
  if (!url || !own || asked.split('\n').includes(url.href)) return null;
  return { kind: 'list', url: url.href, headers: JSON_ONLY, note: { page: (amount(note?.page) ?? 1) + 1, asked } };
}

type Id = { org: string; requisition: string; posting: string };

/** `JobPosting[JobPostingSet](1,40870,2)`: HR organization, requisition, and which of its postings. */
function idOf(value: Json | undefined): Id | null {
  const [, org, requisition, posting] = /^JobPosting\[JobPostingSet\]\(([\w-]+),(\d+),(\d+)\)$/.exec(text(value) ?? '') ?? [];
  return org && requisition && posting ? { org, requisition, posting } : null;
}

function recordOf({ org, requisition, posting }: Id): string {
  const record = `JobPosting[JobPostingSet](${org},${requisition},${posting})`;
  return addressPart(record).replaceAll('(', '%28').replaceAll(')', '%29');
}

/** A requisition may be posted more than once on one board; it is one posting here, and stays it when it is posted anew. */
function stub(row: Json, target: Target): Row {
  const [id, title] = [idOf(at(row, 'resourceId')), field(row, 'Description')];
  if (!id || !title || id.org.toLowerCase() !== target.org.toLowerCase()) return null;
  const places = placesOf(field(row, 'LocationOfJobDescriptionForSort'), field(row, 'LocationOfJob'));
  return {
    key: id.requisition,
    title,
    department: field(row, 'CategoryDescriptionForSort'),
    requisition: id.requisition,
    places,
    // Codes of the tenant's own; the detail says it in words.
    employment: texts(field(row, 'WorkType')),
    posted: dayOf(row, 'PostingDateRange_prd_Begin'),
    closes: dayOf(row, 'PostingDateRange_prd_End'),
    url: publicUrl(target, id),
    detail: { ...detailPage(target, id), note: { placed: places.length > 0 } },
  };
}

function detailPage(target: Target, id: Id): PageRequest {
  const url = `${jobs(target)}/form/${recordOf(id)}.JobPostingDisplay?pageop=load&pagesize=1&dependentForm=true&${query(target)}`;
  return { kind: 'detail', url, key: id.requisition, headers: JSON_ONLY };
}

/** The address that people open names the record; its page is filled by scripts, whatever has become of the posting. */
function detailOf({ url }: Pick<RawPosting, 'url'>, target: Target): PageRequest | null {
  const address = URL.parse(url);
  const id = idOf(
    address &&
      segments(address)
        .at(-1)
        ?.replace(/\.\w+$/, ''),
  );
  return id && detailPage(target, id);
}

const field = (row: Json, name: string) => text(at(row, 'fields', name, 'value'));
/** The fields of the form that are put together for people. */
const shown = (row: Json, name: string) => field(row, `_op_${name}_spc_translation_cp_`);

/** `20260924`; `00000000` is no day. */
function dayOf(row: Json, name: string): RawDate | null {
  const said = field(row, name);
  return said && /[1-9]/.test(said) ? dated(said, name) : null;
}

function readDetail(json: Json, target: Target, page: Page): PageReading {
  if (at(json, 'status') === 'DOES_NOT_EXIST' || amount(at(json, 'statusCode')) === 404) return gone('the posting does not exist any more');
  const id = idOf(at(json, 'resourceId'));
  const title = shown(json, 'Description') ?? field(json, 'Description');
  if (!id || !title || !isObject(at(json, 'fields'))) return unknown('no posting in the answer');
  const { key } = page.request;
  if (key && key !== id.requisition) return unknown(`the answer is requisition ${id.requisition} instead of ${key}`);
  const other = anotherBoard([id.org], target.org);
  if (other) return other;
  const closes = dayOf(json, 'PostingDateRange_prd_End');
  if (closes && ended(closes, page.fetchedAt)) return gone(`the posting ended on ${closes.value}`);
  const [place, category, type] = (shown(json, 'JobRequisitionLocationCategoryWorkType') ?? '').split('|').map(text);
  const pay = shown(json, 'FormattedSalaryRangeAmountWithCurrencyCodeAndPayRate');
  return detailReading({
    key: id.requisition,
    title,
    department: category ?? null,
    requisition: id.requisition,
    // The list says more: the places of every posting of the requisition, each in two ways.
    places: page.request.note?.placed === true ? [] : placesOf(place ?? null),
    // `0 - 0 per hour` is how the form says nothing.
    pay: pay && /[1-9]/.test(pay) ? pay : null,
    employment: texts(type),
    posted: dayOf(json, 'PostingDateRange_prd_Begin'),
    closes,
    url: publicUrl(target, id),
    body: partOf(shown(json, 'PositionDescription')),
  });
}

/** The last day is over everywhere. */
function ended({ value }: RawDate, fetchedAt: string): boolean {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(String(value)) ?? [];
  return Date.parse(`${year}-${month}-${day}T00:00:00Z`) + 2 * DAY <= Date.parse(fetchedAt);
}

/** Of two ways to write one place (`US:CT:Middletown:28 Crescent St` and the street, or a hospital's name) the one that says where it is. */
function placesOf(...written: (string | null)[]): RawPlace[] {
  const places = written.filter(raw => raw !== null).map(atTown);
  const known = places.map(readPlace);
  const best = [known.findIndex(({ city, region }) => city && region), known.findIndex(({ region }) => region), 0].find(at => at >= 0);
  return places.slice(best, (best ?? 0) + 1);
}

/** `400 N STATE ST JOHNSON CITY TN`: a street whose last words are a town and its state, without a comma between them. */
function atTown(raw: string): RawPlace {
  const words = raw.split(/\s+/);
  const code = words.length > 3 && words.length < 20 && !/[,:;|]/.test(raw) ? (words.at(-1) ?? '') : '';
  const state = /^[A-Z]{2}$/.test(code) ? stateOf(code) : null;
  if (state?.country !== 'US') return { raw };
  const town = [3, 2, 1].map(count => words.slice(-count - 1, -1).join(' ')).find(town => isCityIn(town, state.code));
  return { raw, city: town ?? null, region: state.code, country: 'US' };
}

/** Any page of a board that names the board and the organization, in its query or as `JobBoard(1,EXTERNAL)` in its path. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const path = segments(url);
  if (!HOST.test(host) || !/^hcm\/jobs$/i.test(path.slice(0, 2).join('/'))) return null;
  const [, inPath, named] = /\bJobBoard\(([\w-]+),([\w-]+)\)/.exec(path.join('/')) ?? [];
  const board = url.searchParams.get('csk.JobBoard') ?? named;
  const org = url.searchParams.get('csk.HROrganization') ?? inPath;
  return board && org && CODE.test(board) && CODE.test(org) ? { host, board, org } : null;
}
