import { decodeHTMLStrict } from 'entities';

/** A span of a posting's plain text, and the id its mark gets. */
export type Mark = { start: number; end: number; id: string };

const TOKEN = /<[^>]*>|&#?\w{1,10};|[\s\S]/gu;
/** Tags that end a run of text: a mark never reaches over them. */
const INLINE = /^<\/?(?:strong|em|b|i|a)\b/;

type Piece = { html: string; text: string | null };

/**
 * Marks spans of the plain text inside the sanitized HTML it was made from, by walking both side by side without their white space.
 * Null when the two do not tell the same: then the plain text can be shown with its marks instead.
 */
export function highlightHtml(html: string, text: string, marks: readonly Mark[]): string | null {
  const pieces: Piece[] = Array.from(html.matchAll(TOKEN), ([token]) => ({ html: token, text: textOf(token) }));
  const at = positions(pieces, text);
  if (!at) return null;
  const pen = new Pen(merged(marks));
  pieces.forEach(({ html, text }, i) => {
    if (text === null) pen.tag(html);
    else pen.text(html, text.length, at[i] ?? null);
  });
  return pen.end();
}

/** Writes pieces one after the other, with marks opened and closed where they begin and end. */
class Pen {
  #out = '';
  #open: Mark | null = null;
  #next = 0;
  #readTo = 0;

  readonly #marks: readonly Mark[];

  constructor(marks: readonly Mark[]) {
    this.#marks = marks;
  }

  /** A mark is broken at every tag, so that the two never overlap; it goes on after a tag inside the line. */
  tag(html: string): void {
    const resumes = this.#open && this.#readTo < this.#open.end && INLINE.test(html) ? this.#open : null;
    this.#close();
    this.#out += html;
    if (resumes) this.#out += '<mark>';
    this.#open = resumes;
  }

  /** @param position where it stands in the plain text; null for white space, which may stand in one of the two only */
  text(html: string, length: number, position: number | null): void {
    if (this.#open && (position ?? this.#readTo) >= this.#open.end) this.#close();
    if (position !== null) {
      this.#begin(position);
      this.#readTo = position + length;
    }
    this.#out += html;
  }

  end(): string {
    this.#close();
    return this.#out;
  }

  #begin(position: number): void {
    if (this.#open) return;
    while (position >= (this.#marks[this.#next]?.end ?? Number.POSITIVE_INFINITY)) this.#next++;
    const mark = this.#marks[this.#next];
    if (!mark || position < mark.start) return;
    this.#out += `<mark id="${mark.id}">`;
    this.#open = mark;
    this.#next++;
  }

  #close(): void {
    if (this.#open) this.#out += '</mark>';
    this.#open = null;
  }
}

/** Marks spans of plain text; lines become paragraphs. */
export function highlightText(text: string, marks: readonly Mark[], escaped: (text: string) => string): string {
  let out = '';
  let read = 0;
  for (const { start, end, id } of merged(marks)) {
    out += `${escaped(text.slice(read, start))}<mark id="${id}">${escaped(text.slice(start, end))}</mark>`;
    read = end;
  }
  return (out + escaped(text.slice(read)))
    .split(/\n+/)
    .map(line => `<p>${line}</p>`)
    .join('\n');
}

/** In order, none inside another: the first that begins wins, and none goes over a line. */
export function merged(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.end > mark.start && mark.start >= (kept.at(-1)?.end ?? 0)) kept.push(mark);
  }
  return kept;
}

function textOf(token: string): string | null {
  if (token.startsWith('<') && token.length > 1) return null;
  return token.startsWith('&') && token.length > 1 ? decodeHTMLStrict(token) : token;
}

const SPACE = /^\s+$/u;
/** What the plain text puts before an item, and bullets the HTML may have written itself. */
const ITEM = /(?:[-*–—•●▪■◦‣∙·○➢➤✓✔]|\d{1,4}\.) ?/uy;
const BULLET = /^[-*–—•●▪■◦‣∙·○➢➤✓✔]$/u;

/** For every piece of text its offset in the plain text; null for white space and bullets. Null altogether when they part ways. */
function positions(pieces: readonly Piece[], text: string): (number | null)[] | null {
  const found: (number | null)[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.text === null || piece.text === '' || SPACE.test(piece.text)) {
      found.push(null);
      continue;
    }
    at = skipSpace(text, at);
    while (!text.startsWith(piece.text, at) && !BULLET.test(piece.text)) {
      ITEM.lastIndex = at;
      if (!ITEM.test(text)) return null;
      at = skipSpace(text, ITEM.lastIndex);
    }
    const same = text.startsWith(piece.text, at);
    found.push(same ? at : null);
    if (same) at += piece.text.length;
  }
  return /^[\s*–—•●▪■◦‣∙·○➢➤✓✔-]*$/u.test(text.slice(at)) ? found : null;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text[at]!)) at++;
  return at;
}
