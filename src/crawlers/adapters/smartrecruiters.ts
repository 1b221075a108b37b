import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, isObject, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, targetOf } from '../kit/values.ts';
import { careersPage, isCareersPage, postingPage, readCareers } from './_smartrecruiters-careers.ts';

type Target = { company: string };

const PAGE = 100;

/**
 * SmartRecruiters' posting interface: pages of at most 100, a detail per posting. An unknown company answers 200 with nothing found. The
 * interface's robots.txt is known to close it to crawlers; the careers pages that people see are read then.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'smartrecruiters',
  details: true,
  hosts: ['careers.smartrecruiters.com', 'jobs.smartrecruiters.com', 'api.smartrecruiters.com'],
  target: z.strictObject({ company: z.string().min(1) }),
  example: { company: 'Acme' },
  recognise: url => targetOf('company', companyOf(url)),
  home: ({ company }) => `https://careers.smartrecruiters.com/${encodeURIComponent(company)}`,
  start: target => [{ ...listPage(target, 0), instead: careersPage(target.company) }],
  detailOf,
  read(page, target) {
    if (isCareersPage(page.request)) return readCareers(page, target.company);
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail'
      ? readDetail(opened.json, target, page.request.key)
      : readList(opened.json, target, amount(page.request.note?.offset) ?? 0);
  },
};

const api = ({ company }: Target) => `https://api.smartrecruiters.com/v1/companies/${encodeURIComponent(company)}/postings`;

function listPage(target: Target, offset: number): PageRequest {
  return { kind: 'list', url: `${api(target)}?limit=${PAGE}&offset=${offset}`, headers: JSON_ONLY, note: { offset } };
}

function readList(json: Json, target: Target, offset: number): PageReading {
  const [content, total] = [at(json, 'content'), amount(at(json, 'totalFound'))];
  if (!Array.isArray(content)) return unknown('no list of postings in the answer');
  if (offset === 0 && content.length === 0 && total === 0) {
    return unknown('nothing found, which is also the answer for a company that does not exist', { total });
  }
  const other = anotherBoard(content.map(namedCompany), target.company);
  if (other) return other;
  const more = content.length > 0 && total !== null && offset + PAGE < total;
  return listReading({
    rows: content.map(row => stub(row, target)),
    total,
    later: offset > 0,
    follow: more ? [listPage(target, offset + PAGE)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function stub(row: Json, target: Target): RawPosting | null {
  const posting = facts(row, target);
  return posting && { ...posting, detail: detailOf(posting, target) };
}

function detailOf({ key, url }: Pick<RawPosting, 'key' | 'url'>, target: Target): PageRequest {
  const instead = postingPage(key, url);
  return { kind: 'detail', url: `${api(target)}/${encodeURIComponent(key)}`, key, headers: JSON_ONLY, instead };
}

function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  if (at(json, 'active') === false) return gone('the posting is no longer active');
  const posting = facts(json, target);
  if (!posting) return unknown('no posting in the answer');
  if (key && key !== posting.key) return unknown(`the answer is posting ${posting.key} instead of ${key}`);
  return anotherBoard([namedCompany(json)], target.company) ?? detailReading({ ...posting, body: bodyOf(json) });
}

/** What list rows and details have in common. */
function facts(row: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(row, 'id')), text(at(row, 'name'))];
  if (!key || !title) return null;
  const company = text(at(row, 'company', 'identifier')) ?? target.company;
  return {
    key,
    title,
    company: text(at(row, 'company', 'name')),
    department: text(at(row, 'department', 'label')) ?? text(at(row, 'function', 'label')),
    requisition: text(at(row, 'refNumber')),
    places: placesOf(at(row, 'location')),
    workMode: at(row, 'location', 'remote') === true ? 'remote' : at(row, 'location', 'hybrid') === true ? 'hybrid' : null,
    // Read by other crawlers, in no recording.
    pay: payAt(at(row, 'compensation', 'salary'), 'min', 'max', 'currency', 'period'),
    employment: texts(at(row, 'typeOfEmployment', 'label')),
    posted: dated(at(row, 'releasedDate'), 'releasedDate'),
    // `ref` is the interface's address; people open this one, which is found by the id alone.
    url: httpUrl(at(row, 'postingUrl')) ?? `https://jobs.smartrecruiters.com/${encodeURIComponent(company)}/${encodeURIComponent(key)}`,
    applyUrl: httpUrl(at(row, 'applyUrl')),
  };
}

function placesOf(location: Json | undefined): RawPlace[] {
  if (!isObject(location)) return [];
  const [town, stated, code] = ['city', 'region', 'country'].map(name => text(at(location, name)));
  const country = code?.toUpperCase() ?? null;
  const full = text(at(location, 'fullLocation'));
  // A remote posting may say `Remote` where the region stands, and the country where the city does.
  const region = /^remote$/i.test(stated ?? '') ? null : stated;
  const city = town !== null && full?.endsWith(`, ${town}`) ? null : town;
  const raw = full ?? joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

const SECTIONS = ['companyDescription', 'jobDescription', 'qualifications', 'additionalInformation'];

function bodyOf(json: Json): BodyPart[] {
  return SECTIONS.flatMap(name => {
    const section = at(json, 'jobAd', 'sections', name);
    const [heading, html] = [text(at(section, 'title')), text(at(section, 'text'))];
    return html ? [{ ...(heading ? { heading } : {}), html }] : [];
  });
}

function companyOf(url: URL): string | null {
  const path = segments(url);
  if (url.hostname === 'api.smartrecruiters.com') return path[1] === 'companies' ? (path[2] ?? null) : null;
  if (!/^(?:careers|jobs)\.smartrecruiters\.com$/.test(url.hostname)) return null;
  if (path[0] === 'oneclick-ui' || path[0] === 'external-referrals') return path[1] === 'company' ? (path[2] ?? null) : null;
  return path[0] ?? null;
}

function namedCompany(row: Json): string | null {
  return text(at(row, 'company', 'identifier'));
}
