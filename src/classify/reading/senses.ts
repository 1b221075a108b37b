import type { Field } from '../../text/document.ts';
import { fold, SEP, type Token } from '../../text/lexer.ts';
import { LETTERS, type Letters } from '../schema/names.ts';
import type { RuleHit } from './hit.ts';

/**
 * Abbreviations with several senses, resolved once per posting by all evidence: PT is a physical therapist, part time or Pacific time; OT an
 * occupational therapist or overtime; ATP an assistive technology professional or an airline pilot. The words around each decide; where they
 * are silent, what the rest of the posting spells out.
 */
export type Senses = {
  /** Whether the word at a token means a profession or a certificate of the field; true for words that are no such abbreviation. */
  readonly isMeant: (field: Field, at: number) => boolean;
};

type Clue = {
  readonly letters: readonly Letters[];
  readonly means: 'profession' | 'other';
  readonly weight: number;
  readonly hit: RuleHit;
};

/** Words farther away than this speak of something else: an abbreviation's sense hangs on its own phrase. */
const NEAR = 3;
/** The letters as the lexer folds them. */
const KNOWN: ReadonlyMap<string, Letters> = new Map(LETTERS.map(letters => [fold(letters), letters]));
type Weights = { profession: number; other: number };

/** What a posting says of its abbreviations: clues by field and word, and which are spelled out. */
type Clues = {
  readonly byField: Map<Field, Map<number, Clue[]>>;
  readonly spelled: Set<Letters>;
};

/** Tells what the hits of a posting say about its abbreviations. Gathered when first asked for: most postings hold none. */
export function readSenses(hits: readonly RuleHit[]): Senses {
  let clues: Clues | null = null;
  // Every rule that holds an abbreviation asks for it again.
  const decided = new Map<Token, boolean>();
  return {
    isMeant: (field, at) => {
      const token = field.tokens[at] as Token;
      const letters = KNOWN.get(token.word);
      if (!letters) return true;
      const known = decided.get(token);
      if (known !== undefined) return known;
      const meant = means(field, at, token, letters);
      decided.set(token, meant);
      return meant;
    },
  };

  function means(field: Field, at: number, token: Token, letters: Letters): boolean {
    // Letters with the s of many ("PTs") are people.
    if (token.upper && token.end - token.start > letters.length) return true;
    clues ??= gatherClues(hits);
    const weights = weigh(field, at, letters, clues.byField.get(field));
    return decide(token, letters, weights, clues.spelled.has(letters));
  }
}

function gatherClues(hits: readonly RuleHit[]): Clues {
  const clues: Clues = { byField: new Map(), spelled: new Set() };
  for (const hit of hits) {
    const { kind, effect } = hit.rule;
    if (kind !== 'sense' || !('sense' in effect)) continue;
    const { sense: letters, means, weight } = effect;
    if (means === 'spelled') for (const one of letters) clues.spelled.add(one);
    else place(clues.byField, hit.field, { letters, means, weight, hit });
  }
  return clues;
}

function place(byField: Map<Field, Map<number, Clue[]>>, field: Field, clue: Clue): void {
  const clues = byField.get(field) ?? new Map<number, Clue[]>();
  byField.set(field, clues);
  for (let at = clue.hit.first; at < clue.hit.last; at++) {
    const here = clues.get(at);
    if (here) here.push(clue);
    else clues.set(at, [clue]);
  }
}

/** Sums the clues on the abbreviation's own line: a phrase that holds it and a neighbor count twice. */
function weigh(field: Field, at: number, letters: Letters, clues: ReadonlyMap<number, Clue[]> | undefined): Weights {
  const sum: Weights = { profession: 0, other: 0 };
  if (!clues) return sum;
  const [first, last] = lineAround(field, at);
  const near = new Set<Clue>();
  for (let beside = first; beside <= last; beside++) for (const clue of clues.get(beside) ?? []) near.add(clue);
  for (const { hit, means, weight, letters: own } of near) {
    const alone = hit.first === at && hit.last === at + 1;
    if (own.includes(letters) && !alone) sum[means] += weight * (hit.first <= at + 1 && hit.last >= at ? 2 : 1);
  }
  return sum;
}

/**
 * Capitals mean what more speaks for; where nothing speaks against it SLP is the profession, and so are others where they are spelled out, but
 * for ST, which is a street or a saint as well. Small letters need more than that.
 */
function decide({ upper }: Token, letters: Letters, { profession, other }: Weights, spelled: boolean): boolean {
  if (!upper) return profession > other + 1;
  return profession > other || (other === 0 && (letters === 'slp' || (spelled && letters !== 'st')));
}

/** The neighbors of a token that stand on its own line, at most NEAR to each side. */
function lineAround({ tokens }: Field, at: number): [number, number] {
  const starts = (near: number) => ((tokens[near]?.sep ?? SEP.newline) & (SEP.newline | SEP.bullet)) !== 0;
  let first = at;
  while (first > 0 && at - first < NEAR && !starts(first)) first--;
  let last = at;
  while (last + 1 < tokens.length && last - at < NEAR && !starts(last + 1)) last++;
  return [first, last];
}
