import { createHash } from 'node:crypto';
import { canonicalUrl } from '../posting/identity.ts';
import type { Place } from '../posting/posting.ts';
import { comparableTitle } from '../posting/title.ts';
import { distance, simhash } from './simhash.ts';

/** What is compared of a posting. Instants and days are ISO 8601. */
export type Comparable = {
  id: string;
  /** Any name of the source, the same for all its postings. */
  source: string;
  kind: 'ats' | 'aggregator' | 'general';
  company: string | null;
  title: string;
  places: readonly Place[];
  requisition: string | null;
  url: string;
  applyUrl: string | null;
  /** What `readWords` made of its text. */
  words: Words;
  postedAt: string | null;
  firstSeen: string;
  closed: boolean;
  /** Set when it is known to be a duplicate itself: then nothing is made a duplicate of it. */
  duplicateOf?: string | null;
};

/** A text as far as it is compared: small enough to be held of thousands of postings. */
export type Words = { digest: string; enough: boolean; print: bigint | null };

type Duplicate = { id: string; why: 'same address' | 'same requisition' | 'same text' | 'repost' };

/** Bits of 64: a few edited words of a page stay below, another job in the same employer's boilerplate does not. */
const NEAR = 10;
/** Texts shorter than this say too little to be compared. */
const LEAST_WORDS = 40;
const REPOST_DAYS = 60;

/**
 * The posting among the candidates that this one repeats and that is shown instead of it; null when there is none. Pure, and of two postings at
 * most one is a duplicate of the other: an open one is shown before a closed one, the employer's own board before an aggregator, then the older.
 *
 * Over sources: the same address, the same requisition of the same employer, or nearly the same text under the same title, place and employer.
 * On one board every key is an opening of its own, unless it was put up again on another day with nearly the same text, title and place.
 */
export function duplicateOf(posting: Comparable, candidates: readonly Comparable[]): Duplicate | null {
  const better = candidates.filter(other => other.id !== posting.id && !other.duplicateOf && before(other, posting));
  return firstRepeated(readTraits(posting), better.sort((a, b) => (before(a, b) ? -1 : 1)).map(readTraits));
}

/** Of postings that could be one: which is shown instead of each, null for those that are shown. Pure; what was decided before does not count. */
export function shownInstead(group: readonly Comparable[]): Map<string, string | null> {
  const inOrder = group.toSorted((a, b) => (before(a, b) ? -1 : 1)).map(readTraits);
  const shown = new Map<string, string | null>();
  for (const [at, one] of inOrder.entries()) {
    const repeated = firstRepeated(one, inOrder.slice(0, at));
    // What stands before it in the order has been decided, so this leads straight to the one that is shown.
    shown.set(one.posting.id, repeated && (shown.get(repeated.id) ?? repeated.id));
  }
  return shown;
}

/** What is read off a posting once, before it is compared with many. */
type Traits = {
  posting: Comparable;
  title: string;
  places: ReadonlySet<string>;
  addresses: ReadonlySet<string>;
  employer: string;
  requisition: string | null;
};

function readTraits(posting: Comparable): Traits {
  return {
    posting,
    title: comparableTitle(posting.title),
    places: new Set(posting.places.map(placeKey)),
    addresses: new Set([posting.url, posting.applyUrl ?? ''].filter(namesOne).map(canonicalUrl)),
    employer: employerOf(posting),
    requisition: requisitionOf(posting),
  };
}

/** The first that this one repeats; those at the same place are asked first, each lot in the order given. */
function firstRepeated(one: Traits, better: readonly Traits[]): Duplicate | null {
  const near: Traits[] = [];
  const far: Traits[] = [];
  for (const other of better) (samePlace(other, one) ? near : far).push(other);
  for (const other of [...near, ...far]) {
    const why = repeats(one, other);
    if (why) return { id: other.posting.id, why };
  }
  return null;
}

function repeats(one: Traits, other: Traits): Duplicate['why'] | null {
  if (one.posting.source === other.posting.source) return isRepost(one, other) ? 'repost' : null;
  if (meets(one.addresses, other.addresses)) return 'same address';
  if (one.employer === '' || one.employer !== other.employer) return null;
  if (one.requisition !== null && one.requisition === other.requisition) return 'same requisition';
  return daysApart(one.posting, other.posting) <= REPOST_DAYS && sameWords(one, other) ? 'same text' : null;
}

function isRepost(one: Traits, other: Traits): boolean {
  // Two requisitions open at once are two openings.
  const two = one.requisition !== null && other.requisition !== null && one.requisition !== other.requisition;
  if (two && !one.posting.closed && !other.posting.closed) return false;
  const days = daysApart(one.posting, other.posting);
  return days >= 1 && days <= REPOST_DAYS && sameWords(one, other);
}

const RANK: Record<Comparable['kind'], number> = { ats: 0, general: 1, aggregator: 2 };

/** True when `one` is to be shown rather than `other`. */
function before(one: Comparable, other: Comparable): boolean {
  const order =
    Number(one.closed) - Number(other.closed) ||
    RANK[one.kind] - RANK[other.kind] ||
    Date.parse(one.postedAt ?? one.firstSeen) - Date.parse(other.postedAt ?? other.firstSeen) ||
    Date.parse(one.firstSeen) - Date.parse(other.firstSeen);
  return order < 0 || (!(order > 0) && one.id < other.id);
}

/** Whole days between the postings: of the board's own dates when both have one, else of when they were first seen. */
function daysApart(one: Comparable, other: Comparable): number {
  const both = one.postedAt !== null && other.postedAt !== null;
  const [a, b] = [one, other].map(posting => (both ? posting.postedAt! : posting.firstSeen).slice(0, 10));
  return Math.abs(Date.parse(a!) - Date.parse(b!)) / 86_400_000;
}

function sameWords(one: Traits, other: Traits): boolean {
  return one.title === other.title && samePlace(one, other) && nearlySame(one.posting.words, other.posting.words);
}

/** Reads a text for comparing. */
export function readWords(text: string): Words {
  const enough = text.split(/\s+/, LEAST_WORDS + 1).filter(Boolean).length >= LEAST_WORDS;
  return { digest: createHash('sha256').update(text).digest('base64'), enough, print: enough ? simhash(text) : null };
}

/** True when at most a few words differ. Teasers and short texts are never the same. */
export function nearlySame(one: Words, other: Words): boolean {
  if (!one.enough || !other.enough) return false;
  if (one.digest === other.digest) return true;
  return one.print !== null && other.print !== null && distance(one.print, other.print) <= NEAR;
}

function samePlace(one: Traits, other: Traits): boolean {
  if (one.places.size === 0 || other.places.size === 0) return one.places.size === other.places.size;
  return meets(one.places, other.places);
}

function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const key of one) if (other.has(key)) return true;
  return false;
}

function placeKey(place: Place): string {
  const read = [place.city, place.region, place.country].filter(Boolean);
  return (read.length > 0 ? read.join(', ') : place.raw).toLowerCase();
}

/** True for an address that can be that of one posting; `https://employer.example/careers` is that of all of them. */
function namesOne(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /\d/.test(url.pathname + url.search + url.hash);
}

/** The number without spaces and case, or null when it is too short to be the employer's own. */
function requisitionOf(posting: Comparable): string | null {
  const number = posting.requisition?.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') ?? '';
  return number.length >= 4 && /\d/.test(number) ? number : null;
}

const LEGAL = /\b(?:the|inc|incorporated|llc|llp|pllc|ltd|limited|corp|corporation|co|company|plc|lp|pc)\b/g;

/** The employer's name without its legal form; empty where none is told. */
function employerOf(posting: Comparable): string {
  return (posting.company ?? '')
    .toLowerCase()
    .replace(/[.']/g, '')
    .replace(LEGAL, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
