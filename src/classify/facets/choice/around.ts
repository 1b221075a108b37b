import type { Document, Field, Segment } from '../../../text/document.ts';
import type { Word } from '../../../text/words.ts';
import type { Ear } from '../../learned/ear.ts';
import { EDGE, plain } from '../../learned/sentences.ts';
import { forceAt } from '../../reading/force.ts';
import type { PostingReading } from '../../reading/posting.ts';
import type { Statement } from '../../reading/statement.ts';
import { forceOfLines } from '../under-lines.ts';
import { forceBefore, forceBehind, forceWordsOf, letsIn } from '../wish.ts';

/** The words next to some words are heard by their place, so many on each side. */
const NEXT_TO = [1, 2, 3, 4] as const;
const [BEFORE, BEHIND] = [NEXT_TO.map(away => `before-${away}`), NEXT_TO.map(away => `behind-${away}`)];
/** Those further off by their side alone. */
const REACH = 12;
/** Of the lines above and below so many words are heard. */
const OF_A_LINE = 6;

type Span = { readonly field: Field; readonly segment: Segment; readonly first: number; readonly last: number };

/** Hears the words around some words of a sentence. */
export function hearAround(ear: Ear, { field: { tokens }, segment, first, last }: Span): void {
  const wordAt = (at: number): Word => (at < segment.first || at >= segment.last ? EDGE : plain(tokens[at] as (typeof tokens)[number]));
  for (const [nth, away] of NEXT_TO.entries()) {
    ear.word(first, BEFORE[nth] as string, wordAt(first - away));
    ear.word(first, BEHIND[nth] as string, wordAt(last - 1 + away));
  }
  ear.word(first, 'led by', wordAt(first - 2), wordAt(first - 1));
  ear.word(first, 'leads to', wordAt(last), wordAt(last + 1));
  ear.word(first, 'leads on to', wordAt(last + 1), wordAt(last + 2));
  for (let at = Math.max(segment.first, first - REACH); at < first; at++) ear.word(at, 'before', wordAt(at));
  for (let at = last; at < Math.min(segment.last, last + REACH); at++) ear.word(at, 'behind', wordAt(at));
}

/** What stands above and below a sentence. */
type Lines = { readonly heading: Segment | null; readonly before: Segment | undefined; readonly after: Segment | undefined };

const known = new WeakMap<Document, ReadonlyMap<Segment, Lines>>();

/** The lines around every sentence of the text. */
export function linesOf(document: Document): ReadonlyMap<Segment, Lines> {
  const lines = known.get(document) ?? readLines(document.text);
  known.set(document, lines);
  return lines;
}

function readLines({ segments }: Field): ReadonlyMap<Segment, Lines> {
  const lines = new Map<Segment, Lines>();
  let heading: Segment | null = null;
  for (const [at, segment] of segments.entries()) {
    lines.set(segment, { heading, before: segments[at - 1], after: segments[at + 1] });
    if (segment.kind === 'heading') heading = segment;
  }
  return lines;
}

/** Hears the heading above a sentence, the end of the line before it, and how the next one begins. */
export function hearLines(ear: Ear, document: Document, segment: Segment): void {
  const lines = linesOf(document).get(segment);
  if (!lines) return;
  const { tokens } = document.text;
  const hear = (place: string, first: number, last: number) => {
    for (let at = first; at < last; at++) ear.word(at, place, plain(tokens[at] as (typeof tokens)[number]));
  };
  const { heading, before, after } = lines;
  if (heading) hear('under', heading.first, Math.min(heading.last, heading.first + OF_A_LINE));
  if (before) hear('above', Math.max(before.first, before.last - OF_A_LINE), before.last);
  if (after) hear('below', after.first, Math.min(after.last, after.first + OF_A_LINE));
}

/** Words of a statement. */
type Said = Span & { readonly statement: Statement };

/** Hears where some words stand, of whom their statement speaks and with what force. */
export function hearPlace(ear: Ear, { field, segment, statement, first, last }: Said): void {
  const force = forceAt(statement, first, last);
  ear.fact(`in ${field.name}`);
  ear.fact(`in ${segment.section}`);
  ear.fact(`${segment.kind} in ${segment.section}`);
  ear.fact(`of ${statement.subject}`);
  ear.fact(`said as ${force}`);
  ear.fact(`said as ${force} in ${segment.section}`);
}

/** Hears what the words of force before and behind some words do with them, and the line above their list. */
export function hearForces(ear: Ear, posting: PostingReading, { segment, statement, first, last }: Said): void {
  const words = forceWordsOf(posting);
  ear.fact(`led by ${forceBefore(words, statement, first)}`);
  ear.fact(`followed by ${forceBehind(words, statement, last, segment.last)}`);
  ear.fact(`under a line of ${forceOfLines(posting).get(segment)}`);
  if (letsIn(words, statement, first)) ear.fact('lets in');
}
