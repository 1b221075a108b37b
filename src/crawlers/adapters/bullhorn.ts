import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawDate, type RawPlace, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { intervalOf } from '../kit/pay.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { countryIn, joinPlace, segments } from '../kit/values.ts';

type Target = { swimlane: string; corpToken: string; posting?: string };

const PAGE = 500;
const SEARCH = '(isOpen:1) AND (isDeleted:0)';
/** An address without the names of its parts comes back as an empty object. */
const FIELDS = [
  'id',
  'title',
  'publicDescription',
  'publishedCategory(id,name)',
  'address(city,state,zip,countryName)',
  'employmentType',
  'dateLastPublished',
  'dateAdded',
  'isOpen',
  'isPublic',
  'salary',
  'salaryUnit',
].join(',');

/**
 * Bullhorn's public interface, which the career portals of staffing firms stand on: pages of at most 500 with whole postings. It knows no
 * page for people, and its rows name no firm. What an unknown token or a firm without postings answers is not known.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'bullhorn',
  evidence: 'described',
  hosts: ['public-rest*.bullhornstaffing.com'],
  target: z.strictObject({
    swimlane: z.string().regex(/^\d+$/, 'the number in the host: 91 of public-rest91.bullhornstaffing.com'),
    corpToken: z.string().regex(/^[A-Za-z0-9]+$/, 'the letters and digits behind /rest-services/'),
    posting: z
      .string()
      .regex(/^https:\/\/[^\s{}]+\{id\}[^\s{}]*$/, "a posting's address in the firm's portal: https://jobs.acme.example/#/jobs/{id}")
      .optional(),
  }),
  example: { swimlane: '91', corpToken: '1ABC23' },
  recognise(url) {
    const swimlane = /^public-rest(\d+)\.bullhornstaffing\.com$/.exec(url.hostname)?.[1];
    const [services, corpToken] = segments(url);
    return swimlane && services === 'rest-services' && corpToken ? { swimlane, corpToken } : null;
  },
  home: target => target.posting?.slice(0, target.posting.indexOf('{id}')) ?? `${api(target)}/search/JobOrder`,
  start: target => [listPage(target, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    return readList(opened.json, target, amount(page.request.note?.start) ?? 0);
  },
};

const api = ({ swimlane, corpToken }: Target) =>
  `https://public-rest${swimlane}.bullhornstaffing.com/rest-services/${addressPart(corpToken)}`;

function listPage(target: Target, start: number): PageRequest {
  // Sorted by what does not change, so that no posting moves from one page to another between two requests.
  const asked = [`query=${addressPart(SEARCH)}`, `fields=${addressPart(FIELDS)}`, 'sort=id', `count=${PAGE}`, `start=${start}`];
  return {
    kind: 'list',
    url: `${api(target)}/search/JobOrder?${asked.join('&')}&showTotalMatched=true`,
    headers: JSON_ONLY,
    note: { start },
  };
}

function readList(json: Json, target: Target, start: number): PageReading {
  const [data, total] = [at(json, 'data'), amount(at(json, 'total'))];
  if (!Array.isArray(data) || amount(at(json, 'count')) === null) return unknown('no list of job orders in the answer');
  const next = start + data.length;
  const reading = listReading({
    rows: data.map(order => (isInternal(order) ? 'unlisted' : posting(order, target))),
    total,
    later: start > 0,
    follow: data.length > 0 && total !== null && next < total ? [listPage(target, next)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
  return reading.marker === 'empty'
    ? unknown('nothing to show, which may be the answer for a token that does not exist', { total })
    : reading;
}

/** An order that is open inside the firm only, or that the search should not have found. */
function isInternal(order: Json): boolean {
  return [at(order, 'isPublic'), at(order, 'isOpen')].some(flag => flag === false || flag === 0) || at(order, 'isDeleted') === true;
}

function posting(order: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(order, 'id')), text(at(order, 'title'))];
  if (!key || !title || !/^\d+$/.test(key)) return null;
  const places = placesOf(at(order, 'address'));
  return {
    key,
    title,
    department: text(at(order, 'publishedCategory', 'name')),
    places,
    pay: payIn(order, places),
    employment: texts(at(order, 'employmentType')),
    posted: instant(order, 'dateLastPublished') ?? instant(order, 'dateAdded'),
    url: target.posting?.replace('{id}', key) ?? `${api(target)}/query/JobBoardPost?where=(id=${key})&fields=${addressPart(FIELDS)}`,
    body: partOf(at(order, 'publicDescription')),
  };
}

function placesOf(address: Json | undefined): RawPlace[] {
  const [city, region, country] = ['city', 'state', 'countryName'].map(name => text(at(address, name)));
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}

/** The figure comes without a currency, which is plain in the United States only. Zero means not said. */
function payIn(order: Json, places: readonly RawPlace[]): string | null {
  const [salary, unit] = [amount(at(order, 'salary')), text(at(order, 'salaryUnit'))];
  const interval = intervalOf(unit);
  return salary && interval && places.some(({ raw }) => countryIn(raw) === 'US') ? `$${salary} per ${interval}` : null;
}

/** Milliseconds since 1970; zero and nothing are no date. */
function instant(order: Json, from: string): RawDate | null {
  const value = amount(at(order, from));
  return value ? { value, from } : null;
}
