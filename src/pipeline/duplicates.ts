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
  text: string;
  postedAt: string | null;
  firstSeen: string;
  closed: boolean;
  /** Set when it is known to be a duplicate itself: then nothing is made a duplicate of it. */
  duplicateOf?: string | null;
};

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
  const better = candidates
    .filter(other => other.id !== posting.id && !other.duplicateOf && before(other, posting))
    .sort((a, b) => Number(samePlace(b, posting)) - Number(samePlace(a, posting)) || (before(a, b) ? -1 : 1));
  for (const other of better) {
    const why = repeats(posting, other);
    if (why) return { id: other.id, why };
  }
  return null;
}

/** Of postings that could be one: whose `duplicate_of` has to change, and to what. Pure. */
export function decideGroup(group: Comparable[]): Map<string, string | null> {
  const free = group.map(posting => ({ ...posting, duplicateOf: null }));
  const shown = new Map(free.map(posting => [posting.id, duplicateOf(posting, free)?.id ?? null]));
  // "Shown before" is a strict order, so following the arrows ends.
  const last = (id: string): string => {
    const next = shown.get(id);
    return next ? last(next) : id;
  };
  const changes = new Map<string, string | null>();
  for (const posting of group) {
    const end = last(posting.id);
    const target = end === posting.id ? null : end;
    if (target !== (posting.duplicateOf ?? null)) changes.set(posting.id, target);
  }
  return changes;
}

function repeats(posting: Comparable, other: Comparable): Duplicate['why'] | null {
  if (posting.source === other.source) return isRepost(posting, other) ? 'repost' : null;
  if (sameAddress(posting, other)) return 'same address';
  const employer = sameEmployer(posting, other);
  if (!employer) return null;
  const requisition = requisitionOf(posting);
  if (requisition !== null && requisition === requisitionOf(other)) return 'same requisition';
  return daysApart(posting, other) <= REPOST_DAYS && sameWords(posting, other) ? 'same text' : null;
}

function isRepost(posting: Comparable, other: Comparable): boolean {
  const [one, two] = [requisitionOf(posting), requisitionOf(other)];
  // Two requisitions open at once are two openings.
  if (one !== null && two !== null && one !== two && !posting.closed && !other.closed) return false;
  const days = daysApart(posting, other);
  return days >= 1 && days <= REPOST_DAYS && sameWords(posting, other);
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

function sameWords(one: Comparable, other: Comparable): boolean {
  return comparableTitle(one.title) === comparableTitle(other.title) && samePlace(one, other) && nearlySame(one.text, other.text);
}

/** True when at most a few words differ. Teasers and short texts are never the same. */
export function nearlySame(one: string, other: string): boolean {
  if (one === other) return words(one) >= LEAST_WORDS;
  if (words(one) < LEAST_WORDS || words(other) < LEAST_WORDS) return false;
  const [a, b] = [simhash(one), simhash(other)];
  return a !== null && b !== null && distance(a, b) <= NEAR;
}

function words(text: string): number {
  return text.split(/\s+/, LEAST_WORDS + 1).filter(Boolean).length;
}

function samePlace(one: Comparable, other: Comparable): boolean {
  const [a, b] = [one, other].map(posting => new Set(posting.places.map(placeKey)));
  if (a!.size === 0 || b!.size === 0) return a!.size === b!.size;
  return meets(a!, b!);
}

function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some(key => other.has(key));
}

function placeKey(place: Place): string {
  const read = [place.city, place.region, place.country].filter(Boolean);
  return (read.length > 0 ? read.join(', ') : place.raw).toLowerCase();
}

function sameAddress(one: Comparable, other: Comparable): boolean {
  const [a, b] = [one, other].map(posting => new Set([posting.url, posting.applyUrl ?? ''].filter(namesOne).map(canonicalUrl)));
  return meets(a!, b!);
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

function sameEmployer(one: Comparable, other: Comparable): boolean {
  const [a, b] = [one, other].map(posting =>
    (posting.company ?? '')
      .toLowerCase()
      .replace(/[.']/g, '')
      .replace(LEGAL, ' ')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  return a !== '' && a === b;
}
