import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { anotherBoard, detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments } from '../kit/values.ts';

type Target = { tenant: string; board?: string };

const SITE = 'jobs.dayforcehcm.com';
const CULTURE = /^[a-z]{2}-[A-Z]{2}$/;
const NAME = /^[\w.-]+$/;

/**
 * Dayforce's job feed: one answer with every posting, once per language. An unknown tenant answers 404, an unknown board of a known
 * tenant nothing. The answers of the site's own search and of its details are understood too; they cannot be asked without a browser's session.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'dayforce',
  hosts: [SITE, 'www.dayforcehcm.com'],
  target: z.strictObject({ tenant: z.string().regex(NAME, 'letters, digits, dots and hyphens'), board: z.string().regex(NAME).optional() }),
  example: { tenant: 'acme', board: 'CANDIDATEPORTAL' },
  recognise,
  home: ({ tenant, board }) => `https://${SITE}/${tenant}${board ? `/${board}` : ''}`,
  start: ({ tenant, board }) => [
    {
      kind: 'list',
      url: `https://www.dayforcehcm.com/api/${tenant}/V1/JobFeeds?includeActivePostingOnly=true${board ? `&internalJobBoardCode=${board}` : ''}`,
      headers: JSON_ONLY,
      // The feed stands on a host of the tenant's region.
      redirects: 'site',
    },
  ],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    const { json } = opened;
    if (page.request.kind === 'detail') return readDetail(json, target, page.request.key);
    return Array.isArray(json) ? readFeed(json, target) : readSearch(json, target);
  },
};

function recognise(url: URL): Target | null {
  const path = segments(url);
  if (/^[\w-]+\.dayforcehcm\.com$/.test(url.hostname) && /^api$/i.test(path[0] ?? '')) {
    const board = url.searchParams.get('internalJobBoardCode');
    return path[1] && /^jobfeeds$/i.test(path[3] ?? '') ? { tenant: path[1], ...(board ? { board } : {}) } : null;
  }
  if (url.hostname !== SITE) return null;
  if (CULTURE.test(path[0] ?? '')) path.shift();
  const [tenant, board] = path;
  if (!tenant || tenant === 'api' || !NAME.test(tenant)) return null;
  return { tenant, ...(board && NAME.test(board) ? { board } : {}) };
}

function readFeed(jobs: Json[], target: Target): PageReading {
  const named = jobs.map(job => {
    const url = URL.parse(text(at(job, 'JobDetailsUrl')) ?? '');
    return url ? (recognise(url)?.tenant ?? null) : null;
  });
  const other = anotherBoard(named, target.tenant);
  if (other) return other;
  // A posting in English first: rows of one key are one posting, and the first one tells.
  const english = (job: Json) => (/^en\b/i.test(text(at(job, 'CultureCode')) ?? 'en') ? 0 : 1);
  const ordered = [...jobs].sort((a, b) => english(a) - english(b));
  return listReading({ rows: ordered.map(posting), emptyIsProof: target.board === undefined });
}

function posting(job: Json): RawPosting | null {
  const [key, title, url] = [text(at(job, 'ReferenceNumber')), text(at(job, 'Title')), httpUrl(at(job, 'JobDetailsUrl'))];
  if (!key || !title || !url) return null;
  const [city, region, country] = ['City', 'State', 'Country'].map(name => text(at(job, name)));
  const raw = joinPlace(city, region, country);
  return {
    key,
    title,
    company: text(at(job, 'CompanyName')) ?? text(at(job, 'ParentCompanyName')),
    department: text(at(job, 'JobFunction')) ?? text(at(job, 'JobFamily')),
    places: raw ? [{ raw, city, region, country }] : [],
    workMode: at(job, 'IsVirtualLocation') === true ? 'remote' : null,
    employment: texts(at(job, 'EmploymentIndicator')),
    posted: dated(at(job, 'DatePosted'), 'DatePosted'),
    url,
    applyUrl: httpUrl(at(job, 'ApplyUrl')),
    body: partOf(at(job, 'Description')),
  };
}

function readSearch(json: Json, target: Target): PageReading {
  const jobs = at(json, 'jobPostings');
  const total = amount(at(json, 'maxCount'));
  if (!Array.isArray(jobs) || total === null) return unknown('neither a job feed nor an answer of the search');
  return listReading({
    rows: jobs.map(job => found(job, target)),
    total,
    shortfall: jobs.length < total ? `${jobs.length} of ${total} postings are in the answer` : null,
  });
}

function found(job: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(job, 'jobPostingId')), text(at(job, 'jobTitle'))];
  if (!key || !title) return null;
  const tenant = text(at(job, 'clientNamespace')) ?? target.tenant;
  return {
    key,
    title,
    requisition: text(at(job, 'jobReqId')),
    places: items(at(job, 'postingLocations')).flatMap(placeOf),
    workMode: at(job, 'hasVirtualLocation') === true ? 'remote' : null,
    posted: dated(at(job, 'postingStartTimestampUTC'), 'postingStartTimestampUTC'),
    closes: dated(at(job, 'postingExpiryTimestampUTC'), 'postingExpiryTimestampUTC'),
    url: `https://${SITE}/en-US/${encodeURIComponent(tenant)}/${target.board ?? 'CANDIDATEPORTAL'}/jobs/${encodeURIComponent(key)}`,
    body: partOf(at(job, 'jobDescription')),
  };
}

/** The detail names neither the tenant nor the board. */
function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  const posting = found(json, target);
  if (!posting) return unknown('no posting in the answer');
  if (key && key !== posting.key) return unknown(`the answer is posting ${posting.key} instead of ${key}`);
  const content = at(json, 'jobPostingContent');
  const body = ['jobDescriptionHeader', 'jobDescription', 'jobDescriptionFooter'].flatMap(part => partOf(at(content, part)));
  return detailReading({ ...posting, pay: payIn(json), body });
}

/** Rates without an interval, beside a pay type that says `Salary` of hourly ones too: the figures tell it, where they leave no doubt. */
function payIn(json: Json): string | null {
  const attributes = items(at(json, 'jobPostingAttributes'));
  const rate = (name: string) =>
    amount(
      at(
        attributes.find(row => at(row, 'name') === name),
        'value',
      ),
    ) || null;
  const [min, max, currency] = [rate('HiringMinRate'), rate('HiringMaxRate'), text(at(json, 'isoCurrencyRegion'))];
  const figures = [...new Set([min, max].filter(figure => figure !== null))];
  return currency && figures.length > 0 ? `${figures.join(' - ')} ${currency}` : null;
}

function placeOf(location: Json): RawPlace[] {
  const [city, region, country] = ['cityName', 'stateCode', 'isoCountryCode'].map(name => text(at(location, name)));
  const raw = text(at(location, 'formattedAddress')) ?? joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}
