import type { Evidence } from '../classify/classification.ts';
import type { Verdict } from '../posting/taxonomy.ts';

/** A sentence of a posting with the deciding words marked. */
export type Quote = { field: Evidence['field']; parts: QuotePart[] };
export type QuotePart = { text: string; marked: boolean };
type Source = (field: Evidence['field']) => string | null;
type Span = { start: number; end: number };

/** Characters of a sentence in a list; what does not fit is cut between words. */
const QUOTE_LENGTH = 140;
/** As many sentences of a verdict are compared. */
const LOOKED_AT = 4;
/** A sentence shorter than this says little by itself ("COTA"), so what stands before it comes along. */
const BARE = 25;
/** What may stand between two marked words that are one demand: "PT, OT or COTA". */
const JOINED = /^[\s,/&]*(?:and|or)?[\s,/&]*$/i;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The sentences that hold the deciding words, the one with most of them first. `source` gives the text of a field; evidence that does not lie
 * in it is left out. Marks that stand a comma or an "or" apart are one. A sentence shorter than `least` takes along what stands before it.
 */
export function quotesOf(evidence: readonly Evidence[], source: Source, { most = 2, length = QUOTE_LENGTH, least = BARE } = {}): Quote[] {
  const found = new Map<string, { field: Evidence['field']; text: string; sentence: Span; spans: Span[] }>();
  // Each line is taken apart once, however many marks it has: a hostile one has many, and is long.
  const lines = new Map<string, Intl.Segments>();
  for (const span of evidence) {
    const text = source(span.field);
    if (text === null || span.end <= span.start || text.slice(span.start, span.end) !== span.text) continue;
    const sentence = sentenceAround(text, span, (from, line) => {
      const known = lines.get(`${span.field} ${from}`) ?? sentences.segment(line);
      lines.set(`${span.field} ${from}`, known);
      return known;
    });
    const key = `${span.field} ${sentence.start}`;
    const held = found.get(key) ?? { field: span.field, text, sentence, spans: [] };
    held.spans.push(span);
    held.sentence.end = Math.max(held.sentence.end, sentence.end);
    found.set(key, held);
  }
  return [...found.values()]
    .sort((a, b) => b.spans.length - a.spans.length || a.sentence.start - b.sentence.start)
    .slice(0, most)
    .map(({ field, text, sentence, spans }) => ({
      field,
      parts: partsOf(text, widened(text, sentence, least), joined(text, spans), length),
    }));
}

/** The text of each field that evidence may lie in, as it was classified. */
export function sourceOf(
  posting: { title: string; department: string | null; places: readonly { raw: string }[] },
  text: string | null,
): Source {
  return field => {
    if (field === 'title') return posting.title;
    if (field === 'text') return text;
    return field === 'department' ? posting.department : (posting.places[0]?.raw ?? null);
  };
}

type Told = { verdict: Verdict; evidence: readonly Evidence[] };

/**
 * The sentences that tell a verdict, the best first, the same on every surface: a no is decided by the license asked for rather than by the
 * degree beside it.
 */
export function decidingQuotes({ verdict, evidence }: Told, source: Source, { most = 2, length = QUOTE_LENGTH } = {}): Quote[] {
  const quotes = quotesOf(evidence, source, { most: Math.max(most, LOOKED_AT), length });
  const isLicense = (quote: Quote) => verdict === 'barred' && /\blicen[sc]/i.test(quoteText(quote));
  return [...quotes.filter(isLicense), ...quotes.filter(quote => !isLicense(quote))].slice(0, most);
}

/** The best of them; null where no words decided. */
export function decidingQuote(told: Told, source: Source, length?: number): Quote | null {
  return decidingQuotes(told, source, { most: 1, ...(length === undefined ? {} : { length }) })[0] ?? null;
}

/** A quote without its marks. */
export function quoteText({ parts }: Quote): string {
  return parts.map(({ text }) => text).join('');
}

/** The sentence of a line that holds the words; they may run over its end. */
function sentenceAround(text: string, { start, end }: Span, segments: (from: number, line: string) => Intl.Segments): Span {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const line = text.slice(from, to === -1 ? undefined : to);
  const said = segments(from, line).containing(start - from);
  const found: Span = said
    ? { start: from + said.index, end: Math.max(from + said.index + said.segment.trimEnd().length, end) }
    : { start: from, end: from + line.length };
  // A bullet is no word of the sentence.
  const bullet = /^(?:[-*•·]\s+)+/.exec(text.slice(found.start, start))?.[0].length ?? 0;
  return { start: found.start + bullet, end: found.end };
}

const BULLET = /^\s*(?:[-*•·]\s+)+/;

/** A bare word takes along what its list stands under, and no other point of that list: "You hold one of these: COTA". */
function widened(text: string, { start, end }: Span, least: number): Span & { before: string } {
  if (end - start >= least) return { start, end, before: '' };
  const line = text.lastIndexOf('\n', start - 1);
  const inList = BULLET.test(text.slice(line + 1, end));
  const before = text
    .slice(0, Math.max(0, line))
    .split('\n')
    .findLast(one => one.trim() !== '' && !(inList && BULLET.test(one)))
    ?.trim();
  // A line with an end of its own is a sentence about something else.
  return {
    start,
    end,
    before: before && !/[.!?]$/.test(before) && !BULLET.test(before) ? `${before}${before.endsWith(':') ? '' : ' …'} ` : '',
  };
}

/** Spans in order, none within another, and those that are one demand as one. */
export function joined(text: string, spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last && (start <= last.end || JOINED.test(text.slice(last.end, start)))) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
}

function partsOf(text: string, sentence: Span & { before: string }, spans: readonly Span[], length: number): QuotePart[] {
  const { from, to } = windowOf(text, sentence, spans[0]!, length);
  const parts: QuotePart[] = [];
  const add = (words: string, marked: boolean) => {
    const shown = words.replace(/\s+/g, ' ');
    if (shown !== '') parts.push({ text: shown.toWellFormed(), marked });
  };
  const room = length - (to - from);
  if (from > sentence.start) add('… ', false);
  else if (sentence.before)
    add(sentence.before.length <= room ? sentence.before : `… ${sentence.before.slice(-Math.max(0, room)).replace(/^\S*\s/, '')}`, false);
  let read = from;
  for (const { start, end } of spans) {
    if (start < read || end > to) continue;
    add(text.slice(read, start), false);
    add(text.slice(start, end), true);
    read = end;
  }
  add(text.slice(read, to), false);
  if (to < sentence.end) add(' …', false);
  return parts;
}

/** As much of a sentence as fits, around its first deciding words, cut between words. */
function windowOf(text: string, { start, end }: Span, first: Span, length: number): { from: number; to: number } {
  if (end - start <= length) return { from: start, to: end };
  let from = Math.max(start, Math.min(first.start - Math.floor(length / 3), end - length));
  if (from > start) from = Math.min(first.start, text.indexOf(' ', from) + 1 || first.start);
  let to = Math.min(end, Math.max(from + length, first.end));
  if (to < end) to = Math.max(first.end, text.lastIndexOf(' ', to));
  return { from, to };
}
