import { stateOf } from '../../posting/states.ts';
import { evidenceOf, type Field, type Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { Evidence } from '../classification.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { bySegment, isJoiner, marksOf } from './marks.ts';

/** A state named in a text, at its words `first` up to `last`. */
type Place = { readonly code: string; readonly first: number; readonly last: number; readonly sure: boolean };

/** Codes that are words or other letters too when written in capitals; they count only beside another state or a license. */
const AMBIGUOUS: ReadonlySet<string> = new Set('IN OR ME OK HI PA MA MS LA ID DE CO AL MD OH VA PR MO CT DC NE'.split(' '));
/** Words behind "licensed in" or "must live in" in which states are still theirs: a list of half a dozen. */
const REACH = 15;
/** The longest name of a state: "District of Columbia". */
const LONGEST_NAME = 3;

/** States a license must be held in, or a remote job is limited to, as USPS codes in the order told. */
export function readStates(posting: PostingReading): Finding<string[]> {
  const value: string[] = [];
  const evidence: Evidence[] = [];
  for (const marks of bySegment(marksOf(posting, 'states')).values()) {
    const { field } = (marks[0] as FacetValue).hit;
    for (const { code, first, last } of statesBeside(marks)) {
      if (value.includes(code)) continue;
      value.push(code);
      evidence.push(evidenceOf(field, first, last));
    }
  }
  return { value, evidence };
}

/** The states within reach of the words that limit or license, in a sentence; those behind "except" or "unable to" aside. */
function statesBeside(marks: readonly FacetValue[]): Place[] {
  const { field, segment } = (marks[0] as FacetValue).hit;
  const ofKind = (...kinds: string[]) => marks.filter(({ value }) => kinds.includes(String(value)));
  const cues = ofKind('limit', 'residents', 'remote', ...(ofKind('other-license').length > 0 ? [] : ['license']));
  if (cues.length === 0) return [];
  const between = ofKind('between');
  const except = ofKind('except');
  const places = placesIn(field, segment.first, labelledEnd(field, segment)).filter(place => !except.some(mark => isBehind(place, mark)));
  const theirs: Place[] = [];
  for (const [nth, place] of places.entries()) {
    const before = theirs.at(-1);
    const goesOn = before !== undefined && before === places[nth - 1] && place.first - before.last <= 1;
    if (!goesOn && !cues.some(cue => isBehind(place, cue) || isBefore(place, cue, between))) continue;
    if (place.sure || isSupported(place, places[nth - 1], places[nth + 1], marks)) theirs.push(place);
  }
  return theirs;
}

/** A label goes on in what it labels: "License: New Jersey". */
function labelledEnd({ segments }: Field, segment: Segment): number {
  if (segment.kind !== 'heading') return segment.last;
  const next = segments[segments.indexOf(segment) + 1];
  return next && next.block === segment.block ? next.last : segment.last;
}

/** Behind words within their reach, no semicolon between. */
function isBehind({ first }: Place, { hit }: FacetValue): boolean {
  if (first < hit.last || first - hit.last > REACH) return false;
  return !hit.field.tokens.slice(hit.last, first + 1).some(({ sep }) => (sep & SEP.semicolon) !== 0);
}

/** Before a cue only what stands right at it: "Texas OT license", not "our Texas team works with licensed therapists". */
function isBefore({ last }: Place, { value, hit }: FacetValue, between: readonly FacetValue[]): boolean {
  if ((value !== 'license' && value !== 'residents') || last > hit.first || hit.first - last > REACH) return false;
  for (let at = last; at < hit.first; at++) {
    const { word, first } = hit.field.tokens[at] as Token;
    if (!first && !isJoiner(word) && !between.some(mark => mark.hit.first <= at && mark.hit.last > at)) return false;
  }
  return true;
}

/** An ambiguous code counts in front of a license or the letters of a profession, or beside another state. */
function isSupported(place: Place, before: Place | undefined, after: Place | undefined, marks: readonly FacetValue[]): boolean {
  const follows = marks.find(({ value, hit }) => (value === 'license' || value === 'between') && hit.first === place.last);
  const next = marks[0]?.hit.field.tokens[place.last];
  if (follows || (next?.upper && next.word.length > 1 && !stateOf(next.word))) return true;
  return (before !== undefined && place.first - before.last <= 1) || (after !== undefined && after.first - place.last <= 1);
}

/** The states a run of words names, the longest name first; those of universities and cities aside. */
function placesIn(field: Field, from: number, to: number): Place[] {
  const places: Place[] = [];
  for (let at = from; at < to; at++) {
    const place = placeAt(field, at, to);
    if (!place) continue;
    if (!NAMES.has(field.tokens[place.last]?.word)) places.push(place);
    at = place.last - 1;
  }
  return places;
}

function placeAt(field: Field, at: number, to: number): Place | null {
  const token = field.tokens[at] as Token;
  if (!token.first) return null;
  for (let last = Math.min(to, at + LONGEST_NAME); last > at; last--) {
    const state = stateOf(field.raw.slice(token.start, (field.tokens[last - 1] as Token).end));
    if (state?.country !== 'US' || (state.as === 'code' && !token.upper)) continue;
    return { code: state.code, first: at, last, sure: state.as === 'name' || !AMBIGUOUS.has(state.code) };
  }
  return null;
}

/** What makes a state part of a name: "Texas College", "New York City". */
const NAMES: ReadonlySet<string | undefined> = new Set(['university', 'college', 'city']);
