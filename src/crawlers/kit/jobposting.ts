import type { Pay } from '../../posting/posting.ts';
import type { BodyPart, RawDate, RawPlace, RawPosting } from '../adapter.ts';
import { amount, at, isObject, items, type Json, type JsonObject, text } from './json.ts';
import { intervalOf, statedPay } from './pay.ts';
import { decodeOnce, distinctPlaces, hasTags, httpUrl, joinPlace, placeIn, unescapeHtml } from './values.ts';

/**
 * A schema.org JobPosting as sites write it (scalars for objects, objects for scalars, arrays for either), or null without a title.
 * `pageUrl` is where it stood; an `url` of its own counts only on the same host.
 */
export function postingOf(job: JsonObject, pageUrl: string, key: string | null = null): RawPosting | null {
  const title = words(job.title) ?? words(job.name);
  if (!title) return null;
  const requisition = identifierOf(job.identifier);
  const own = httpUrl(one(job.url), pageUrl);
  const url = own && URL.parse(own)?.host === URL.parse(pageUrl)?.host ? own : pageUrl;
  const posted = dateOf(job, 'datePosted');
  const remote = all(job.jobLocationType).some(type => /^telecommute$/i.test(text(type) ?? ''));
  return {
    key: key ?? requisition ?? url,
    title,
    company: all(job.hiringOrganization).map(nameOf).find(Boolean) ?? null,
    department: null,
    requisition,
    places: placesOf(job),
    workMode: remote ? 'remote' : null,
    pay: payIn(job),
    employment: all(job.employmentType).flatMap(type => (text(type) ?? '').split(/\s*,\s*/).filter(Boolean)),
    posted,
    closes: closesOf(job, posted),
    url,
    applyUrl: null,
    body: bodyOf(job),
  };
}

/** The number, text or PropertyValue an employer knows the posting by. */
export function identifierOf(identifier: Json | undefined): string | null {
  for (const given of all(identifier)) {
    const value = isObject(given) ? (text(one(given.value)) ?? text(one(given['@id']))) : text(given);
    if (value) return value;
  }
  return null;
}

/** A value that may be an array, as an array; null and absence are none. */
function all(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? items(value) : [value];
}

const one = (value: Json | undefined): Json | undefined => all(value)[0];

/** An entity that is left after decoding: no title nor name means to show one. */
const STILL_ESCAPED = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});/i;

/** One line of text with entities decoded, twice where they were escaped twice; what sites put where they have nothing to say is null. */
function words(value: Json | undefined): string | null {
  const said = text(one(value));
  if (!said || /^(?:unavailable|n\/?a|null|undefined|-)$/i.test(said)) return null;
  const once = decodeOnce(said);
  return (STILL_ESCAPED.test(once) ? decodeOnce(once) : once).replace(/\s+/g, ' ').trim() || null;
}

function nameOf(value: Json | undefined): string | null {
  return isObject(value) ? (words(value.name) ?? words(value.legalName)) : words(value);
}

/** Zero dates are no dates; all others go out as written, each site in its own form. */
function dateOf(job: JsonObject, from: string): RawDate | null {
  const value = text(one(job[from]));
  return !value || /^0{4}|^0001-01-01|^invalid/i.test(value) ? null : { value, from };
}

/** An end before the beginning is one of the two wrong: then nothing is said about the end. */
function closesOf(job: JsonObject, posted: RawDate | null): RawDate | null {
  const closes = dateOf(job, 'validThrough');
  if (!closes || !posted) return closes;
  const [end, begin] = [Date.parse(String(closes.value)), Date.parse(String(posted.value))];
  return end < begin ? null : closes;
}

function placesOf(job: JsonObject): RawPlace[] {
  const stated = all(job.jobLocation).map(placeOf);
  // Several names over one and the same address: the address was copied, the names are true.
  const copied = new Set(stated.map(place => place.address.raw)).size === 1 && new Set(stated.map(place => place.name)).size > 1;
  const places = stated.map(({ name, address }) => (name && (copied || !address.raw) ? placeIn(name, address.country ?? null) : address));
  const known = distinctPlaces(places.filter(({ raw }) => raw !== ''));
  return known.length > 0 ? known : all(job.applicantLocationRequirements).flatMap(areaOf);
}

function placeOf(location: Json): { name: string | null; address: RawPlace } {
  if (!isObject(location)) return { name: null, address: { raw: words(location) ?? '' } };
  // Some sites write the address where the place should be.
  const given = one(location.address) ?? location;
  if (!isObject(given)) return { name: words(location.name), address: { raw: words(given) ?? '' } };
  const [city, region] = [words(given.addressLocality), words(given.addressRegion)];
  const country = nameOf(one(given.addressCountry));
  return { name: words(location.name), address: { raw: joinPlace(city, region, country), city, region, country } };
}

/** Where an applicant must live: a country, a state, or a text. */
function areaOf(area: Json): RawPlace[] {
  const raw = nameOf(area);
  if (!raw) return [];
  const type = isObject(area) ? text(one(area['@type'])) : null;
  return [{ raw, ...(type === 'Country' ? { country: raw } : type === 'State' ? { region: raw } : {}) }];
}

/** Figures with a unit and a currency become pay; without one of the two they go out as text; figures that cannot be true are left out. */
function payIn(job: JsonObject): Pay | string | null {
  const salary = one(job.baseSalary);
  if (typeof salary === 'string' && amount(salary) === null) return words(salary);
  // Some write the whole pay where its currency belongs: `USD $38.00 - USD $46.50 /Hr.`.
  const misplaced = text(one(job.salaryCurrency));
  if (salary === undefined && misplaced && /\d/.test(misplaced)) return words(misplaced);
  const value = isObject(salary) ? (one(salary.value) ?? salary) : salary;
  const pick = (name: string) => text(one(at(value, name))) ?? text(one(at(salary, name)));
  const single = isObject(value) ? one(value.value) : value;
  const [min, max] = [pick('minValue') ?? text(single), pick('maxValue') ?? text(single)];
  const currency = text(one(at(salary, 'currency'))) ?? pick('currency') ?? text(one(job.salaryCurrency));
  const interval = pick('unitText') ?? pick('unitCode');
  if (currency && intervalOf(interval)) return statedPay({ min, max, currency, interval });
  const figures = [...new Set([min, max].filter(figure => figure !== null && amount(figure) !== 0))];
  return figures.length > 0 ? [currency, figures.join(' - '), interval && `per ${interval.toLowerCase()}`].filter(Boolean).join(' ') : null;
}

const PARTS: readonly [field: string, heading: string | null][] = [
  ['description', null],
  ['responsibilities', 'Responsibilities'],
  ['qualifications', 'Qualifications'],
  ['skills', 'Skills'],
  ['educationRequirements', 'Education'],
  ['experienceRequirements', 'Experience'],
  ['physicalRequirement', 'Physical requirements'],
  ['jobBenefits', 'Benefits'],
  ['incentiveCompensation', 'Compensation'],
];

/** The description and what stands in fields of its own, unless the description holds it already. */
function bodyOf(job: JsonObject): BodyPart[] {
  const parts: BodyPart[] = [];
  let said = '';
  for (const [field, heading] of PARTS) {
    const part = partOf(all(job[field]));
    const plain = plainOf(part?.html ?? part?.text ?? '');
    if (!part || plain === '' || said.includes(plain)) continue;
    said += ` ${plain}`;
    parts.push(heading ? { heading, ...part } : part);
  }
  return parts;
}

function partOf(values: Json[]): BodyPart | null {
  const texts = values.flatMap(value => {
    const said = isObject(value)
      ? (text(value.credentialCategory) ?? text(value.description) ?? monthsOf(value) ?? text(value.name))
      : text(value);
    return said ? [said] : [];
  });
  if (texts.length === 0) return null;
  const bodies = texts.map(body => unescapeHtml(unslash(body)));
  if (bodies.some(hasTags)) return { html: bodies.join('\n') };
  return { text: bodies.map(body => decodeOnce(body)).join('\n') };
}

function monthsOf(value: JsonObject): string | null {
  const months = amount(value.monthsOfExperience);
  return months ? `${months} months of experience` : null;
}

/** Line breaks that were escaped twice stand as backslash and letter. */
function unslash(body: string): string {
  return (body.match(/\\n/g)?.length ?? 0) > 1 ? body.replace(/\\r/g, '').replace(/\\n/g, '\n') : body;
}

function plainOf(body: string): string {
  return decodeOnce(body.replace(/<[^<>]*>/g, ' '))
    .replace(/[\s\u00A0]+/g, ' ')
    .trim()
    .toLowerCase();
}
