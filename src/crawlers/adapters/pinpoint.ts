import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type RawPlace, type RawPosting } from '../adapter.ts';
import { at, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { payAt } from '../kit/pay.ts';
import { anotherBoard, listReading, openJson, unknown } from '../kit/reading.ts';
import { countryIn, dated, httpUrl, joinPlace, segments, targetOf, tenantOf, workModeOf } from '../kit/values.ts';

type Target = { company: string };

/** Pinpoint: one answer holds the whole board with bodies in four parts. It has no posting date. What an unknown tenant answers is not known. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'pinpoint',
  hosts: ['*.pinpointhq.com'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/i, 'the first part of the host: acme of acme.pinpointhq.com') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', tenantOf(url, 'pinpointhq.com', ['support', 'developers', 'status'])),
  home: ({ company }) => `https://${company}.pinpointhq.com/`,
  // The board may have moved to the employer's own domain.
  start: target => [{ kind: 'list', url: `${adapter.home(target)}postings.json`, headers: JSON_ONLY, redirects: 'site' }],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    const { json } = opened;
    const data = Array.isArray(json) ? json : at(json, 'data');
    if (!Array.isArray(data)) return unknown('no list of postings in the answer');
    return anotherBoard(data.map(namedCompany), target.company) ?? listReading({ rows: data.map(row => posting(row, target)) });
  },
};

const PARTS: readonly [field: string, header: string | null][] = [
  ['description', null],
  ['key_responsibilities', 'key_responsibilities_header'],
  ['skills_knowledge_expertise', 'skills_knowledge_expertise_header'],
  ['benefits', 'benefits_header'],
];

function posting(row: Json, target: Target): RawPosting | null {
  const [id, title] = [text(at(row, 'id')), text(at(row, 'title'))];
  const url = httpUrl(at(row, 'url')) ?? httpUrl(at(row, 'path'), adapter.home(target));
  if (!id || !title || !url) return null;
  return {
    // The last part of the address, a uuid, is the posting; `id` counts something else.
    key: segments(new URL(url)).at(-1) ?? id,
    title,
    department: text(at(row, 'job', 'department', 'name')),
    requisition: text(at(row, 'job', 'requisition_id')),
    places: placesOf(at(row, 'location')),
    workMode: workModeOf(at(row, 'workplace_type')),
    pay: payIn(row),
    employment: texts(text(at(row, 'employment_type')) ?? text(at(row, 'employment_type_text'))),
    // The last day to apply: other crawlers take it for the posting date.
    closes: dated(at(row, 'deadline_at'), 'deadline_at'),
    url,
    applyUrl: url,
    body: PARTS.flatMap(([field, header]): BodyPart[] => {
      const [html, heading] = [text(at(row, field)), header && text(at(row, header))];
      return html ? [{ ...(heading ? { heading } : {}), html }] : [];
    }),
  };
}

/** `name` may be just "Remote" while the city is that of the office. */
function placesOf(location: Json | undefined): RawPlace[] {
  const [name, city, region] = ['name', 'city', 'province'].map(field => text(at(location, field)));
  const raw = name && !workModeOf(name) ? name : joinPlace(city, region);
  // There is no country field; the name may say it.
  return raw ? [{ raw, city, region, country: countryIn(raw) }] : name ? [{ raw: name }] : [];
}

/** What the employer chose not to show is not shown. */
function payIn(row: Json): RawPosting['pay'] {
  if (at(row, 'compensation_visible') !== true) return null;
  const stated = payAt(row, 'compensation_minimum', 'compensation_maximum', 'compensation_currency', 'compensation_frequency');
  return stated ?? text(at(row, 'compensation'));
}

function namedCompany(row: Json): string | null {
  const url = URL.parse(text(at(row, 'url')) ?? '');
  return url ? tenantOf(url, 'pinpointhq.com') : null;
}
