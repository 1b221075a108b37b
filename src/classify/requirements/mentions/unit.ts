import type { Segment } from '../../../text/document.ts';
import { BOILERPLATE } from '../../../text/sections.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { PostingReading } from '../../reading/posting.ts';
import type { Statement } from '../../reading/statement.ts';
import { type Mention, readMentions } from './mention.ts';
import { type CueHit, readCues } from './row.ts';

/** A sentence or a list item with all that is found in it, or a clause of one that is longer than anybody writes: the words `first` up to `last`. */
export type Unit = {
  readonly segment: Segment;
  readonly first: number;
  readonly last: number;
  readonly mentions: readonly Mention[];
  readonly statements: readonly Statement[];
  readonly hits: readonly RuleHit[];
  /** The words of force among the hits: most units hold none. */
  readonly forces: readonly RuleHit[];
  readonly cues: readonly CueHit[];
};

/** A longer sentence is read clause by clause, so that its work is bounded. */
const LONGEST_UNIT = 300;

/** Cuts a posting's text into units in the order of the text; those of company talk and legal text are empty. */
export function readUnits(posting: PostingReading): Unit[] {
  const field = posting.document.text;
  const keyOf = (own: Statement) => (own.segment.last - own.segment.first <= LONGEST_UNIT ? own.segment.first : (own.parent ?? own).first);
  const statements = Map.groupBy(posting.fields.get('text')?.statements ?? [], keyOf);
  const mentions = Map.groupBy(readMentions(posting, field), ({ statement }) => keyOf(statement));
  return [...statements].map(([key, own]) => {
    const { segment } = own[0] as Statement;
    const whole = segment.last - segment.first <= LONGEST_UNIT;
    const first = whole ? segment.first : (own[0] as Statement).first;
    const last = whole ? segment.last : (own[0] as Statement).last;
    if (BOILERPLATE.has(segment.section)) return { segment, first, last, mentions: [], statements: [], hits: [], forces: [], cues: [] };
    const hits = own.length === 1 ? (own[0] as Statement).hits : own.flatMap(statement => statement.hits);
    const forces = outermost(hits.filter(({ rule }) => rule.kind === 'force'));
    return { segment, first, last, mentions: mentions.get(key) ?? [], statements: own, hits, forces, cues: readCues(hits) };
  });
}

type Span = { readonly first: number; readonly last: number };

/** The phrases that no longer one holds: "you don't need" holds the "need" of a demand. */
export function outermost<T extends Span>(phrases: readonly T[]): T[] {
  const holds = (outer: Span, { first, last }: Span) =>
    outer.first <= first && last <= outer.last && outer.last - outer.first > last - first;
  return phrases.filter(phrase => !phrases.some(outer => holds(outer, phrase)));
}
