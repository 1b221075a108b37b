import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, detailReading, listReading, openJson, unknown } from '../kit/reading.ts';
import { httpUrl, placeIn, segments, workModeOf } from '../kit/values.ts';

type Target = { site: string; eu?: boolean };

const PAGE = 100;

/** Lever: pages of a bare array, bodies in several parts. An unknown site answers 404, so an empty array is an empty board. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'lever',
  hosts: ['jobs.lever.co', 'jobs.eu.lever.co', 'api.lever.co', 'api.eu.lever.co'],
  target: z.strictObject({ site: z.string().min(1), eu: z.boolean().optional() }),
  example: { site: 'acme' },
  recognise(url) {
    const site = siteOf(url);
    if (!site) return null;
    return url.hostname.includes('.eu.') ? { site, eu: true } : { site };
  },
  home: ({ site, eu }) => `https://jobs${eu ? '.eu' : ''}.lever.co/${encodeURIComponent(site)}`,
  start: target => [listPage(target, 0)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return readDetail(opened.json, target);
    return readList(opened.json, target, amount(page.request.note?.skip) ?? 0);
  },
};

/** `mode=json` decides the form of the answer: without it a browser-like Accept header gets HTML. */
function listPage({ site, eu }: Target, skip: number): PageRequest {
  const host = `https://api${eu ? '.eu' : ''}.lever.co`;
  return {
    kind: 'list',
    url: `${host}/v0/postings/${encodeURIComponent(site)}?mode=json&limit=${PAGE}&skip=${skip}`,
    headers: JSON_ONLY,
    note: { skip },
  };
}

function readList(json: Json, target: Target, skip: number): PageReading {
  if (!Array.isArray(json))
    return unknown(text(at(json, 'error')) ? `the board answers: ${text(at(json, 'error'))}` : 'no array of postings');
  const follow = json.length >= PAGE ? [listPage(target, skip + PAGE)] : [];
  const other = anotherBoard(json.map(namedSite), target.site);
  return other ?? listReading({ rows: json.map(row => posting(row)), emptyIsProof: true, later: skip > 0, follow });
}

function readDetail(json: Json, target: Target): PageReading {
  const read = posting(json);
  if (!read) return unknown('no posting in the answer');
  return anotherBoard([namedSite(json)], target.site) ?? detailReading(read);
}

function posting(row: Json): RawPosting | null {
  const [key, title] = [text(at(row, 'id')), text(at(row, 'text'))];
  const url = httpUrl(at(row, 'hostedUrl'));
  if (!key || !title || !url) return null;
  const created = amount(at(row, 'createdAt'));
  return {
    key,
    title,
    company: null,
    department: text(at(row, 'categories', 'department')) ?? text(at(row, 'categories', 'team')),
    places: placesOf(row),
    workMode: workModeOf(at(row, 'workplaceType')),
    pay: payIn(row),
    employment: texts(at(row, 'categories', 'commitment')),
    // When it was created, not when it was published: a posting of three years ago may be open today.
    posted: created ? { value: created, from: 'createdAt' } : null,
    url,
    applyUrl: httpUrl(at(row, 'applyUrl')) ?? `${url}/apply`,
    body: bodyOf(row),
  };
}

function placesOf(row: Json): RawPlace[] {
  const all = items(at(row, 'categories', 'allLocations')).map(text);
  const raws = new Set([text(at(row, 'categories', 'location')), ...all].filter(raw => raw !== null));
  const country = text(at(row, 'country'));
  // The country belongs to the posting, so it is only sure where there is one place.
  return [...raws].map(raw => placeIn(raw, raws.size === 1 ? country : null));
}

/** `description` is opening and body; the lists and the closing part stand beside it. A list's content is bare `<li>` items. */
function bodyOf(row: Json): BodyPart[] {
  const parts: BodyPart[] = [];
  const description = part(row, 'description');
  if (description) parts.push(description);
  else for (const name of ['opening', 'descriptionBody']) parts.push(...[part(row, name)].filter(found => found !== null));
  for (const list of items(at(row, 'lists'))) {
    const content = text(at(list, 'content'));
    if (!content) continue;
    const heading = text(at(list, 'text'));
    parts.push({ ...(heading ? { heading } : {}), html: /^\s*<li[\s>]/i.test(content) ? `<ul>${content}</ul>` : content });
  }
  for (const name of ['additional', 'salaryDescription']) parts.push(...[part(row, name)].filter(found => found !== null));
  return parts;
}

function part(row: Json, name: string): BodyPart | null {
  const html = text(at(row, name));
  if (html) return { html };
  const plain = text(at(row, `${name}Plain`));
  return plain ? { text: plain } : null;
}

function payIn(row: Json): RawPosting['pay'] {
  return payAt(at(row, 'salaryRange'), 'min', 'max', 'currency', 'interval') ?? text(at(row, 'salaryDescriptionPlain'));
}

function siteOf(url: URL): string | null {
  const path = segments(url);
  if (/^jobs\.(?:eu\.)?lever\.co$/.test(url.hostname)) return path[0] ?? null;
  if (/^api\.(?:eu\.)?lever\.co$/.test(url.hostname)) return path[1] === 'postings' ? (path[2] ?? null) : null;
  return null;
}

function namedSite(row: Json): string | null {
  const url = URL.parse(text(at(row, 'hostedUrl')) ?? '');
  return url ? siteOf(url) : null;
}
