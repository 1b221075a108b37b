import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type PageRequest, type RawPlace } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { withoutImageData } from '../kit/image-data.ts';
import { amount, at, isObject, items, type Json, text, texts, textsIn } from '../kit/json.ts';
import { listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, joinPlace, segments, targetOf } from '../kit/values.ts';

type Target = { site: string };

const HOST = 'pm.healthcaresource.com';
const SITE = /^[\w-]+$/;
/** Texts may hold whole images, so that a thousand postings can be more than is read of one answer. */
const PAGE = 100;
/** Word for word what the career site itself asks: the service looks into the query, and refuses some others. */
const QUERY = {
  query: { bool: { must: { match_all: {} }, should: { match: { 'userArea.isFeaturedJob': { query: true, boost: 1 } } } } },
  sort: { 'title.raw': 'asc' },
};

/** Notes and names of the staff. */
const OF_THE_STAFF = ['customRequisitionFieldValues', 'contactInfo'];

/**
 * symplr Recruiting, before HealthcareSource: POST pages of a search index whose hits hold the whole posting. What an unknown site answers is
 * not known. `customRequisitionFieldValues` and `contactInfo` of a hit hold notes of the staff: they are never read, and no recording keeps them.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'symplr',
  hosts: ['*.healthcaresource.com'],
  target: z.strictObject({ site: z.string().regex(SITE, 'the word behind /CS/ in the address') }),
  example: { site: 'acme' },
  recognise: url => targetOf('site', siteOf(url)),
  home: ({ site }) => `https://${HOST}/CS/${site}`,
  start: target => [listPage(target, 0, null)],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    return readList(opened.json, target, page.request.note);
  },
};

function listPage({ site }: Target, from: number, client: string | null): PageRequest {
  return {
    kind: 'list',
    method: 'POST',
    url: `https://${HOST}/JobseekerSearchAPI/${site}/api/Search?size=${PAGE}${from > 0 ? `&from=${from}` : ''}`,
    headers: { accept: 'application/json', 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(from > 0 ? { ...QUERY, from } : QUERY),
    // A redirect would turn the POST into a GET of something else.
    redirects: 'none',
    unrecorded: OF_THE_STAFF,
    note: { from, client },
  };
}

function readList(json: Json, target: Target, note: PageRequest['note']): PageReading {
  const hits = at(json, 'hits', 'hits');
  if (!Array.isArray(hits)) return unknown('no list of hits in the answer');
  const from = amount(note?.from) ?? 0;
  const total = amount(at(json, 'hits', 'total', 'value')) ?? amount(at(json, 'hits', 'total'));
  if (from === 0 && hits.length === 0 && total === 0) {
    return unknown('nothing found, which may also be the answer for a site that does not exist', { total });
  }
  const clients = [...new Set(textsIn([note?.client, ...hits.map(hit => idOf(hit)?.client)]))];
  if (clients.length > 1) return unknown(`the answer belongs to more than one client: ${clients.slice(0, 3).join(', ')}`);
  const next = from + hits.length;
  const more = hits.length > 0 && total !== null && next < total;
  return listReading({
    rows: hits.map(hit => posting(hit, target)),
    total,
    later: from > 0,
    follow: more ? [listPage(target, next, clients[0] ?? null)] : [],
    shortfall: shortfallOf(json, total),
  });
}

function shortfallOf(json: Json, total: number | null): string | null {
  if (total === null) return 'the answer does not say how many postings there are';
  return at(json, 'hits', 'total', 'relation') === 'gte' ? `the answer says only that there are ${total} postings or more` : null;
}

/** `2358_10535`: the client's number, which is not the site, and the posting's, which its address ends with. */
function idOf(hit: Json): { key: string; client: string; number: string } | null {
  const [key, client, number] = /^(\d+)_(\d+)$/.exec(text(at(hit, '_id')) ?? '') ?? [];
  return key && client && number ? { key, client, number } : null;
}

function posting(hit: Json, target: Target): Row {
  const source = at(hit, '_source');
  const area = at(source, 'userArea');
  const [id, title] = [idOf(hit), text(at(source, 'title')) ?? text(at(source, 'name'))];
  if (!id || !title || !isObject(area)) return null;
  if (at(area, 'isInternalOnly') === true || at(area, 'active') === false) return 'unlisted';
  const [company, , ...below] = organizations(at(source, 'hiringOrganization'));
  return {
    key: id.key,
    title,
    company: company ?? null,
    department: below.findLast(Boolean) ?? text(at(source, 'occupationalCategory')),
    requisition: text(at(area, 'requisitionNumber')),
    places: placesOf(at(source, 'jobLocation', 'address')),
    pay: payIn(area),
    employment: texts(at(source, 'employmentType')),
    posted: dated(at(source, 'datePosted'), 'datePosted'),
    url: `${adapter.home(target)}/#/job/${id.number}`,
    body: bodyOf(area),
  };
}

/** The names of an organization and of what is nested in it: the employer, the facility, the department. */
function organizations(organization: Json | undefined): (string | null)[] {
  const names: (string | null)[] = [];
  for (let here = organization; isObject(here) && names.length < 5; here = at(here, 'subOrganization')) names.push(text(at(here, 'name')));
  return names;
}

function placesOf(address: Json | undefined): RawPlace[] {
  const [city, region, both] = ['addressLocality', 'addressRegion', 'addressLocalityRegion'].map(name => text(at(address, name)));
  const raw = both ?? joinPlace(city, region);
  return raw ? [{ raw, city, region }] : [];
}

/** The field of pay, or the one a hospital made for itself. The pay type beside it is not read: `Annually` stands beside hourly figures. */
function payIn(area: Json): string | null {
  const custom = at(area, 'customJobPostingFieldValues');
  const fields = isObject(custom) ? Object.values(custom).flatMap(items) : [];
  const own = fields.find(field => /^salary range$/i.test(text(at(field, 'name')) ?? ''));
  return payWords(at(area, 'salaryRange')) ?? payWords(at(own, 'value'));
}

/** `13.5800 Through 20.3700` as people write it. `0.00` and `To Be Determined` say nothing. */
function payWords(value: Json | undefined): string | null {
  const said = text(value);
  return said && /[1-9]/.test(said) ? said.replace(/ through /i, ' - ').replace(/(\.\d\d)\d+/g, '$1') : null;
}

/** `jobSummary` is the same without markup, and with a # for whatever it could not write. */
function bodyOf(area: Json): BodyPart[] {
  const display = partOf(withoutImageData(text(at(area, 'jobSummaryDisplay')) ?? ''));
  return display.length > 0 ? display : partOf(at(area, 'jobSummary'));
}

function siteOf(url: URL): string | null {
  if (!url.hostname.toLowerCase().endsWith('.healthcaresource.com')) return null;
  const [first, site] = segments(url);
  return /^(?:cs|jobseekersearchapi)$/i.test(first ?? '') && site && SITE.test(site) ? site : null;
}
