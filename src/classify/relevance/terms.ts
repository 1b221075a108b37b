import type { Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import type { Section } from '../../text/sections.ts';
import type { PostingReading } from '../read-posting.ts';
import type { Subject } from '../rule.ts';

/** One word, or two that stand side by side: tokens `first` up to, not including, `last`. */
export type Visit = (term: string, field: Field, first: number, last: number) => void;

const DUTY: ReadonlySet<Section> = new Set(['summary', 'duties', 'other']);
const ASK: ReadonlySet<Section> = new Set(['requirements', 'preferred']);
/** Of whom a statement may not speak to be heard: what an employer is, gives or must write says nothing of what one does there. */
const UNHEARD: ReadonlySet<Subject> = new Set(['employer', 'perk', 'law', 'post']);

/** Every word and pair of words of a line, such as a title. */
export function eachTermOfLine(field: Field, visit: Visit): void {
  for (const { first, last } of field.segments) eachTerm(field, first, last, visit);
}

/** Every word and pair of words of a posting's body that speaks of the job or of the applicant. Linear in the text. */
export function eachTermOfBody(
  { fields, document }: PostingReading,
  visit: (heard: 'duty' | 'ask', ...of: Parameters<Visit>) => void,
): void {
  for (const { segment, subject, parent, first, last } of fields.get('text')?.statements ?? []) {
    if (parent || UNHEARD.has(subject)) continue;
    const heard = DUTY.has(segment.section) ? 'duty' : ASK.has(segment.section) ? 'ask' : null;
    if (heard) eachTerm(document.text, first, last, (...of) => visit(heard, ...of));
  }
}

function eachTerm(field: Field, first: number, last: number, visit: Visit): void {
  let before = '';
  for (let at = first; at < last; at++) {
    const { word } = field.tokens[at] as Token;
    if (word === '' || isFigure(word)) {
      before = '';
      continue;
    }
    visit(word, field, at, at + 1);
    if (before !== '') visit(`${before} ${word}`, field, at - 1, at + 1);
    before = word;
  }
}

const ZERO = 48;
const NINE = 57;
/** Figures are read by the facets; as words they would only be learned by heart. */
function isFigure(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}
