import type { Evidence } from '../../classify/classification.ts';
import { type Html, html } from '../../http/html.ts';

/** A line of a posting with the deciding words marked. */
type Quote = { field: Evidence['field']; parts: { text: string; marked: boolean }[] };

const MOST = 200;

/**
 * The lines that hold the deciding words, the one with most of them first: words alone ("PT") say little.
 * `source` gives the text of a field; evidence that does not lie in it is left out.
 */
export function quotesOf(evidence: readonly Evidence[], source: (field: Evidence['field']) => string | null, most = 2): Quote[] {
  const lines = new Map<string, { field: Evidence['field']; text: string; start: number; spans: Evidence[] }>();
  for (const span of evidence) {
    const text = source(span.field);
    if (text === null || text.slice(span.start, span.end) !== span.text || span.end <= span.start) continue;
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    const end = text.indexOf('\n', span.end);
    const key = `${span.field} ${start}`;
    const line = lines.get(key) ?? { field: span.field, text: text.slice(start, end === -1 ? undefined : end), start, spans: [] };
    line.spans.push(span);
    lines.set(key, line);
  }
  return [...lines.values()]
    .sort((a, b) => b.spans.length - a.spans.length || a.start - b.start)
    .slice(0, most)
    .map(({ field, text, start, spans }) => ({ field, parts: partsOf(text, start, spans) }));
}

export function quoteHtml(quote: Quote): Html {
  return html`<q>${quote.parts.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</q>`;
}

function partsOf(line: string, offset: number, spans: readonly Evidence[]): Quote['parts'] {
  const sorted = spans.map(({ start, end }) => ({ start: start - offset, end: end - offset })).sort((a, b) => a.start - b.start);
  const first = sorted[0]!.start;
  // A paragraph may be one line: then a window around the first words.
  let from = line.length <= MOST ? 0 : Math.max(0, first - MOST / 3);
  let to = line.length <= MOST ? line.length : Math.min(line.length, from + MOST);
  if (from > 0) from = Math.min(first, line.indexOf(' ', from) + 1 || first);
  if (to < line.length) to = Math.max(sorted[0]!.end, line.lastIndexOf(' ', to));
  const parts: Quote['parts'] = [];
  const add = (text: string, marked: boolean) => text !== '' && parts.push({ text: text.toWellFormed(), marked });
  let read = from;
  if (from > 0) add('… ', false);
  for (const { start, end } of sorted) {
    if (start < read || end > to) continue;
    add(line.slice(read, start), false);
    add(line.slice(start, end), true);
    read = end;
  }
  add(line.slice(read, to), false);
  if (to < line.length) add(' …', false);
  const head = parts[0];
  if (head && !head.marked) head.text = head.text.replace(/^- /, '');
  return parts;
}
