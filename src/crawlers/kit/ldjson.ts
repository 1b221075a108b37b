import type { CheerioAPI } from 'cheerio';
import type { Element, ParentNode } from 'domhandler';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseLoosely } from './lenient-json.ts';

/** The JobPosting objects of a page as their site wrote them, and how many scripts could not be read. */
export type Found = { postings: JsonObject[]; broken: string[] };

const MAX_DEPTH = 50;
const MAX_NODES = 50_000;
const MOST_MICRODATA = 100;
/** Properties within each other: the text of each is read, and so is that of those within it. */
const MOST_WITHIN = 10;

/** Every JobPosting in a page's JSON-LD scripts. One broken script does not hide a good one. */
export function findJobPostings($: CheerioAPI): Found {
  const found: Found = { postings: [], broken: [] };
  for (const script of $('script[type*="ld+json" i]').toArray()) {
    const source = $(script).html() ?? '';
    const parsed = parseLoosely(source);
    if ('why' in parsed) found.broken.push(parsed.why);
    else for (const posting of jobPostingsIn(parsed.json)) found.postings.push(posting);
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
  let seen = 0;
  const waiting: { value: Json; depth: number }[] = [{ value: json, depth: 0 }];
  // What is added while it runs is looked at as well.
  for (const { value, depth } of waiting) {
    if (++seen > MAX_NODES) break;
    if (isObject(value) && isJobPosting(value['@type'])) found.push(value);
    else if (depth < MAX_DEPTH && typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) if (typeof inner === 'object') waiting.push({ value: inner, depth: depth + 1 });
    }
  }
  return found;
}

/** JobPostings written as microdata, in the shape JSON-LD would have. Every element is looked at once, however scopes are nested. */
export function findMicrodata($: CheerioAPI): JsonObject[] {
  const postings = $('[itemscope][itemtype$="schema.org/JobPosting"]').toArray().slice(0, MOST_MICRODATA);
  if (postings.length === 0) return [];
  const objects = new Map<Element, JsonObject>();
  const objectOf = (scope: Element) => {
    const known = objects.get(scope) ?? { '@type': (scope.attribs.itemtype ?? '').split('/').at(-1) ?? '' };
    objects.set(scope, known);
    return known;
  };
  const around = scopesAround();
  for (const element of $('[itemprop]').toArray()) {
    const { scope, properties } = around(element.parent);
    if (scope === null || properties >= MOST_WITHIN) continue;
    const names = (element.attribs.itemprop ?? '').split(/\s+/).filter(Boolean);
    const value = element.attribs.itemscope === undefined ? propertyOf($, element, names[0] ?? '') : objectOf(element);
    for (const name of new Set(names)) add(objectOf(scope), name, value);
  }
  return postings.map(objectOf);
}

type Around = { scope: Element | null; properties: number };

/** Tells the scope a node stands in (itself, where it is one), and how many properties there are of each other. Keeps what it told of all above. */
function scopesAround(): (node: ParentNode | null) => Around {
  const known = new Map<ParentNode, Around>();
  const around = (node: ParentNode | null): Around => {
    if (node === null) return { scope: null, properties: 0 };
    const told = known.get(node) ?? within(node, around(node.parent));
    known.set(node, told);
    return told;
  };
  return around;
}

function within(node: ParentNode, outside: Around): Around {
  if (!('attribs' in node)) return outside;
  const { itemscope, itemprop } = node.attribs;
  const properties = outside.properties + (itemprop === undefined ? 0 : 1);
  return { scope: itemscope === undefined ? outside.scope : node, properties };
}

/** Sets a property; one that is there already becomes a list, which is then only ever added to. */
function add(object: JsonObject, name: string, value: Json): void {
  const known = Object.hasOwn(object, name) ? object[name] : undefined;
  if (known === undefined) object[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else object[name] = [known, value];
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
