import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { withoutImageData } from '../kit/image-data.ts';
import { amount, at, isObject, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { joinPlace, segments } from '../kit/values.ts';

type Target = { host: string; company: string; ein?: string | undefined; portal?: string | undefined };

/** More is answered with an error. */
const PAGE = 200;
const HOST =
  /^(?:secure\d*\.(?:saashr|entertimeonline|yourpayrollhr)\.com|secure\.workforceready\.(?:eu|com\.au)|[\w-]+\.(?:prd|npr)\.mykronos\.com)$/;
const COMPANY = /^\w+$/;
const NUMBER = /^\d+$/;

/**
 * UKG Ready, before Kronos Workforce Ready and SaaSHR: pages whose `offset` is the number of the page, texts cut after 256 characters, a detail
 * per posting, and no date anywhere. Some of its hosts refuse every robot: nothing is asked there.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'ukgready',
  details: true,
  hosts: ['secure*.saashr.com', 'secure*.entertimeonline.com', 'secure*.yourpayrollhr.com', 'secure.workforceready.*', '*.mykronos.com'],
  target: z.strictObject({
    host: z.string().regex(HOST, 'a host such as secure6.saashr.com'),
    company: z.string().regex(COMPANY, 'the number before .careers in the address'),
    ein: z.string().regex(NUMBER, 'ein_id in the address').optional(),
    portal: z.string().regex(NUMBER, 'career_portal_id in the address').optional(),
  }),
  example: { host: 'secure6.saashr.com', company: '6000000' },
  recognise,
  home: target => careers(target, 'CareersSearch='),
  start: target => [listPage(target, 1, 0)],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail'
      ? readDetail(opened.json, target, page.request.key)
      : readList(opened.json, target, page.request.note);
  },
};

/** The parts of a company that have portals of their own are told apart in every address. */
const ofPortal = ({ ein, portal }: Target) => `${ein ? `&ein_id=${ein}` : ''}${portal ? `&career_portal_id=${portal}` : ''}`;
const careers = (target: Target, query: string) => `https://${target.host}/ta/${target.company}.careers?${query}${ofPortal(target)}`;
const api = ({ host, company }: Target) => `https://${host}/ta/rest/ui/recruitment/companies/%7C${company}/job-requisitions`;

/** `seen`: the rows of the pages before. */
function listPage(target: Target, page: number, seen: number): PageRequest {
  const url = `${api(target)}?offset=${page}&size=${PAGE}&sort=desc&lang=en-US${ofPortal(target)}`;
  return { kind: 'list', url, headers: JSON_ONLY, note: { page, seen } };
}

function readList(json: Json, target: Target, note: PageRequest['note']): PageReading {
  const [jobs, total] = [at(json, 'job_requisitions'), amount(at(json, '_paging', 'total'))];
  if (!Array.isArray(jobs)) return unknown('no list of requisitions in the answer');
  // Pages may be shorter than asked for, and than they say: what came is counted.
  const [page, seen] = [amount(note?.page) ?? 1, (amount(note?.seen) ?? 0) + jobs.length];
  if (page === 1 && jobs.length === 0 && total === 0) {
    return unknown('nothing found, and what an empty board answers is not known', { total });
  }
  const more = jobs.length > 0 && total !== null && seen < total;
  return listReading({
    rows: jobs.map(job => stub(job, target)),
    total,
    later: page > 1,
    follow: more ? [listPage(target, page + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function stub(job: Json, target: Target): RawPosting | null {
  const posting = facts(job, target);
  return posting && { ...posting, detail: detailOf(posting, target) };
}

function detailOf({ key }: Pick<RawPosting, 'key'>, target: Target): PageRequest {
  return { kind: 'detail', url: `${api(target)}/${addressPart(key)}?lang=en-US`, key, headers: JSON_ONLY };
}

function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  const posting = facts(json, target);
  if (!posting) return unknown('no requisition in the answer');
  if (key && key !== posting.key) return unknown(`the answer is requisition ${posting.key} instead of ${key}`);
  const body = ['job_preview', 'job_description', 'job_requirement'].flatMap(name => partOf(withoutImageData(text(at(json, name)) ?? '')));
  return detailReading({ ...posting, body });
}

/** What list rows and details have in common. */
function facts(job: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(job, 'id')), text(at(job, 'job_title'))];
  if (!key || !NUMBER.test(key) || !title) return null;
  return {
    key,
    title,
    places: placesOf(at(job, 'location')),
    // False is said of hybrid ones too.
    workMode: at(job, 'is_remote_job') === true ? 'remote' : null,
    pay: payOf(job),
    employment: texts(at(job, 'employee_type', 'name')),
    url: careers(target, `ShowJob=${key}`),
  };
}

function placesOf(location: Json | undefined): RawPlace[] {
  if (!isObject(location)) return [];
  const [city, region, country] = ['city', 'state', 'country'].map(name => text(at(location, name)));
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

/** The currency is a setting of the company which the list does not tell: American jobs are taken to be paid in dollars, others are left open. */
function payOf(job: Json): RawPosting['pay'] {
  const [min, max, interval] = ['base_pay_from', 'base_pay_to', 'base_pay_frequency'].map(name => at(job, name));
  return at(job, 'location', 'country') === 'USA' ? statedPay({ min, max, currency: 'USD', interval }) : null;
}

/** `/ta/{company}.careers`, or the interface's own address. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const path = segments(url);
  if (!HOST.test(host) || path[0] !== 'ta') return null;
  const company =
    /^(\w+)\.careers$/i.exec(path[1] ?? '')?.[1] ?? /^rest\/ui\/recruitment\/companies\/\|(\w+)(?:\/|$)/.exec(path.slice(1).join('/'))?.[1];
  if (!company) return null;
  const [ein, portal] = ['ein_id', 'career_portal_id'].map(name => url.searchParams.get(name) ?? '');
  return { host, company, ...(NUMBER.test(ein ?? '') ? { ein } : {}), ...(NUMBER.test(portal ?? '') ? { portal } : {}) };
}
