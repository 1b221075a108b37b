import type { CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseLoosely } from './lenient-json.ts';

/** The JobPosting objects of a page as their site wrote them, and how many scripts could not be read. */
export type Found = { postings: JsonObject[]; broken: string[] };

const MAX_DEPTH = 50;
const MAX_NODES = 50_000;

/** Every JobPosting in a page's JSON-LD scripts. One broken script does not hide a good one. */
export function findJobPostings($: CheerioAPI): Found {
  const found: Found = { postings: [], broken: [] };
  for (const script of $('script[type*="ld+json" i]').toArray()) {
    const source = $(script).html() ?? '';
    const parsed = parseLoosely(source);
    if ('why' in parsed) found.broken.push(parsed.why);
    else found.postings.push(...jobPostingsIn(parsed.json));
  }
  return found;
}

/** Whether a schema.org `@type` names JobPosting: plain, as an address, prefixed, or one of several. */
function isJobPosting(type: Json | undefined): boolean {
  const types = Array.isArray(type) ? type : [type];
  return types.some(name => typeof name === 'string' && /^(?:https?:\/\/schema\.org\/|schema:)?JobPosting$/.test(name));
}

/** JobPostings wherever they stand: top level, array, `@graph`, `mainEntity`, `itemListElement[].item`. No remote context is ever looked at. */
function jobPostingsIn(json: Json): JsonObject[] {
  const found: JsonObject[] = [];
  const waiting: { value: Json; depth: number }[] = [{ value: json, depth: 0 }];
  for (let seen = 0; waiting.length > 0 && seen < MAX_NODES; seen++) {
    const { value, depth } = waiting.shift() as { value: Json; depth: number };
    if (isObject(value) && isJobPosting(value['@type'])) found.push(value);
    else if (depth < MAX_DEPTH && typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) if (typeof inner === 'object') waiting.push({ value: inner, depth: depth + 1 });
    }
  }
  return found;
}

/** JobPostings written as microdata, in the shape JSON-LD would have. */
export function findMicrodata($: CheerioAPI): JsonObject[] {
  return $('[itemscope][itemtype$="schema.org/JobPosting"]')
    .toArray()
    .slice(0, 100)
    .map(element => scopeOf($, element, 0));
}

function scopeOf($: CheerioAPI, scope: Element, depth: number): JsonObject {
  const object: JsonObject = { '@type': ($(scope).attr('itemtype') ?? '').split('/').at(-1) ?? '' };
  for (const element of $(scope).find('[itemprop]').toArray()) {
    if ($(element).parent().closest('[itemscope]').get(0) !== scope) continue;
    const names = ($(element).attr('itemprop') ?? '').split(/\s+/).filter(Boolean);
    const value: Json =
      $(element).is('[itemscope]') && depth < 10 ? scopeOf($, element, depth + 1) : propertyOf($, element, names[0] ?? '');
    for (const name of names) add(object, name, value);
  }
  return object;
}

/** Sets a property; one that is there already becomes a list. */
function add(object: JsonObject, name: string, value: Json): void {
  const known = Object.hasOwn(object, name) ? object[name] : undefined;
  if (known === undefined) object[name] = value;
  else object[name] = Array.isArray(known) ? [...known, value] : [known, value];
}

const RICH = new Set([
  'description',
  'responsibilities',
  'qualifications',
  'skills',
  'educationRequirements',
  'experienceRequirements',
  'jobBenefits',
]);

function propertyOf($: CheerioAPI, element: Element, name: string): string {
  const said = $(element).attr('content') ?? $(element).attr('datetime');
  if (said !== undefined) return said;
  if (name === 'url' || name === 'sameAs') return $(element).attr('href') ?? $(element).text();
  return RICH.has(name) ? ($(element).html() ?? '') : $(element).text().replace(/\s+/g, ' ').trim();
}
