import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type RawPlace, type RawPosting } from '../adapter.ts';
import { at, isObject, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, targetOf, tenantOf } from '../kit/values.ts';

type Target = { company: string };

/** Breezy: one array lists the board with pay in words, posting pages carry JSON-LD. An unknown tenant is sent to the vendor's front page. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'breezy',
  details: true,
  hosts: ['*.breezy.hr'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/i, 'the first part of the host: acme of acme.breezy.hr') }),
  example: { company: 'acme' },
  recognise: url =>
    targetOf('company', tenantOf(url, 'breezy.hr', ['developer', 'marketplace', 'attachments', 'assets-cdn', 'gallery-cdn'])),
  home: ({ company }) => `https://${company}.breezy.hr/`,
  start: target => [{ kind: 'list', url: `${adapter.home(target)}json`, headers: JSON_ONLY }],
  read(page, target) {
    if (page.request.kind === 'detail') return judge(page, { redirect: 'gone' }) ?? readPostingPage(page);
    const opened = openJson(page, { redirect: 'gone' });
    if ('refused' in opened) return opened.refused;
    const { json } = opened;
    if (!Array.isArray(json)) return unknown('no array of positions in the answer');
    return (
      anotherBoard(json.map(namedCompany), target.company) ?? listReading({ rows: json.map(row => stub(row, page)), emptyIsProof: true })
    );
  },
};

function stub(row: Json, page: Page): RawPosting | null {
  const [key, title, url] = [text(at(row, 'id')), text(at(row, 'name')), httpUrl(at(row, 'url'), page.url)];
  if (!key || !title || !url) return null;
  const type = text(at(row, 'type', 'name'));
  const locations = items(at(row, 'locations'));
  // `locations` may be empty while `location` is set.
  const stated = locations.length > 0 ? locations : [at(row, 'location') ?? null];
  return {
    key,
    title,
    company: text(at(row, 'company', 'name')),
    department: text(at(row, 'department')),
    places: stated.map(placeOf).filter(place => place.raw),
    workMode: stated.length > 0 && stated.every(place => at(place, 'is_remote') === true) ? 'remote' : null,
    pay: text(at(row, 'salary')),
    employment: type && type !== 'Other' ? [type] : [],
    posted: dated(at(row, 'published_date'), 'published_date'),
    url,
    applyUrl: url,
    detail: { kind: 'detail', url, key },
  };
}

function placeOf(location: Json): RawPlace {
  if (!isObject(location)) return { raw: '' };
  const city = text(at(location, 'city'));
  const region = text(at(location, 'state', 'id')) ?? text(at(location, 'state', 'name'));
  const country = text(at(location, 'country', 'id')) ?? text(at(location, 'country', 'name'));
  return { raw: text(at(location, 'name')) ?? joinPlace(city, region, country), city, region, country };
}

function namedCompany(row: Json): string | null {
  const url = URL.parse(text(at(row, 'url')) ?? '');
  return url ? tenantOf(url, 'breezy.hr') : null;
}
