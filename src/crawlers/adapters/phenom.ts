import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { assignedJson } from '../kit/assigned.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, isObject, items, type Json, parseJson, text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { detailReading, gone, judge, listReading, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments } from '../kit/values.ts';
import { plainPage } from './_phenom-page.ts';

/** `prefix` is the country and language in front of the site's paths: `us/en`, `global/en`. */
type Target = { host: string; prefix: string };

const PAGE = 100;
const PREFIX = /^([a-z]{2}|global)\/([a-z]{2})$/;
const DDO = 'phApp.ddo';
const SETTINGS = /phApp\s{0,9}=\s{0,9}phApp\s{0,9}\|\|\s{0,9}\{/;

/**
 * Phenom's career sites. The search page carries its first ten postings and the settings of the site; larger boards are then read through the
 * page's own `/widgets`, which wants the site's language and country. Later pages of the search page itself are not confirmed and not asked for.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'phenom',
  details: true,
  hosts: ["employers' own domains"],
  target: z.strictObject({ host: z.hostname(), prefix: z.string().regex(PREFIX, 'country and language: us/en').default('us/en') }),
  example: { host: 'careers.acme.example', prefix: 'us/en' },
  recognise,
  home: target => `${site(target)}/search-results`,
  start: target => [{ kind: 'list', url: `${site(target)}/search-results`, headers: { accept: 'text/html' }, note: { from: null } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readDetail(page, target) : readList(page, target);
  },
};

const site = ({ host, prefix }: Target) => `https://${host}/${prefix}`;

type Settings = { lang: string; country: string; pageId: string };

/** What the site's own page sends, out of the settings it begins with. Where it does not say, the prefix does: `us/en` is `us` and `en_us`. */
function settingsOf(body: string, { prefix }: Target): Settings {
  const begin = SETTINGS.exec(body)?.index ?? body.length;
  const settings = body.slice(begin, begin + 4_000);
  const said = (name: string) => new RegExp(`"${name}"\\s*:\\s*"(\\w{1,40})"`).exec(settings)?.[1];
  const [country = 'us', language = 'en'] = prefix.split('/');
  return {
    lang: said('locale') ?? `${language}_${country}`,
    country: said('country') ?? country,
    pageId: said('pageId') ?? 'page10',
  };
}

function widgetPage(target: Target, settings: Settings, from: number): PageRequest {
  const { lang, country, pageId } = settings;
  const body = {
    lang,
    deviceType: 'desktop',
    country,
    pageName: 'search-results',
    ddoKey: 'refineSearch',
    sortBy: '',
    subsearch: '',
    from,
    jobs: true,
    counts: true,
    all_fields: ['category', 'country', 'city'],
    size: PAGE,
    clearAll: false,
    jdsource: 'facets',
    isSliderEnable: false,
    pageId,
    siteType: 'external',
    keywords: '',
    global: false,
    selected_fields: {},
    locationData: {},
  };
  return {
    kind: 'list',
    method: 'POST',
    url: `https://${target.host}/widgets`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // A redirect would turn the POST into a GET of something else.
    redirects: 'none',
    note: { from, ...settings },
  };
}

function readList(page: Page, target: Target): PageReading {
  const from = amount(page.request.note?.from);
  const widget = /^\s*\{/.test(page.body);
  const parsed = widget ? parseJson(page.body) : assignedJson(page.body, DDO);
  if ('why' in parsed) return unknown(parsed.why);
  const search = at(parsed.json, widget ? 'refineSearch' : 'eagerLoadRefineSearch');
  const jobs = at(search, 'data', 'jobs');
  if (!Array.isArray(jobs)) return unknown("no search results in the page's data");
  const status = amount(at(search, 'status'));
  if (status !== null && status !== 200) return unknown(`the search behind the page answered ${status}`);
  const total = amount(at(search, 'totalHits'));
  const next = (from ?? 0) + jobs.length;
  const more = jobs.length > 0 && (total === null || next < total);
  const settings = from === null ? settingsOf(page.body, target) : noted(page.request, target);
  return listReading({
    rows: jobs.map(job => stub(job, target)),
    total,
    later: from !== null && from > 0,
    // The widget begins anew: nothing says that it orders its rows as the page does.
    follow: more ? [widgetPage(target, settings, from === null ? 0 : next)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function noted({ note }: PageRequest, target: Target): Settings {
  const other = settingsOf('', target);
  return {
    lang: text(note?.lang) ?? other.lang,
    country: text(note?.country) ?? other.country,
    pageId: text(note?.pageId) ?? other.pageId,
  };
}

function stub(job: Json, target: Target): RawPosting | null {
  const posting = facts(job, target);
  return posting && { ...posting, detail: { kind: 'detail', url: posting.url, key: posting.key } };
}

/** The page's data has the whole description; pages without it have JSON-LD, or their HTML alone. The widget's answer is that data alone. */
function readDetail(page: Page, target: Target): PageReading {
  const parsed = /^\s*\{/.test(page.body) ? parseJson(page.body) : assignedJson(page.body, DDO);
  const detail = 'json' in parsed ? at(parsed.json, 'jobDetail') : undefined;
  const job = at(detail, 'data', 'job');
  const status = amount(at(detail, 'status'));
  // The page itself answers 200.
  if (!isObject(job) && (status === 404 || status === 410)) return gone(`the search behind the page answered ${status}`);
  const posting = isObject(job) ? facts(job, target) : null;
  const description = text(at(job, 'description'));
  if (!posting || !description) return readPostingPage(page, $ => plainPage($, page));
  const { key } = page.request;
  if (key && key !== posting.key) return unknown(`the page is posting ${posting.key} instead of ${key}`);
  const qualifications = text(at(job, 'qualifications'));
  const apart = qualifications && !description.includes(qualifications) ? partOf(qualifications, 'Qualifications') : [];
  return detailReading({ ...posting, body: [...partOf(description), ...apart] });
}

/** What list rows and details have in common. */
function facts(job: Json, target: Target): RawPosting | null {
  const key = text(at(job, 'jobId')) ?? text(at(job, 'reqId'));
  // Titles are HTML.
  const title = text(decodeOnce(text(at(job, 'title')) ?? ''));
  if (!key || !title) return null;
  return {
    key,
    title,
    department: wordsOf(at(job, 'department')) ?? wordsOf(at(job, 'category')),
    requisition: text(at(job, 'reqId')),
    places: placesOf(job),
    employment: texts(at(job, 'type')),
    posted: dated(at(job, 'postedDate'), 'postedDate'),
    // The words at the end are for people: any would do.
    url: `${site(target)}/job/${addressPart(key)}/${slugOf(title)}`,
    // The board behind the site.
    applyUrl: httpUrl(at(job, 'applyUrl')),
  };
}

function placesOf(job: Json): RawPlace[] {
  const several = items(at(job, 'multi_location'))
    .map(wordsOf)
    .filter(raw => raw !== null);
  if (several.length > 0) return [...new Set(several)].map(raw => ({ raw }));
  const [city, region, country] = ['city', 'state', 'country'].map(name => wordsOf(at(job, name)));
  const raw = wordsOf(at(job, 'location')) ?? wordsOf(at(job, 'cityState')) ?? joinPlace(city, region, country);
  if (!raw) return [];
  return city && region ? [{ raw, city, region, country }] : [{ raw }];
}

function wordsOf(value: Json | undefined): string | null {
  const said = text(value);
  return said ? text(decodeOnce(said)) : null;
}

function slugOf(title: string): string {
  const words = title.slice(0, 100).match(/[\p{L}\p{N}]+/gu) ?? ['job'];
  return addressPart(words.join('-'));
}

/** `/{country}/{language}/search-results` and `/{country}/{language}/job/{id}`. */
function recognise(url: URL): Target | null {
  const [country, language, page, id] = segments(url);
  const prefix = `${country}/${language}`;
  if (!PREFIX.test(prefix)) return null;
  return page === 'search-results' || (page === 'job' && id) ? { host: url.hostname.toLowerCase(), prefix } : null;
}
