import { z } from 'zod';
import type { WorkMode } from '../../posting/posting.ts';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, targetOf, tenantOf } from '../kit/values.ts';

type Target = { company: string };

const MODES: Record<string, WorkMode> = { '0': 'onsite', '1': 'remote', '2': 'hybrid' };

/** BambooHR: one answer lists the board, a detail per posting. An unknown tenant is sent to the vendor's front page, or answers 404. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'bamboohr',
  details: true,
  hosts: ['*.bamboohr.com'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/i, 'the first part of the host: acme of acme.bamboohr.com') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', tenantOf(url, 'bamboohr.com', ['documentation', 'partners', 'marketplace', 'status'])),
  home: ({ company }) => `https://${company}.bamboohr.com/careers`,
  start: target => [{ kind: 'list', url: `${adapter.home(target)}/list`, headers: JSON_ONLY }],
  detailOf,
  read(page, target) {
    const opened = openJson(page, { redirect: 'gone' });
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? readDetail(opened.json, target, page.request.key) : readList(opened.json, target);
  },
};

function readList(json: Json, target: Target): PageReading {
  const result = at(json, 'result');
  if (!Array.isArray(result)) return unknown('no list of jobs in the answer');
  return listReading({ rows: result.map(row => stub(row, target)), total: amount(at(json, 'meta', 'totalCount')) });
}

function stub(row: Json, target: Target): RawPosting | null {
  const key = text(at(row, 'id'));
  const posting = key ? facts(row, key, target) : null;
  return posting && { ...posting, detail: detailOf(posting) };
}

function detailOf({ key, url }: Pick<RawPosting, 'key' | 'url'>): PageRequest {
  return { kind: 'detail', url: `${url}/detail`, key, headers: JSON_ONLY };
}

/** A closed posting still answers 200, with another status than `Open`. */
function readDetail(json: Json, target: Target, asked: string | undefined): PageReading {
  const opening = at(json, 'result', 'jobOpening');
  const status = text(at(opening, 'jobOpeningStatus'));
  if (opening === undefined || !status) return unknown('no job opening in the answer');
  const share = httpUrl(at(opening, 'jobOpeningShareUrl'));
  const other = anotherBoard([share ? tenantOf(new URL(share), 'bamboohr.com') : null], target.company);
  if (other) return other;
  const key = share ? (segments(new URL(share)).at(-1) ?? null) : (asked ?? null);
  if (asked && key !== asked) return unknown(`the answer is job ${key} instead of ${asked}`);
  if (status !== 'Open') return gone(`the job's status is ${status}`);
  const posting = key ? facts(opening, key, target) : null;
  if (!posting) return unknown('a job opening without number or name');
  const html = text(at(opening, 'description'));
  return detailReading({
    ...posting,
    pay: text(at(opening, 'compensation')),
    posted: dated(at(opening, 'datePosted'), 'datePosted'),
    url: share ?? posting.url,
    body: html ? [{ html }] : [],
  });
}

/** What list rows and details have in common. */
function facts(row: Json, key: string, target: Target): RawPosting | null {
  const title = text(at(row, 'jobOpeningName'));
  if (!title) return null;
  const url = `${adapter.home(target)}/${encodeURIComponent(key)}`;
  return {
    key,
    title,
    company: null,
    department: text(at(row, 'departmentLabel')),
    places: placesOf(row),
    workMode: MODES[text(at(row, 'locationType')) ?? ''] ?? (at(row, 'isRemote') === true ? 'remote' : null),
    employment: texts(at(row, 'employmentStatusLabel')),
    url,
    applyUrl: url,
  };
}

/** Each part from `location`, else from `atsLocation`. */
function placesOf(row: Json): RawPlace[] {
  const part = (own: string, ...others: string[]) =>
    text(at(row, 'location', own)) ?? others.map(name => text(at(row, 'atsLocation', name))).find(value => value !== null) ?? null;
  const [city, region, country] = [part('city', 'city'), part('state', 'state', 'province'), part('addressCountry', 'country')];
  const raw = joinPlace(city, region, country);
  return raw ? [{ raw, city, region, country }] : [];
}
