import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, segments } from '../kit/values.ts';

type Target = { institution: number };

const SITE = 'apply.interfolio.com';
const BOARDS = 'https://logic.interfolio.com/byc-search';
const PAGE = 100;

/**
 * Interfolio's boards of faculty positions: pages of whole postings with a count, under the institution's number, which no row repeats. A posting
 * has two numbers: its address shows the older one. What an unknown institution or one without positions answers is not known. Written from
 * three codes that ask the same address, and their tests.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'interfolio',
  evidence: 'described',
  hosts: [SITE],
  target: z.strictObject({ institution: z.int().positive().describe(`the number in ${SITE}/12345/positions`) }),
  example: { institution: 12345 },
  recognise: institutionIn,
  home: ({ institution }) => `https://${SITE}/${institution}/positions`,
  start: target => [listPage(target, 1, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    return readList(opened.json, target, page.request.note);
  },
};

/** A number without `positions` behind it is a posting's. */
function institutionIn(url: URL): Target | null {
  const path = segments(url);
  const onSite = url.hostname === SITE && path[1] === 'positions' ? path[0] : null;
  const onBoards = url.hostname === 'logic.interfolio.com' && path[0] === 'byc-search' ? path[1] : null;
  const number = /^[1-9]\d{0,8}$/.exec(onSite ?? onBoards ?? '')?.[0];
  return number ? { institution: Number(number) } : null;
}

/** `seen`: the rows of the pages before, which may be fewer than asked for. Sorted by what changes least. */
function listPage({ institution }: Target, page: number, seen: number): PageRequest {
  const url = `${BOARDS}/${institution}/public_job_boards?limit=${PAGE}&page=${page}&sort_by=name&sort_order=asc`;
  return { kind: 'list', url, headers: JSON_ONLY, redirects: 'none', note: { page, seen } };
}

function readList(json: Json, target: Target, note: PageRequest['note']): PageReading {
  const [results, total] = [at(json, 'results'), amount(at(json, 'total_count'))];
  if (!Array.isArray(results)) return unknown('no list of positions in the answer');
  const [page, seen] = [amount(note?.page) ?? 1, (amount(note?.seen) ?? 0) + results.length];
  if (results.length === 0 && page === 1) return unknown('no positions, and nothing proves that there are none', { total });
  const more = results.length > 0 && total !== null && seen < total;
  // `Acme University Positions`
  const institution = text(at(json, 'title'))?.replace(/\s+positions$/i, '') ?? null;
  return listReading({
    rows: results.map(row => posting(row, institution)),
    total,
    later: page > 1,
    follow: more ? [listPage(target, page + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function posting(row: Json, institution: string | null): RawPosting | null {
  const [key, title] = [text(at(row, 'legacy_position_id')), text(at(row, 'name'))];
  if (!key || !/^\d+$/.test(key) || !title) return null;
  const [place, salary] = [text(at(row, 'location')), text(at(row, 'salary'))];
  return {
    key,
    title: decodeOnce(title),
    company: institution,
    department: text(at(row, 'unit_name')),
    places: place ? [{ raw: place }] : [],
    pay: salary && /[1-9]/.test(salary) ? salary : null,
    // The dates without `_raw` are written for people, in more than one way.
    posted: dated(at(row, 'open_date_raw'), 'open_date_raw'),
    closes: dated(at(row, 'close_date_raw'), 'close_date_raw'),
    url: `https://${SITE}/${key}`,
    body: [
      ...partOf(at(row, 'description')),
      ...partOf(at(row, 'qualifications'), 'Qualifications'),
      ...partOf(at(row, 'instructions'), 'Application instructions'),
    ],
  };
}
