import type { Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import type { Section } from '../../text/sections.ts';
import type { PostingReading } from '../reading/posting.ts';
import { NO_WORK } from '../reading/subject.ts';
import type { Subject } from '../schema/names.ts';

/** Told of one word, or of two that stand side by side: tokens `first` up to, not including, `last`. */
type Visit = (first: number, last: number) => void;
/** Words that speak of the job or of the applicant, and where they are heard. */
type Span = { readonly heard: 'duty' | 'ask'; readonly first: number; readonly last: number };

const DUTY: ReadonlySet<Section> = new Set(['summary', 'duties', 'other']);
const ASK: ReadonlySet<Section> = new Set(['requirements', 'preferred']);
/** Of whom a statement may not speak to be heard: what an employer is, gives or must write says nothing of what one does there. */
const UNHEARD: ReadonlySet<Subject> = new Set([...NO_WORK, 'employer']);

/** What is heard of a posting's body. Linear in the text. */
export function spansOfBody({ fields }: PostingReading): Span[] {
  const spans: Span[] = [];
  for (const { segment, subject, parent, first, last } of fields.get('text')?.statements ?? []) {
    if (parent || UNHEARD.has(subject)) continue;
    const heard = DUTY.has(segment.section) ? 'duty' : ASK.has(segment.section) ? 'ask' : null;
    if (heard) spans.push({ heard, first, last });
  }
  return spans;
}

/** Visits every word and pair of words of the tokens `first` up to `last`. */
export function eachTerm({ tokens }: Field, first: number, last: number, visit: Visit): void {
  let alone = true;
  for (let at = first; at < last; at++) {
    const { word } = tokens[at] as Token;
    if (!isHeard(word)) {
      alone = true;
      continue;
    }
    visit(at, at + 1);
    if (!alone) visit(at - 1, at + 1);
    alone = false;
  }
}

/** The words of a term as a lexicon writes them. */
export function termOf({ tokens }: Field, first: number, last: number): string {
  return tokens
    .slice(first, last)
    .map(({ word }) => word)
    .join(' ');
}

const ZERO = 48;
const NINE = 57;
/** Figures are read by the facets; as words they would only be learned by heart. */
function isHeard(word: string): boolean {
  const code = word.charCodeAt(0);
  return word !== '' && !(code >= ZERO && code <= NINE);
}
