import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, detailReading, gone, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, targetOf, workModeOf } from '../kit/values.ts';

type Target = { board: string };

const HOST = 'https://ats.rippling.com';
/** Large enough that the rows of one posting, one per place, stand on one page. */
const PAGE = 1000;

/** Rippling: pages of rows, one per posting and place, and a detail per posting. The older interface's bare array is understood as well. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'rippling',
  details: true,
  hosts: ['ats.rippling.com', 'ats.us1.rippling.com'],
  target: z.strictObject({ board: z.string().min(1) }),
  example: { board: 'acme' },
  recognise: url => targetOf('board', boardOf(url)),
  home: ({ board }) => `${HOST}/${encodeURIComponent(board)}/jobs`,
  start: target => [listPage(target, 0)],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? readDetail(opened.json, target, page.request.key) : readList(opened.json, target);
  },
};

const api = ({ board }: Target) => `${HOST}/api/v2/board/${encodeURIComponent(board)}/jobs`;

function listPage(target: Target, page: number): PageRequest {
  return { kind: 'list', url: `${api(target)}?page=${page}&pageSize=${PAGE}`, headers: JSON_ONLY };
}

function readList(json: Json, target: Target): PageReading {
  const rows = Array.isArray(json) ? json : at(json, 'items');
  if (!Array.isArray(rows)) return unknown('no list of jobs in the answer');
  const other = anotherBoard(rows.map(namedBoard), target.board);
  if (other) return other;
  const [page, pages, total] = [amount(at(json, 'page')) ?? 0, amount(at(json, 'totalPages')), amount(at(json, 'totalItems'))];
  const paged = !Array.isArray(json);
  return listReading({
    rows: rows.map(row => stub(row, target, !paged)),
    perLocation: true,
    total,
    later: page > 0,
    follow: rows.length > 0 && pages !== null && page + 1 < pages ? [listPage(target, page + 1)] : [],
    shortfall: paged && (total === null || pages === null) ? 'the answer does not say how many jobs there are' : null,
  });
}

function stub(row: Json, target: Target, older: boolean): RawPosting | null {
  // The older interface calls the same number `uuid`.
  const [key, title] = [text(at(row, older ? 'uuid' : 'id')), text(at(row, 'name'))];
  if (!key || !title) return null;
  const locations = items(at(row, 'locations'));
  const place = text(at(row, 'workLocation', 'label'));
  const modes = new Set(locations.map(place => workModeOf(at(place, 'workplaceType'))));
  const [mode] = modes;
  return {
    key,
    title,
    department: text(at(row, 'department', 'name')) ?? text(at(row, 'department', 'label')),
    places: place ? [{ raw: place }] : locations.map(placeOf).filter(place => place.raw),
    workMode: modes.size === 1 ? (mode ?? null) : null,
    ...addresses(row, key, target),
    detail: detailOf({ key }, target),
  };
}

function detailOf({ key }: Pick<RawPosting, 'key'>, target: Target): PageRequest {
  return { kind: 'detail', url: `${api(target)}/${encodeURIComponent(key)}`, key, headers: JSON_ONLY };
}

function addresses(row: Json, key: string, target: Target): { url: string; applyUrl: string } {
  const url = httpUrl(at(row, 'url')) ?? `${adapter.home(target)}/${encodeURIComponent(key)}`;
  return { url, applyUrl: url };
}

function placeOf(place: Json): RawPlace {
  const [city, country] = [text(at(place, 'city')), text(at(place, 'countryCode')) ?? text(at(place, 'country'))];
  const region = text(at(place, 'stateCode')) ?? text(at(place, 'state'));
  return { raw: text(at(place, 'name')) ?? joinPlace(city, region, country), city, region, country };
}

function readDetail(json: Json, target: Target, asked: string | undefined): PageReading {
  const [key, title] = [text(at(json, 'uuid')) ?? text(at(json, 'id')), text(at(json, 'name'))];
  if (!key || !title) return unknown('no job in the answer');
  if (asked && asked !== key) return unknown(`the answer is job ${key} instead of ${asked}`);
  const other = anotherBoard([text(at(json, 'board', 'slug')) ?? namedBoard(json)], target.board);
  if (other) return other;
  if (at(json, 'unlistedFromSearch') === true) return gone('the job is unlisted');
  // Code and words stand in each other's place here: `id` holds "Salaried, full-time".
  return detailReading({
    key,
    title,
    company: text(at(json, 'companyName')),
    department: text(at(json, 'department', 'name')),
    places: items(at(json, 'workLocations')).flatMap(place => (text(place) ? [{ raw: text(place) ?? '' }] : [])),
    pay: items(at(json, 'payRangeDetails')).map(payIn).find(Boolean) ?? null,
    employment: texts(text(at(json, 'employmentType', 'id')) ?? text(at(json, 'employmentType', 'label'))),
    posted: dated(at(json, 'createdOn'), 'createdOn'),
    ...addresses(json, key, target),
    body: ['company', 'role'].flatMap(name => {
      const html = text(at(json, 'description', name));
      return html ? [{ html }] : [];
    }),
  });
}

/** As another crawler reads it; every recording holds an empty list. */
const payIn = (range: Json) => payAt(range, 'rangeStart', 'rangeEnd', 'currency', 'frequency');

function boardOf(url: URL): string | null {
  const path = segments(url);
  const named = path.indexOf('board');
  if (url.hostname === 'api.rippling.com' || path[0] === 'api')
    return /(?:^|\.)rippling\.com$/.test(url.hostname) && named > 0 ? (path[named + 1] ?? null) : null;
  if (!/^ats(?:\.us1)?\.rippling\.com$/.test(url.hostname)) return null;
  if (/^[a-z]{2}-[A-Z]{2}$/.test(path[0] ?? '')) path.shift();
  return path[0] ?? null;
}

function namedBoard(row: Json): string | null {
  const url = URL.parse(text(at(row, 'url')) ?? '');
  return url ? boardOf(url) : null;
}
