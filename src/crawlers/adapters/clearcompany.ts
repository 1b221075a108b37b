import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { anotherBoard, listReading, openJson, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, segments, tenantOf } from '../kit/values.ts';

type Target = { site: string; company?: string };

const HOST = 'careers-api.clearcompany.com';

/**
 * ClearCompany's answer for one career site, which employers embed by its number: whole postings, and how many there are. The vendor's
 * other hosts refuse robots; a ClearCompany board without such a site is read where it is shown, which is hrmdirect. Other answers of this
 * vendor are empty for employers who left and for some who hire, so that nothing found proves nothing.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'clearcompany',
  hosts: [HOST],
  target: z.strictObject({
    site: z.guid(),
    company: z
      .string()
      .regex(/^[a-z0-9-]+$/i, 'the first part of the host its postings are at: acme of acme.clearcompany.com')
      .optional(),
  }),
  example: { site: '3f0c7a52-6b1d-4e98-8a47-d25e90b7c613' },
  recognise(url) {
    const parsed = adapter.target.safeParse({ site: siteIn(url)?.toLowerCase() });
    return parsed.success ? parsed.data : null;
  },
  home: ({ site }) => `https://${HOST}/v1/${site}`,
  // Asked without a page number it answers the whole board at once.
  start: target => [{ kind: 'list', url: adapter.home(target), headers: JSON_ONLY }],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    return page.request.kind === 'detail' ? unknown('the list holds the whole posting') : readList(opened.json, target);
  },
};

/** The answer's own address, or that of the script an employer's page embeds. */
function siteIn(url: URL): string | null {
  const [version, site] = segments(url);
  if (url.hostname === HOST) return version === 'v1' ? (site ?? null) : null;
  if (url.hostname !== 'careers-content.clearcompany.com') return null;
  return url.searchParams.get('siteId') ?? url.searchParams.get('siteid');
}

function readList(json: Json, target: Target): PageReading {
  const [results, total] = [at(json, 'results'), amount(at(json, 'totalCount'))];
  if (!Array.isArray(results)) return unknown('no list of results in the answer');
  const named = results.map(companyIn);
  const companies = [...new Set(named.filter(company => company !== null))];
  const asked = target.company?.toLowerCase() ?? companies[0] ?? '';
  const other = anotherBoard(named, asked);
  if (other) return other;
  if (!target.company && companies.length > 1) return unknown(`rows of several employers: ${companies.slice(0, 3).join(', ')}`);
  const reading = listReading({
    rows: results.map((row, index) => (named[index] === asked ? posting(row) : null)),
    total,
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
  return reading.marker === 'empty' ? unknown('no postings, which does not prove that there are none', { total }) : reading;
}

function posting(row: Json): RawPosting | null {
  const [key, title, applyUrl] = [text(at(row, 'id')), text(at(row, 'positionTitle')), httpUrl(at(row, 'applyLink'))];
  if (!key || !title || !applyUrl) return null;
  const locations = items(at(row, 'locations'));
  const remote = locations.length > 0 && locations.every(location => at(location, 'isRemote') === true);
  return {
    key,
    title,
    company: text(at(row, 'brandName')),
    department: text(at(row, 'departmentName')),
    places: placesOf(row, locations),
    workMode: remote ? 'remote' : null,
    posted: dated(at(row, 'postedDate'), 'postedDate') ?? dated(at(row, 'openDate'), 'openDate'),
    url: applyUrl.replace(/\/apply\/?$/, ''),
    applyUrl,
    body: partOf(at(row, 'description')),
  };
}

/** Where no town is told, the row's own words say more than the country: `Remote (US)`. */
function placesOf(row: Json, locations: readonly Json[]): RawPlace[] {
  const words = text(at(row, 'location')) ?? text(at(row, 'officeName'));
  const places = locations.flatMap((location): RawPlace[] => {
    const [city, region, country] = ['city', 'subdivision', 'country'].map(name => text(at(location, name)));
    const raw = city || region ? joinPlace(city, region, country) : (words ?? country);
    return raw ? [{ raw, city, region, country }] : [];
  });
  if (places.length === 0) return words ? [{ raw: words }] : [];
  return places.filter((place, index) => places.findIndex(({ raw }) => raw === place.raw) === index);
}

/** The employer whose host a row is applied for at. */
function companyIn(row: Json): string | null {
  const url = URL.parse(text(at(row, 'applyLink')) ?? '');
  return url ? tenantOf(url, 'clearcompany.com') : null;
}
