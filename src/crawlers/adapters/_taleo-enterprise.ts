import { readPlace } from '../../posting/places.ts';
import type { BodyPart, Page, PageReading, PageRequest, RawDate, RawPlace, RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, type Json, parseJson, text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { detailReading, listReading, reading, unknown } from '../kit/reading.ts';
import { decodeOnce } from '../kit/values.ts';
import { stringsAfter } from './_taleo-strings.ts';

/** A career section of Taleo Enterprise. Its portal number is read from the section's page when the target does not give it. */
export type EnterpriseTarget = { host: string; section: string; portal?: string | undefined };

const PAGE = 25;
const LABELS = /descRequisition['"]?\s*:\s*\{[^[\]{}]*?_hlid['"]?\s*:/;
const VALUES = /api\.fillList\(\s*['"]requisitionDescriptionInterface['"]\s*,\s*['"]descRequisition['"]\s*,/;

const sectionUrl = ({ host, section }: EnterpriseTarget, page: string) =>
  `https://${host}/careersection/${encodeURIComponent(section)}/${page}.ftl?lang=en`;

export const enterpriseHome = (target: EnterpriseTarget) =>
  `${sectionUrl(target, 'jobsearch')}${target.portal ? `&portal=${target.portal}` : ''}`;

export function enterpriseStart(target: EnterpriseTarget): PageRequest {
  return target.portal
    ? searchPage(target, target.portal, 1)
    : { kind: 'list', url: sectionUrl(target, 'jobsearch'), headers: { accept: 'text/html' } };
}

/** Tenants exist that want a fuller body; what they answer this one with is a 500, which the engine reports. */
function searchPage({ host }: EnterpriseTarget, portal: string, pageNo: number): PageRequest {
  return {
    kind: 'list',
    method: 'POST',
    url: `https://${host}/careersection/rest/jobboard/searchjobs?lang=en&portal=${portal}`,
    // Without a time zone the answer is 500.
    headers: { accept: 'application/json', 'content-type': 'application/json', tz: 'GMT-05:00', 'x-requested-with': 'XMLHttpRequest' },
    body: JSON.stringify({
      // An array here is answered with 400.
      fieldData: { fields: {}, valid: true },
      filterSelectionParam: { searchFilterSelections: [] },
      sortingSelection: { sortBySelectionParam: '3', ascendingSortingOrder: 'false' },
      advancedSearchFiltersSelectionParam: { searchFilterSelections: [] },
      pageNo,
    }),
    redirects: 'none',
    note: { portal, pageNo },
  };
}

/** A page of the search, or the section's own page, which tells the portal the search needs. */
export function readEnterpriseList(page: Page, target: EnterpriseTarget): PageReading {
  if (/^\s*</.test(page.body)) {
    const portal = /portal=(\d+)|portalNo:\s*['"]?(\d+)/.exec(page.body);
    const number = portal?.[1] ?? portal?.[2];
    if (!number) return unknown('no portal number on the page of the career section');
    return reading('board', `the section belongs to portal ${number}`, { follow: [searchPage(target, number, 1)] });
  }
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const { json } = parsed;
  if (at(json, 'careerSectionUnAvailable') === true) return unknown('the career section says that it is not available');
  const list = at(json, 'requisitionList');
  if (!Array.isArray(list)) return unknown('no list of requisitions: the portal number may be wrong');
  const { note } = page.request;
  const [pageNo, portal] = [amount(note?.pageNo) ?? 1, text(note?.portal) ?? target.portal];
  const total = amount(at(json, 'pagingData', 'totalCount'));
  const size = amount(at(json, 'pagingData', 'pageSize')) || PAGE;
  const current = amount(at(json, 'pagingData', 'currentPageNo'));
  if (current !== null && current !== pageNo) {
    return listReading({ rows: [], later: true, shortfall: `page ${pageNo} was asked for and page ${current} was answered` });
  }
  const more = list.length > 0 && portal && (total === null ? list.length >= size : pageNo * size < total);
  return listReading({
    rows: list.map(row => stub(row, target)),
    total,
    later: pageNo > 1,
    follow: more ? [searchPage(target, portal, pageNo + 1)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

/** Columns are the tenant's choice; the row says which one is the title and which hold places. */
function stub(row: Json, target: EnterpriseTarget): RawPosting | null {
  const columns = items(at(row, 'column')).map(column => text(decodeOnce(text(column) ?? '')));
  const linked = amount(at(row, 'linkedColumn')) ?? 0;
  const [key, title] = [text(at(row, 'jobId')), columns[linked]];
  if (!key || !title) return null;
  const stated = items(at(row, 'locationsColumns'))
    .map(index => columns[amount(index) ?? -1])
    .find(Boolean);
  const dates = columns.filter((column, index) => column && index !== linked && DATE.test(column));
  const requisition = text(at(row, 'contestNo'));
  const url = `${sectionUrl(target, 'jobdetail')}&job=${addressPart(key)}`;
  return {
    key,
    title,
    requisition,
    places: placesOf(stated ?? columns.find(column => column?.startsWith('["')) ?? null),
    // Two dates would be the posting's beginning and end, in an order that is the tenant's choice.
    posted: dates.length === 1 && dates[0] ? { value: dates[0], from: 'column' } : null,
    url,
    detail: { kind: 'detail', url, key, note: { title, requisition } },
  };
}

const DATE = /^(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}\/\d{1,2}\/\d{2,4}|\d{1,2}-[A-Z][a-z]{2}-\d{4}|\d{4}-\d\d-\d\d)$/;

/** A JSON array of places inside a text, or one place. */
function placesOf(said: string | null): RawPlace[] {
  if (!said) return [];
  const parsed = said.startsWith('[') ? parseJson(said) : null;
  const raws = parsed && 'json' in parsed ? items(parsed.json).map(text) : [said];
  return [...new Set(raws)].flatMap(raw => (raw ? [placeOf(raw)] : []));
}

/** `Las Vegas-Nevada-United States`: the parts stand apart when the last is a country; hyphens before belong to the city. */
function placeOf(raw: string): RawPlace {
  const parts = raw.split('-').map(part => part.trim());
  const country = parts.at(-1) ?? '';
  if (parts.length < 2 || !isCountry(country) || isCountry(parts[0] ?? '')) return { raw };
  return { raw, city: parts.slice(0, -2).join('-') || null, region: parts.at(-2) ?? null, country };
}

function isCountry(word: string): boolean {
  const place = readPlace({ raw: word });
  return place.country !== null && place.region === null && place.city === null;
}

/** Posting pages fill a list of texts by script; most pages label its slots, older ones keep a fixed order. */
export function readEnterpriseDetail(page: Page): PageReading {
  const values = stringsAfter(page.body, VALUES);
  const fields = values && fieldsOf(values, stringsAfter(page.body, LABELS));
  const posting = fields && postingOf(fields, page);
  return posting ? detailReading(posting) : readPostingPage(page);
}

type Fields = (name: keyof typeof SLOTS) => string | null;

/** The slots of pages without labels, as one crawler found them; other forms of the page move them. */
const SLOTS = {
  title: 9,
  contestnumber: 10,
  description: 11,
  qualification: 13,
  jobfield: 15,
  primarylocation: 17,
  organization: 21,
  jobschedule: 23,
  postingdate: -1,
  unpostingdate: 27,
} as const;

function fieldsOf(values: readonly string[], labels: readonly string[] | null): Fields {
  if (labels) {
    const slots = new Map(labels.map((label, index) => [label.replace(/^reqlistitem\./, '').toLowerCase(), index]));
    return name => text(values[slots.get(name) ?? -1]);
  }
  return name => text(values[SLOTS[name]]);
}

/** Null unless the slots hold what they should: a title that is the list's where that is known, and a description. */
function postingOf(fields: Fields, page: Page): RawPosting | null {
  const listed = text(page.request.note?.title);
  const title = text(decodeOnce(fields('title') ?? '')) ?? listed;
  const body = [...encoded(fields('description')), ...encoded(fields('qualification'), 'Qualifications')];
  const moved = listed !== null && title !== listed;
  if (!title || body.length === 0 || moved) return null;
  const date = (from: keyof typeof SLOTS): RawDate | null => {
    const value = fields(from);
    return value && DATE.test(value.replace(/, \d{1,2}:\d\d.*$/, '')) ? { value, from } : null;
  };
  return {
    key: page.request.key ?? fields('contestnumber') ?? page.url,
    title,
    department: fields('jobfield') ?? fields('organization'),
    requisition: fields('contestnumber'),
    places: placesOf(fields('primarylocation')),
    employment: texts(fields('jobschedule')),
    posted: date('postingdate'),
    closes: date('unpostingdate'),
    url: page.request.url,
    body,
  };
}

/** Texts are percent-encoded, rich ones marked in front. */
function encoded(value: string | null, heading?: string): BodyPart[] {
  return value ? partOf(percentDecoded(value.replace(/^!\*!/, '')), heading) : [];
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray percent sign: what is encoded around it is still decoded.
    return value.replace(/(?:%[\da-f]{2})+/gi, run => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}
