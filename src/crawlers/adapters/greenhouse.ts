import { z } from 'zod';
import type { Pay } from '../../posting/posting.ts';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { intervalOf, statedPay, tellsPay } from '../kit/pay.ts';
import { anotherBoard, detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, segments, splitPlaces, targetOf, unescapeHtml, workModeOf } from '../kit/values.ts';

type Target = { board: string };

const BOARD_HOST = /^(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io$/;

/**
 * Greenhouse: one answer holds the whole board with its bodies. An unknown board answers 404. Pay that stands in fields of its own is told by
 * the detail only, so that a posting whose body tells none is worth one request.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'greenhouse',
  hosts: ['boards.greenhouse.io', 'job-boards.greenhouse.io', 'job-boards.eu.greenhouse.io', 'boards-api.greenhouse.io'],
  target: z.strictObject({ board: z.string().min(1) }),
  example: { board: 'acme' },
  recognise: url => targetOf('board', boardOf(url)),
  home: ({ board }) => `https://job-boards.greenhouse.io/${encodeURIComponent(board)}`,
  start: target => [{ kind: 'list', url: `${api(target)}?content=true`, headers: JSON_ONLY }],
  detailOf,
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? readDetail(opened.json, target, page.request.key) : readList(opened.json, target);
  },
};

const api = ({ board }: Target) => `https://boards-api.greenhouse.io/v1/boards/${encodeURIComponent(board)}/jobs`;

function detailOf({ key }: Pick<RawPosting, 'key'>, target: Target): PageRequest {
  return { kind: 'detail', url: `${api(target)}/${encodeURIComponent(key)}?pay_transparency=true`, key, headers: JSON_ONLY };
}

function readList(json: Json, target: Target): PageReading {
  const jobs = at(json, 'jobs');
  if (!Array.isArray(jobs)) return unknown('no list of jobs in the answer');
  const other = anotherBoard(jobs.map(namedBoard), target.board);
  return other ?? listReading({ rows: jobs.map(job => listed(job, target)), total: amount(at(json, 'meta', 'total')) });
}

/** With the request for its pay, when it has a body and neither that nor a field tells it. */
function listed(job: Json, target: Target): RawPosting | null {
  const read = posting(job);
  const html = read?.body?.[0]?.html;
  if (!read || !html || read.pay || tellsPay(html)) return read;
  return { ...read, detail: detailOf(read, target), detailAdds: true };
}

function readDetail(json: Json, target: Target, key: string | undefined): PageReading {
  const read = posting(json);
  if (!read) return unknown('no job in the answer');
  if (key && key !== read.key) return unknown(`the answer is job ${read.key} instead of ${key}`);
  return anotherBoard([namedBoard(json)], target.board) ?? detailReading(read);
}

function posting(job: Json): RawPosting | null {
  const [key, title] = [text(at(job, 'id')), text(at(job, 'title'))];
  const url = httpUrl(at(job, 'absolute_url'));
  if (!key || !title || !url) return null;
  const place = text(at(job, 'location', 'name'));
  const content = text(at(job, 'content'));
  return {
    key,
    title,
    company: text(at(job, 'company_name')),
    department: text(at(job, 'departments', 0, 'name')),
    requisition: text(at(job, 'requisition_id')),
    places: placesOf(job, place),
    workMode: workModeOf(place) ?? fieldsOf(job, MODE_FIELD).map(workModeOf).find(Boolean) ?? null,
    pay: payIn(job),
    employment: fieldsOf(job, EMPLOYMENT_FIELD),
    posted: dated(at(job, 'first_published'), 'first_published'),
    closes: dated(at(job, 'application_deadline'), 'application_deadline'),
    url,
    applyUrl: url,
    // The interface escapes the HTML once; a second round only serves boards whose own editor escaped it as well.
    body: content ? [{ html: unescapeHtml(content) }] : [],
  };
}

/** The free-text place; where it is only a work model (`Hybrid`), the offices say the city. */
function placesOf(job: Json, place: string | null): RawPlace[] {
  if (place && !workModeOf(place)) return splitPlaces(place).map(raw => ({ raw }));
  const offices = items(at(job, 'offices'))
    .map(office => text(at(office, 'location')) ?? text(at(office, 'name')))
    .filter(raw => raw !== null);
  return offices.length > 0 ? offices.map(raw => ({ raw })) : place ? [{ raw: place }] : [];
}

const EMPLOYMENT_FIELD = /^(?:employment|job|position) type$|^time type$/i;
const MODE_FIELD = /^(?:location|workplace|work ?place|work location|work) (?:type|model|mode|arrangement)$|^remote(?: work)?$/i;

/** `metadata` holds whatever fields an employer made; the name says which one is the employment type and which one the work model. */
function fieldsOf(job: Json, name: RegExp): string[] {
  const fields = items(at(job, 'metadata')).filter(field => name.test(text(at(field, 'name')) ?? ''));
  return fields.flatMap(field => [at(field, 'value')].flat()).flatMap(value => texts(value));
}

/** Cents, and no interval but in the title's words: without one the figures go out as text. */
function payIn(job: Json): Pay | string | null {
  const range = items(at(job, 'pay_input_ranges')).find(row => amount(at(row, 'min_cents')) || amount(at(row, 'max_cents')));
  if (!range) return null;
  const major = (field: string) => (amount(at(range, field)) ?? 0) / 100 || null;
  const [min, max, currency, title] = [major('min_cents'), major('max_cents'), text(at(range, 'currency_type')), text(at(range, 'title'))];
  if (intervalOf(title)) return statedPay({ min, max, currency, interval: title });
  const figures = [min, max].filter(figure => figure !== null).join(' - ');
  return currency ? `${title ? `${title}: ` : ''}${figures} ${currency}` : null;
}

function boardOf(url: URL): string | null {
  const [first, second, third] = segments(url);
  if (/^(?:boards-)?api(?:\.eu)?\.greenhouse\.io$/.test(url.hostname))
    return first === 'v1' && second === 'boards' ? (third ?? null) : null;
  if (!BOARD_HOST.test(url.hostname)) return null;
  return first === 'embed' ? url.searchParams.get('for') : (first ?? null);
}

/** The board a job's address names. The employer's own domain (`?gh_jid=`) names none. */
function namedBoard(job: Json): string | null {
  const url = URL.parse(text(at(job, 'absolute_url')) ?? '');
  return url ? boardOf(url) : null;
}
