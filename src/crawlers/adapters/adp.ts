import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, isObject, items, type Json, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, joinPlace } from '../kit/values.ts';

type Target = { cid: string; ccId: string };

const HOST = 'workforcenow.adp.com';
const API = `https://${HOST}/mascsr/default/careercenter/public/events/staffing/v1/job-requisitions`;
const PAGE_PATH = '/mascsr/default/mdf/recruitment/recruitment.html';
/** The career centre of employers that have only one. */
const FIRST_CENTRE = '19000101_000001';
const HEADERS = { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest', locale: 'en_US' };

/** ADP Workforce Now: pages whose size the system chooses (20 seen, whatever is asked), a detail per posting. A board that is gone answers 404. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'adp',
  details: true,
  hosts: [HOST, 'workforcenow.cloud.adp.com'],
  target: z.strictObject({ cid: z.guid(), ccId: z.string().regex(/^\d+_\d+$/, 'digits, an underscore, digits') }),
  example: { cid: '5d2b8f04-7c19-4e6a-b3d8-90a1c4e6f725', ccId: FIRST_CENTRE },
  recognise(url) {
    if (!/^workforcenow(?:\.cloud)?\.adp\.com$/i.test(url.hostname)) return null;
    const parsed = adapter.target.safeParse({ cid: url.searchParams.get('cid'), ccId: url.searchParams.get('ccId') || FIRST_CENTRE });
    return parsed.success ? parsed.data : null;
  },
  home: ({ cid, ccId }) => `https://${HOST}${PAGE_PATH}?cid=${cid}&ccId=${ccId}&lang=en_US`,
  start: target => [listPage(target, 0)],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail'
      ? readDetail(opened.json, target, page.request.key)
      : readList(opened.json, target, amount(page.request.note?.skip) ?? 0);
  },
};

const query = ({ cid, ccId }: Target) => `cid=${cid}&ccId=${ccId}&lang=en_US&locale=en_US`;

function listPage(target: Target, skip: number): PageRequest {
  return { kind: 'list', url: `${API}?${query(target)}&$top=100&$skip=${skip}`, headers: HEADERS, note: { skip } };
}

function readList(json: Json, target: Target, skip: number): PageReading {
  const jobs = at(json, 'jobRequisitions');
  // A single requisition comes in the same wrapping, but without the sequence.
  if (!Array.isArray(jobs) || !isObject(at(json, 'meta'))) return unknown('no list of requisitions in the answer');
  const total = amount(at(json, 'meta', 'totalNumber'));
  const next = skip + jobs.length;
  // Whether the first row is number 0 or 1 differs: so on later pages one row more is asked for, and met twice at most.
  const more = jobs.length > 0 && (total === null || (skip === 0 ? next < total : next <= total));
  return listReading({
    rows: jobs.map(job => stub(job, target)),
    total: skip === 0 ? total : null,
    later: skip > 0,
    follow: more ? [listPage(target, next)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function stub(job: Json, target: Target): RawPosting | null {
  const posting = facts(job, target);
  return posting && { ...posting, detail: detailOf(posting, target) };
}

function detailOf({ key }: Pick<RawPosting, 'key'>, target: Target): PageRequest {
  return { kind: 'detail', url: `${API}/${encodeURIComponent(key)}?${query(target)}`, key, headers: HEADERS };
}

/** The answer is the requisition, or a list with it alone. */
function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  const job = at(json, 'jobRequisitions', 0) ?? json;
  const posting = facts(job, target);
  if (!posting) return unknown('no requisition in the answer');
  if (key && key !== posting.key) return unknown(`the answer is requisition ${posting.key} instead of ${key}`);
  return detailReading({ ...posting, body: partOf(at(job, 'requisitionDescription')) });
}

/** What list rows and details have in common. */
function facts(job: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(job, 'itemID')), text(at(job, 'requisitionTitle'))];
  if (!key || !title) return null;
  const url = `${adapter.home(target)}&jobId=${encodeURIComponent(key)}`;
  return {
    key,
    title,
    department: text(at(job, 'organizationalUnits', 0, 'nameCode', 'shortName')) ?? fieldOf(job, 'HomeDepartment'),
    requisition: text(at(job, 'clientRequisitionID')),
    places: items(at(job, 'requisitionLocations')).flatMap(placeOf),
    pay: payIn(job),
    employment: texts(at(job, 'workLevelCode', 'shortName')),
    posted: dated(at(job, 'postDate'), 'postDate'),
    url,
    applyUrl: url,
  };
}

function placeOf(location: Json): RawPlace[] {
  const city = text(at(location, 'address', 'cityName'));
  const region = text(at(location, 'address', 'countrySubdivisionLevel1', 'codeValue'));
  const name = text(at(location, 'nameCode', 'shortName'));
  if (city) return [{ raw: joinPlace(city, region), city, region }];
  return name ? [{ raw: name, ...(region ? { region } : {}) }] : [];
}

/** A custom field by its name, among texts and codes. */
function fieldOf(job: Json, name: string): string | null {
  for (const group of ['stringFields', 'codeFields']) {
    const field = items(at(job, 'customFieldGroup', group)).find(field => text(at(field, 'nameCode', 'codeValue')) === name);
    const said = text(at(field, 'stringValue')) ?? text(at(field, 'shortName')) ?? text(at(field, 'codeValue'));
    if (said) return said;
  }
  return null;
}

const SALARY_TYPES = new Map([
  ['AN', 'year'],
  ['HR', 'hour'],
  ['MO', 'month'],
  ['WK', 'week'],
  ['DA', 'day'],
]);

/** The pay grade's figures where the salary type says per what; else the words of the salary range. */
function payIn(job: Json): RawPosting['pay'] {
  const [low, high] = [at(job, 'payGradeRange', 'minimumRate'), at(job, 'payGradeRange', 'maximumRate')];
  const type = fieldOf(job, 'SalaryType') ?? '';
  const currency = at(low, 'currencyCode') ?? at(high, 'currencyCode');
  const interval = SALARY_TYPES.get(type.toUpperCase()) ?? type;
  return statedPay({ min: at(low, 'amountValue'), max: at(high, 'amountValue'), currency, interval }) ?? fieldOf(job, 'SalaryRange');
}
