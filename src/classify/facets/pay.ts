import { type PayKind, parsePay } from '../../posting/pay.ts';
import type { Pay } from '../../posting/posting.ts';
import type { Field } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { marksOf } from './marks.ts';

const DOLLARS: ReadonlySet<unknown> = new Set(['CAD', 'AUD', 'NZD']);

/** Base pay: the board's own field first, then the text, then the title; a title's full range beats half a range in the text. */
export function readPay(posting: PostingReading): Finding<Pay> | null {
  const { input, document } = posting;
  if (input.stated?.pay) return { value: input.stated.pay, evidence: [] };
  const said = marksOf(posting, 'pay');
  const places = placesOf(document.location, said);
  const text = payIn(document.text, places, said);
  const half = text && (text.value.min === null || text.value.max === null);
  const found = text && !half ? text : (payIn(document.title, places, said) ?? text);
  return found && inOwnDollars(found, said);
}

/** A bare dollar is the one of the country of the job, unless it is said to be American. */
function inOwnDollars(found: Finding<Pay>, said: readonly FacetValue[]): Finding<Pay> {
  const abroad = said.find(({ value, hit }) => hit.field.name === 'location' && DOLLARS.has(value));
  const [evidence] = found.evidence;
  const isAmerican = said.some(
    ({ value, hit }) =>
      value === 'american' &&
      (hit.field.name === 'location' || (evidence?.field === hit.field.name && touches(hit, evidence.start, evidence.end))),
  );
  if (!abroad || isAmerican || found.value.currency !== 'USD') return found;
  return { ...found, value: { ...found.value, currency: String(abroad.value) } };
}

function touches({ field, first, last }: FacetValue['hit'], start: number, end: number): boolean {
  return (field.tokens[first] as Token).start < end && (field.tokens[last - 1] as Token).end > start;
}

/** The names of where the job is: the parts of its location between commas, slashes and brackets. */
function placesOf({ raw, tokens }: Field, said: readonly FacetValue[]): string[] {
  if (said.some(isAnyPlace)) return [];
  const parts: { start: number; end: number; named: boolean }[] = [];
  for (const [at, { start, end, sep, first }] of tokens.entries()) {
    const last = parts[parts.length - 1];
    if (last && (sep & BREAKS) === 0) last.end = end;
    else
      parts.push({
        start,
        end,
        named: first && !said.some(({ value, hit }) => value === 'no-place' && hit.field.raw === raw && hit.first === at),
      });
  }
  return parts.filter(({ named }) => named).map(({ start, end }) => raw.slice(start, end));
}

/** "Denver, CO or Remote", "Denver, CO / Remote": who may work anywhere is paid by any line of a list by place. */
function isAnyPlace({ value, hit: { field, first } }: FacetValue): boolean {
  return value === 'any-place' || (value === 'no-place' && ((field.tokens[first]?.sep ?? 0) & SEP.slash) !== 0);
}

const BREAKS = SEP.comma | SEP.semicolon | SEP.slash | SEP.open | SEP.close | SEP.dash | SEP.newline;

/** The pay a text states, past figures that rules know for other money. */
function payIn(field: Field, places: readonly string[], said: readonly FacetValue[]): Finding<Pay> | null {
  const own = said.filter(({ hit }) => hit.field === field);
  const saidOf = (start: number, end: number) => {
    const kind = KINDS.find(one => own.some(({ value, hit }) => value === one && isOf(hit, start, end)));
    return kind ?? null;
  };
  const found = parsePay(field.raw, places, saidOf);
  if (!found) return null;
  const { pay, start, end } = found;
  return { value: pay, evidence: [{ field: field.name, start, end, text: field.raw.slice(start, end) }] };
}

const KINDS: readonly PayKind[] = ['other', 'base', 'wider', 'own'];

/** Whether the last or the first word of what a rule found is one of a statement of pay, or the word behind it where it ends a heading. */
function isOf({ field: { tokens }, segment, first, last }: FacetValue['hit'], start: number, end: number): boolean {
  const behind = segment.kind === 'heading' && last === segment.last ? tokens[last] : undefined;
  return [tokens[last - 1], tokens[first], behind].some(token => token !== undefined && token.start >= start && token.end <= end);
}
