import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, type Json, text } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { secretNamed } from '../kit/secret.ts';
import { dated, httpUrl } from '../kit/values.ts';

/** What is searched: words, an occupational series (`0631` occupational therapist), an agency's code. */
type Target = { keyword?: string; series?: string; organization?: string };

const API = 'https://data.usajobs.gov/api/search';
const PAGE = 500;
/** No query shows more rows than this. */
const CAP = 10_000;

/** USAJOBS, the postings of the US government: a search interface with a key of one's own. Only postings open to the public are asked for. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'usajobs',
  kind: 'aggregator',
  keyNeeded: true,
  hosts: ['data.usajobs.gov', 'www.usajobs.gov'],
  target: z
    .strictObject({
      keyword: z.string().min(1).optional(),
      series: z
        .string()
        .regex(/^\d{4}(?:;\d{4})*$/, 'four digits, several separated by semicolons')
        .optional(),
      organization: z.string().min(1).optional(),
    })
    .refine(target => Object.values(target).some(Boolean), 'at least one of keyword, series and organization'),
  example: { keyword: 'occupational therapist' },
  recognise(url) {
    if (!/^(?:www|data)\.usajobs\.gov$/.test(url.hostname) || !/^\/(?:api\/)?search/i.test(url.pathname)) return null;
    const given = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const [keyword, series, organization] = [
      given.get('k') ?? given.get('keyword'),
      given.get('j') ?? given.get('jobcategorycode'),
      given.get('a') ?? given.get('organization'),
    ];
    const parsed = adapter.target.safeParse({
      ...(keyword && { keyword }),
      ...(series && { series }),
      ...(organization && { organization }),
    });
    return parsed.success ? parsed.data : null;
  },
  home: ({ keyword, series, organization }) =>
    `https://www.usajobs.gov/search/results/?${new URLSearchParams(filled({ k: keyword, j: series, a: organization }))}`,
  start: target => [searchPage(target, 1)],
  read(page, target) {
    const opened = openJson(page);
    return 'refused' in opened ? opened.refused : readResult(opened.json, target, amount(page.request.note?.page) ?? 1);
  },
};

function filled(given: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function searchPage({ keyword, series, organization }: Target, page: number): PageRequest {
  const query = filled({ Keyword: keyword, JobCategoryCode: series, Organization: organization });
  const paging = { HiringPath: 'public', Fields: 'full', ResultsPerPage: String(PAGE), Page: String(page) };
  return {
    kind: 'list',
    url: `${API}?${new URLSearchParams({ ...query, ...paging })}`,
    headers: { accept: 'application/json', 'authorization-key': secretNamed('USAJOBS_KEY') },
    note: { page },
  };
}

function readResult(json: Json, target: Target, page: number): PageReading {
  const found = at(json, 'SearchResult');
  const rows = at(found, 'SearchResultItems');
  if (!Array.isArray(rows)) return unknown('no search result in the answer');
  const [total, pages] = [amount(at(found, 'SearchResultCountAll')), amount(at(found, 'UserArea', 'NumberOfPages'))];
  const more = rows.length > 0 && (pages === null ? total !== null && page * PAGE < total : page < pages);
  return listReading({
    rows: rows.map(posting),
    total,
    later: page > 1,
    follow: more ? [searchPage(target, page + 1)] : [],
    shortfall:
      total === null
        ? 'the answer does not say how many postings there are'
        : total >= CAP
          ? `a search shows ${CAP} postings at most`
          : null,
  });
}

const INTERVALS = new Map([
  ['PA', 'year'],
  ['PH', 'hour'],
  ['PD', 'day'],
  ['PM', 'month'],
]);
/** The codes' names are blank in some years. */
const SCHEDULES = new Map([
  ['1', 'Full-time'],
  ['2', 'Part-time'],
  ['4', 'Intermittent'],
]);
const OFFERINGS = new Map([
  ['15317', 'Permanent'],
  ['15318', 'Temporary'],
]);

function posting(item: Json): RawPosting | null {
  const job = at(item, 'MatchedObjectDescriptor');
  const [key, title, url] = [text(at(item, 'MatchedObjectId')), text(at(job, 'PositionTitle')), httpUrl(at(job, 'PositionURI'))];
  if (!key || !title || !url) return null;
  const details = at(job, 'UserArea', 'Details');
  return {
    key,
    title,
    company: text(at(job, 'OrganizationName')),
    department: text(at(job, 'SubAgency')) ?? text(at(job, 'DepartmentName')),
    requisition: text(at(job, 'PositionID')),
    places: placesOf(job),
    workMode: at(details, 'RemoteIndicator') === true ? 'remote' : null,
    pay: payIn(at(job, 'PositionRemuneration', 0)),
    employment: [...named(at(job, 'PositionSchedule'), SCHEDULES), ...named(at(job, 'PositionOfferingType'), OFFERINGS)],
    posted: dated(at(job, 'PublicationStartDate'), 'PublicationStartDate'),
    closes: dated(at(job, 'ApplicationCloseDate'), 'ApplicationCloseDate'),
    url,
    applyUrl: httpUrl(at(job, 'ApplyURI', 0)),
    body: bodyOf(job, details),
  };
}

function named(values: Json | undefined, byCode: ReadonlyMap<string, string>): string[] {
  return items(values).flatMap(value => text(at(value, 'Name')) ?? byCode.get(text(at(value, 'Code')) ?? '') ?? []);
}

function placesOf(job: Json | undefined): RawPlace[] {
  const places = items(at(job, 'PositionLocation')).flatMap((place): RawPlace[] => {
    const [raw, region, country] = ['LocationName', 'CountrySubDivisionCode', 'CountryCode'].map(name => text(at(place, name)));
    const city = text(at(place, 'CityName'))?.split(/\s*,/)[0] ?? null;
    // The capital stands where its district stands: `District of Columbia, District of Columbia`.
    return raw ? [{ raw, city: city === 'District of Columbia' ? null : city, region, country }] : [];
  });
  const display = text(at(job, 'PositionLocationDisplay'));
  return places.length === 0 && display ? [{ raw: display }] : places;
}

/** The interval is a code in newer answers and words in older ones; `WC` is without compensation, `BW` every two weeks. */
function payIn(pay: Json | undefined): RawPosting['pay'] {
  const code = text(at(pay, 'RateIntervalCode')) ?? '';
  const interval = INTERVALS.get(code) ?? text(at(pay, 'Description')) ?? code;
  return statedPay({ min: at(pay, 'MinimumRange'), max: at(pay, 'MaximumRange'), currency: 'USD', interval });
}

const BODY: readonly [field: string, heading: string][] = [
  ['JobSummary', 'Summary'],
  ['MajorDuties', 'Duties'],
  ['KeyRequirements', 'Conditions of employment'],
  ['Requirements', 'Requirements'],
  ['Education', 'Education'],
  ['OtherInformation', 'Additional information'],
  ['Benefits', 'Benefits'],
];

function bodyOf(job: Json | undefined, details: Json | undefined): BodyPart[] {
  const qualifications = partOf(at(job, 'QualificationSummary'), 'Qualifications');
  const parts = BODY.flatMap(([field, heading]) => {
    const value = at(details, field);
    const said = Array.isArray(value) ? value.map(text).filter(Boolean).join('\n') : value;
    return partOf(said, heading);
  });
  const paths = items(at(details, 'HiringPath')).map(text).filter(Boolean).join(', ');
  // A posting that is not open to the public says so here alone.
  return [...parts.slice(0, 2), ...qualifications, ...parts.slice(2), ...partOf(paths, 'Open to')];
}
