import { z } from 'zod';
import type { EmploymentType, WorkMode } from '../../posting/posting.ts';
import { type Adapter, type BodyPart, DEFAULTS, type RawPlace } from '../adapter.ts';
import { at, isObject, items, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, detailReading, listReading, openJson, type Row, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, tenantOf } from '../kit/values.ts';

type Target = { host: string };

/** Recruitee: one answer holds the whole board, on the tenant's host or the employer's own domain. An unknown tenant answers 404. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'recruitee',
  hosts: ['*.recruitee.com'],
  target: z.strictObject({ host: z.hostname() }),
  example: { host: 'acme.recruitee.com' },
  recognise: url => (tenantOf(url, 'recruitee.com', ['docs', 'support', 'careers-page']) ? { host: url.hostname.toLowerCase() } : null),
  home: ({ host }) => `https://${host}/`,
  // The vendor's host may lead to the employer's own domain, and back.
  start: ({ host }) => [{ kind: 'list', url: `https://${host}/api/offers/`, headers: JSON_ONLY, redirects: 'site' }],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') {
      const offer = at(opened.json, 'offer') ?? opened.json;
      const read = row(offer, target);
      return read === null || read === 'unlisted' ? unknown('no published offer in the answer') : detailReading(read);
    }
    const offers = at(opened.json, 'offers');
    if (!Array.isArray(offers)) return unknown('no list of offers in the answer');
    const other = target.host.endsWith('.recruitee.com') ? anotherBoard(offers.map(namedHost), target.host) : null;
    return other ?? listReading({ rows: offers.map(offer => row(offer, target)), emptyIsProof: true });
  },
};

function row(offer: Json, target: Target): Row {
  const [key, title] = [text(at(offer, 'id')), text(at(offer, 'title'))];
  const status = text(at(offer, 'status'));
  if (status && status !== 'published') return 'unlisted';
  if (!key || !title) return null;
  const url = httpUrl(at(offer, 'careers_url')) ?? `https://${target.host}/o/${encodeURIComponent(text(at(offer, 'slug')) ?? key)}`;
  return {
    key,
    title,
    company: text(at(offer, 'company_name')),
    department: text(at(offer, 'department')),
    places: placesOf(offer),
    workMode: modeOf(offer),
    // Figures are texts here, and the object is there even when all four parts are null.
    pay: payAt(at(offer, 'salary'), 'min', 'max', 'currency', 'period'),
    employment: employmentOf(text(at(offer, 'employment_type_code'))),
    // Dates are `YYYY-MM-DD HH:MM:SS UTC` here.
    posted: dated(at(offer, 'published_at'), 'published_at') ?? dated(at(offer, 'created_at'), 'created_at'),
    closes: dated(at(offer, 'close_at'), 'close_at'),
    url,
    applyUrl: httpUrl(at(offer, 'careers_apply_url')) ?? `${url}/c/new`,
    body: bodyOf(offer),
  };
}

function bodyOf(offer: Json): BodyPart[] {
  return ['description', 'requirements'].flatMap(name => {
    const html = text(at(offer, name));
    return html ? [{ ...(name === 'requirements' ? { heading: 'Requirements' } : {}), html }] : [];
  });
}

function placesOf(offer: Json): RawPlace[] {
  const places = items(at(offer, 'locations')).map(place => placeOf(place, 'state'));
  if (places.some(place => place.raw)) return places.filter(place => place.raw);
  const own = placeOf(offer, 'state_name');
  const raw = text(at(offer, 'location')) ?? own.raw;
  return raw ? [{ ...own, raw }] : [];
}

function placeOf(place: Json, stateField: string): RawPlace {
  const [city, region, country] = ['city', stateField, 'country'].map(name => (isObject(place) ? text(at(place, name)) : null));
  const raw = joinPlace(city, region, country) || text(at(place, 'name')) || '';
  return { raw, city, region, country: text(at(place, 'country_code')) ?? country };
}

/** Three flags, of which several may be set: hybrid is the one that says so itself. */
function modeOf(offer: Json): WorkMode | null {
  const [remote, hybrid, onSite] = ['remote', 'hybrid', 'on_site'].map(name => at(offer, name) === true);
  if (hybrid) return 'hybrid';
  if (remote && onSite) return null;
  return remote ? 'remote' : onSite ? 'onsite' : null;
}

/** `fulltime_permanent`, `parttime_fixed_term`, `freelance`, `traineeship`. A code that is not known goes out as it is. */
function employmentOf(code: string | null): (EmploymentType | string)[] {
  if (!code) return [];
  const types: EmploymentType[] = [];
  if (code.startsWith('fulltime')) types.push('full_time');
  if (code.startsWith('parttime')) types.push('part_time');
  if (code.includes('fixed_term')) types.push('temporary');
  if (/freelance/.test(code)) types.push('freelance');
  if (/traineeship|internship/.test(code)) types.push('internship');
  return types.length > 0 ? types : [code];
}

function namedHost(offer: Json): string | null {
  const url = URL.parse(text(at(offer, 'careers_url')) ?? '');
  return url && tenantOf(url, 'recruitee.com') ? url.hostname : null;
}
