import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, JSON_ONLY, type Json, parseJson, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, judge, listReading, type Row, reading, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments, workModeOf } from '../kit/values.ts';

type Target = { host: string };

const HOST = /^(?!(?:www|feeds)\.)[a-z0-9-]+\.(?:isolvedhire|applicantpro|applicantpool)\.com$/;

/**
 * isolved Hire, which was ApplicantPro, under its three domains: the board's page names its number, one answer lists it whole, posting pages
 * carry JSON-LD. An unknown tenant is sent to a notice on its own host, which names no number.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'isolved',
  details: true,
  hosts: ['*.isolvedhire.com', '*.applicantpro.com', '*.applicantpool.com'],
  target: z.strictObject({ host: z.string().regex(HOST, 'a host such as acme.isolvedhire.com, in lower case') }),
  example: { host: 'acme.isolvedhire.com' },
  recognise(url) {
    const host = hostIn(url);
    return host ? { host } : null;
  },
  home: ({ host }) => `https://${host}/jobs/`,
  // Some boards have moved to www.applicantpro.com/openings/{tenant}/jobs.
  start: target => [{ kind: 'list', url: adapter.home(target), redirects: 'site' }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readDetail(page);
    const parsed = parseJson(page.body);
    if ('json' in parsed) return readList(parsed.json, target, text(page.request.note?.company));
    return page.request.note?.board === undefined ? readBoardPage(page, target) : unknown(parsed.why);
  },
};

/** The tenant's own host, also where the address is that of its openings on the vendor's. */
function hostIn(url: URL): string | null {
  const path = segments(url);
  const moved = url.hostname === 'www.applicantpro.com' && path[0] === 'openings' ? path[1]?.toLowerCase() : undefined;
  const host = moved ? `${moved}.applicantpro.com` : url.hostname;
  return HOST.test(host) ? host : null;
}

/** The page of a board holds no postings, but the number that its list is asked with. */
function readBoardPage(page: Page, target: Target): PageReading {
  const answered = hostIn(new URL(page.url));
  if (!answered) return unknown(`the answer leads to ${page.url}, which is no board`);
  const other = anotherBoard([answered], target.host);
  if (other) return other;
  const numbers = new Set([...page.body.matchAll(/\bdomain_?id["']?\s*:\s*["']?(\d{1,12})\b/gi)].map(match => match[1] ?? ''));
  const [number] = numbers;
  if (number === undefined) return unknown('the page names no board: an unknown tenant, or a career site that was switched off');
  if (numbers.size > 1) return unknown(`the page names several boards: ${[...numbers].slice(0, 3).join(', ')}`);
  const asked = encodeURIComponent('{"isInternal":0}');
  const url = `https://${target.host}/core/jobs/${number}?getParams=${asked}`;
  return reading('board', `the page of board ${number}: its list is asked`, {
    follow: [{ kind: 'list', url, headers: JSON_ONLY, note: { board: number, company: employerOn(page) } }],
  });
}

/** The employer as the page names its career site, in the JSON of a script; the list does not name it. */
function employerOn(page: Page): string | null {
  const [, quoted = ''] = /"career_site_name"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(page.body) ?? [];
  const parsed = parseJson(quoted);
  const name = 'json' in parsed ? text(parsed.json) : null;
  return name && decodeOnce(name);
}

function readList(json: Json, target: Target, company: string | null): PageReading {
  const jobs = at(json, 'data', 'jobs');
  if (at(json, 'success') !== true || !Array.isArray(jobs)) return unknown('no list of jobs in the answer');
  const total = amount(at(json, 'data', 'jobCount'));
  const shownModes = at(json, 'data', 'showWorkplaceType') !== false;
  const other = anotherBoard(jobs.map(namedHost), target.host);
  if (other) return other;
  // A list that is longer than its own count is as doubtful as a shorter one.
  const counts =
    total === null ? 'the answer does not say how many postings there are' : `the board counts ${total}, ${jobs.length} are listed`;
  return listReading({
    rows: jobs.map(job => stub(job, target, { company, shownModes })),
    total,
    shortfall: total === jobs.length ? null : counts,
  });
}

/** The tenant a row names, by its address or else by its host in two parts. */
function namedHost(job: Json): string | null {
  const url = URL.parse(text(at(job, 'jobUrl')) ?? '');
  const [tenant, domain] = [text(at(job, 'subdomain')), text(at(job, 'domainName'))];
  return (url && hostIn(url)) ?? (tenant && domain ? `${tenant}.${domain}`.toLowerCase() : null);
}

/** What holds of all rows. `shownModes`: whether the board shows where one works. What it hides need not be true: all rows say `Onsite` then. */
type Board = { company: string | null; shownModes: boolean };

function stub(job: Json, target: Target, { company, shownModes }: Board): Row {
  // A group's board may show the rows of its other sites.
  if ((namedHost(job) ?? target.host) !== target.host) return 'unlisted';
  const [key, title] = [text(at(job, 'id')), text(at(job, 'title'))];
  if (!key || !title) return null;
  const stated = httpUrl(at(job, 'jobUrl'));
  const url = stated && hostIn(new URL(stated)) ? stated : `https://${target.host}/jobs/${encodeURIComponent(key)}`;
  const untilFilled = amount(at(job, 'untilFilled')) === 1;
  return {
    key,
    title: decodeOnce(title),
    company,
    department: text(at(job, 'orgTitle')) ?? text(at(job, 'classification')),
    places: placesOf(job),
    workMode: shownModes ? workModeOf(at(job, 'workplaceType')) : null,
    pay: payOf(job),
    employment: texts(at(job, 'employmentType')),
    posted: dated(at(job, 'startDateRef'), 'startDateRef'),
    closes: untilFilled ? null : dated(at(job, 'endDateRef'), 'endDateRef'),
    url,
    applyUrl: url,
    detail: { kind: 'detail', url, key },
  };
}

/** `jobLocation` is the whole address with its postal code; it is taken where the town is not told apart. */
function placesOf(job: Json): RawPlace[] {
  const [city, region, country] = [text(at(job, 'city')), text(at(job, 'abbreviation')), text(at(job, 'iso3'))];
  if (city) return [{ raw: joinPlace(city, region ?? at(job, 'stateName')), city, region, country }];
  const raw = text(at(job, 'jobLocation')) ?? joinPlace(at(job, 'stateName'), country);
  return raw ? [{ raw, country }] : [];
}

/** The list names no currency; its users are in these two countries. */
const CURRENCIES = new Map([
  ['USA', 'USD'],
  ['CAN', 'CAD'],
]);

function payOf(job: Json): RawPosting['pay'] {
  const [min, max] = [at(job, 'minSalary'), at(job, 'maxSalary')];
  const currency = CURRENCIES.get(text(at(job, 'iso3')) ?? '');
  const interval = text(at(job, 'payTypeFrame')) ?? text(at(job, 'payType'));
  const words = text(at(job, 'payDetails'));
  return statedPay({ min, max, currency, interval }) ?? (words && /\d/.test(words) ? words : null);
}

/** The end in the structured data is made up (years ahead, with two times of day); the list tells the real one. */
function readDetail(page: Page): PageReading {
  const found = readPostingPage(page);
  const told = found.postings[0] ? keyOf(found.postings[0].url) : null;
  const other = anotherPosting(page, told);
  if (other) return other;
  const postings = found.postings.map((posting, index) => {
    const key = index === 0 ? (page.request.key ?? told ?? posting.key) : posting.key;
    return { ...posting, key, closes: null, applyUrl: posting.url };
  });
  return { ...found, postings };
}

/** `/jobs/4147596`, with or without `.html`. */
function keyOf(address: string): string | null {
  return /\/jobs\/(\d+)(?:[-./]|$)/.exec(URL.parse(address)?.pathname ?? '')?.[1] ?? null;
}
