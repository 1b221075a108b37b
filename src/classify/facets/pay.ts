import { type PayKind, parsePay } from '../../posting/pay.ts';
import type { Pay } from '../../posting/posting.ts';
import type { Field } from '../../text/document.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { marksOf } from './marks.ts';

/** Base pay: the board's own field first, then the text, then the title. */
export function readPay(posting: PostingReading): Finding<Pay> | null {
  const { input, document } = posting;
  if (input.stated?.pay) return { value: input.stated.pay, evidence: [] };
  const said = marksOf(posting, 'pay');
  return payIn(document.text, said) ?? payIn(document.title, said);
}

/** The pay a text states, past figures that rules know for other money. */
function payIn(field: Field, said: readonly FacetValue[]): Finding<Pay> | null {
  const own = said.filter(({ hit }) => hit.field === field);
  const saidOf = (start: number, end: number) =>
    KINDS.find(one => own.some(({ value, hit }) => value === one && isOf(hit, start, end))) ?? null;
  const found = parsePay(field.raw, saidOf);
  if (!found) return null;
  const { pay, start, end } = found;
  return { value: pay, evidence: [{ field: field.name, start, end, text: field.raw.slice(start, end) }] };
}

const KINDS: readonly PayKind[] = ['other', 'base', 'wider', 'own'];

/** Whether the last or the first word of what a rule found is one of a statement of pay. */
function isOf({ field: { tokens }, first, last }: FacetValue['hit'], start: number, end: number): boolean {
  return [tokens[last - 1], tokens[first]].some(token => token !== undefined && token.start >= start && token.end <= end);
}
