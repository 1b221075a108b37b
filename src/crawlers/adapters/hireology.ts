import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { anotherBoard, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments, targetOf, tenantOf } from '../kit/values.ts';

type Target = { company: string };

const SITE = 'careers.hireology.com';
const API = 'https://api.hireology.com/v2/public/careers';
const PAGE = 100;
const NAME = /^[\w-]+$/;
const NOT_OPEN = /^(?:closed|filled|draft|paused|on hold|archived|inactive|cancell?ed|expired)$/i;

/**
 * Hireology: pages of whole postings with a count. An unknown board answers 404. The board of a group shows the postings of its members' own
 * boards too: only those of the board asked for are taken.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'hireology',
  hosts: [SITE, '*.hireology.careers'],
  target: z.strictObject({ company: z.string().regex(NAME, 'the first part of the path: acme of careers.hireology.com/acme') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', companyIn(url)),
  home: ({ company }) => `https://${SITE}/${company}`,
  start: target => [listPage(target, 1, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    return readList(opened.json, target, page.request.note);
  },
};

/** `seen`: the rows of the pages before. */
function listPage({ company }: Target, page: number, seen: number): PageRequest {
  return { kind: 'list', url: `${API}/${company}?page=${page}&page_size=${PAGE}`, headers: JSON_ONLY, note: { page, seen } };
}

function readList(json: Json, target: Target, note: PageRequest['note']): PageReading {
  const [data, total] = [at(json, 'data'), amount(at(json, 'count'))];
  if (!Array.isArray(data)) return unknown('no list of postings in the answer');
  const other = anotherBoard(data.map(namedCompany), target.company);
  if (other) return other;
  // Pages may be shorter than asked for, and than they say: what came is counted.
  const [page, seen] = [amount(note?.page) ?? 1, (amount(note?.seen) ?? 0) + data.length];
  const more = data.length > 0 && total !== null && seen < total;
  return listReading({
    rows: data.map(row => posting(row, target)),
    total,
    later: page > 1,
    follow: more ? [listPage(target, page + 1, seen)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

function posting(row: Json, target: Target): Row {
  const [key, title, status] = [text(at(row, 'id')), text(at(row, 'name')), text(at(row, 'status'))];
  if (!key || !title || !status) return null;
  if ((namedCompany(row) ?? target.company).toLowerCase() !== target.company.toLowerCase()) return 'unlisted';
  if (NOT_OPEN.test(status)) return 'unlisted';
  // A word that nobody has seen must not take a posting off the board.
  if (!/^open$/i.test(status)) return null;
  const url = httpUrl(at(row, 'career_site_url')) ?? `https://${SITE}/${target.company}/${encodeURIComponent(key)}/description`;
  return {
    key,
    title: decodeOnce(title),
    company: text(at(row, 'organization', 'name')),
    department: text(at(row, 'job_family', 'name')),
    places: items(at(row, 'locations')).flatMap(placeOf),
    workMode: at(row, 'remote') === true ? 'remote' : null,
    pay: payOf(at(row, 'compensation')),
    employment: texts(at(row, 'employment_status')),
    posted: dated(at(row, 'created_at'), 'created_at'),
    url,
    applyUrl: httpUrl(at(row, 'application_path'), `https://${SITE}/`) ?? url,
    body: partOf(at(row, 'job_description')),
  };
}

function placeOf(location: Json): RawPlace[] {
  const [city, region] = [text(at(location, 'city')), text(at(location, 'state'))];
  const raw = joinPlace(city, region) || (text(at(location, 'address')) ?? '');
  return raw ? [{ raw, city, region }] : [];
}

/** A range, or one amount; the other of the two is 0 or left over. No currency is told: the system is used in the United States. */
function payOf(pay: Json | undefined): RawPosting['pay'] {
  const names = at(pay, 'is_comp_range') === false ? ['comp_single_amount', 'comp_single_amount'] : ['comp_range_min', 'comp_range_max'];
  const [min, max] = names.map(name => at(pay, name));
  return statedPay({ min, max, currency: 'USD', interval: at(pay, 'comp_period') });
}

function companyIn(url: URL): string | null {
  const path = segments(url);
  const onOwn = tenantOf(url, 'hireology.careers');
  const named = url.hostname === SITE ? path[0] : url.hostname === 'api.hireology.com' && path[2] === 'careers' ? path[3] : onOwn;
  return named && NAME.test(named) ? named : null;
}

function namedCompany(row: Json): string | null {
  const url = URL.parse(text(at(row, 'career_site_url')) ?? '');
  return url ? companyIn(url) : null;
}
