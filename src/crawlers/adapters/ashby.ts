import { z } from 'zod';
import type { Pay } from '../../posting/posting.ts';
import { type Adapter, DEFAULTS, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { at, isObject, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, targetOf, workModeOf } from '../kit/values.ts';

type Target = { board: string };

/** Ashby: one answer holds the whole board with bodies and pay. An unknown or switched-off board answers 404. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'ashby',
  hosts: ['jobs.ashbyhq.com', 'api.ashbyhq.com'],
  // Case matters in board names, and they may hold spaces and dots.
  target: z.strictObject({ board: z.string().min(1) }),
  example: { board: 'Acme' },
  recognise: url => targetOf('board', boardOf(url)),
  home: ({ board }) => `https://jobs.ashbyhq.com/${encodeURIComponent(board)}`,
  start: ({ board }) => [
    {
      kind: 'list',
      url: `https://api.ashbyhq.com/posting-api/job-board/${encodeURIComponent(board)}?includeCompensation=true`,
      headers: JSON_ONLY,
    },
  ],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return readDetail(opened.json, target);
    const jobs = at(opened.json, 'jobs');
    if (!Array.isArray(jobs)) return unknown('no list of jobs in the answer');
    const emptyIsProof = text(at(opened.json, 'apiVersion')) !== null;
    return anotherBoard(jobs.map(namedBoard), target.board) ?? listReading({ rows: jobs.map(job => row(job)), emptyIsProof });
  },
};

function readDetail(json: Json, target: Target): PageReading {
  const read = row(json);
  if (read === null) return unknown('no job in the answer');
  if (read === 'unlisted') return gone('the job is unlisted');
  return anotherBoard([namedBoard(json)], target.board) ?? detailReading(read);
}

function row(job: Json): Row {
  const [key, title] = [text(at(job, 'id')), text(at(job, 'title'))];
  if (at(job, 'isListed') === false) return 'unlisted';
  const url = httpUrl(at(job, 'jobUrl'));
  if (!key || !title || !url) return null;
  const [html, plain] = [text(at(job, 'descriptionHtml')), text(at(job, 'descriptionPlain'))];
  return {
    key,
    title,
    company: null,
    department: text(at(job, 'department')) ?? text(at(job, 'team')),
    places: placesOf(job),
    workMode: modeOf(job),
    pay: payIn(at(job, 'compensation')),
    employment: texts(at(job, 'employmentType')),
    posted: dated(at(job, 'publishedAt'), 'publishedAt'),
    url,
    applyUrl: httpUrl(at(job, 'applyUrl')) ?? `${url}/application`,
    body: html ? [{ html }] : plain ? [{ text: plain }] : [],
  };
}

/** `workplaceType` and `isRemote` disagree on hybrid jobs; the former is the one the board page shows. */
function modeOf(job: Json): RawPosting['workMode'] {
  return workModeOf(at(job, 'workplaceType')) ?? (at(job, 'isRemote') === true ? 'remote' : null);
}

function placesOf(job: Json): RawPlace[] {
  const places: RawPlace[] = [];
  for (const stated of [job, ...items(at(job, 'secondaryLocations'))]) {
    // Some answers nest the parts under `postalAddress`, some have them flat.
    const nested = at(stated, 'address', 'postalAddress');
    const address = isObject(nested) ? nested : at(stated, 'address');
    const [city, region, country] = ['addressLocality', 'addressRegion', 'addressCountry'].map(name => text(at(address, name)));
    const raw = text(at(stated, 'location')) ?? joinPlace(city, region, country);
    if (raw && !places.some(place => place.raw === raw)) places.push({ raw, city, region, country });
  }
  return places;
}

/** Base salary only: equity, bonus and commission are components of their own. Several tiers are summed up in `summaryComponents`. */
function payIn(compensation: Json | undefined): Pay | string | null {
  const tiers = items(at(compensation, 'compensationTiers')).flatMap(tier => items(at(tier, 'components')));
  for (const part of [...items(at(compensation, 'summaryComponents')), ...tiers]) {
    if (text(at(part, 'compensationType')) !== 'Salary') continue;
    const pay = payAt(part, 'minValue', 'maxValue', 'currencyCode', 'interval');
    if (pay) return pay;
  }
  return text(at(compensation, 'scrapeableCompensationSalarySummary'));
}

function boardOf(url: URL): string | null {
  const path = segments(url);
  if (url.hostname === 'jobs.ashbyhq.com') return path[0] === 'api' ? null : (path[0] ?? null);
  return url.hostname === 'api.ashbyhq.com' && path[0] === 'posting-api' ? (path[2] ?? null) : null;
}

function namedBoard(job: Json): string | null {
  const url = URL.parse(text(at(job, 'jobUrl')) ?? '');
  return url ? boardOf(url) : null;
}
