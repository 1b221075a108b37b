import { type Announcer, announcedBy, type Form } from './announcement.ts';
import type { Evidence } from './evidence.ts';
import { cutGlued } from './glued.ts';
import { lex, SEP, type Token } from './lexer.ts';
import { markLostBreaks } from './lost-breaks.ts';
import { READING_WORDS } from './reading-words.ts';
import {
  BOILERPLATE,
  has,
  LONGEST_HEADING,
  looksLikeTitle,
  type Section,
  sectionOfHeading,
  sectionOfSentence,
  startsHeading,
} from './sections.ts';

/** A heading, a sentence of a list item, or a sentence of running text. */
export type Segment = {
  /** UTF-16 offsets into the field. */
  readonly start: number;
  readonly end: number;
  /** Its tokens: `tokens[first]` up to, not including, `tokens[last]`. */
  readonly first: number;
  readonly last: number;
  readonly section: Section;
  readonly kind: 'heading' | 'item' | 'sentence';
  /** Number of the line or list item it belongs to. */
  readonly block: number;
};

/** One text of a posting, read: its words, and its sentences with the section each stands in. */
export type Field = {
  readonly name: Evidence['field'];
  readonly raw: string;
  readonly tokens: readonly Token[];
  readonly segments: readonly Segment[];
};

/** The texts of a posting. `text` is plain text as `posting/html.ts` makes it. */
type Texts = { title: string; text: string; location?: string | null; department?: string | null };

export type Document = { readonly title: Field; readonly text: Field; readonly location: Field; readonly department: Field };

/**
 * Reads a posting as a person does: words, sentences and list items, and which section each belongs to. Linear in the text. `announce` tells
 * what a line announces that is no known heading.
 */
export function readDocument(input: Texts, announce: Announcer = announcedBy): Document {
  return {
    title: readLine('title', input.title),
    text: readText(input.text, announce),
    location: readLine('location', input.location ?? ''),
    department: readLine('department', input.department ?? ''),
  };
}

/** The evidence of the tokens `first` up to, not including, `last` of a field. */
export function evidenceOf(field: Field, first: number, last: number): Evidence {
  const start = (field.tokens[first] as Token).start;
  const end = (field.tokens[last - 1] as Token).end;
  return { field: field.name, start, end, text: field.raw.slice(start, end) };
}

/** Reads a text of one line, such as a title or an employer's name. */
export function readLine(name: Field['name'], raw: string): Field {
  const { tokens } = lex(raw);
  const last = tokens[tokens.length - 1];
  if (!last) return { name, raw, tokens, segments: [] };
  const whole: Segment = { start: 0, end: last.end, first: 0, last: tokens.length, section: 'summary', kind: 'heading', block: 0 };
  return { name, raw, tokens, segments: [whole] };
}

/** Abbreviations after which a point ends no sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(READING_WORDS.abbreviations);
const BEFORE_NUMBERS: ReadonlySet<string> = new Set(READING_WORDS.abbreviations_of_numbers);
/** A line longer than this may hold headings nobody set on a line of their own. */
const LONG_LINE_WORDS = 60;

type Draft = { first: number; last: number; kind: Segment['kind']; section: Section; block: number };

function readText(raw: string, announce: Announcer): Field {
  const { tokens: written, tail } = cutGlued(raw, lex(raw));
  const tokens = markLostBreaks(written);
  const reader = new TextReader(tokens, tail, announce);
  const segments = reader.read().map(draft => ({
    ...draft,
    start: (tokens[draft.first] as Token).start,
    end: (tokens[draft.last - 1] as Token).end,
  }));
  return { name: 'text', raw, tokens, segments };
}

/** Walks the tokens once, line by line, and cuts them into segments while following the headings. */
class TextReader {
  readonly #tokens: readonly Token[];
  readonly #tail: number;
  readonly #announce: Announcer;
  readonly #drafts: Draft[] = [];
  #section: Section = 'summary';
  /** The section was set by a label with its content on the same line, so it ends with that paragraph. */
  #inline = false;
  #block = 0;

  constructor(tokens: readonly Token[], tail: number, announce: Announcer) {
    this.#tokens = tokens;
    this.#tail = tail;
    this.#announce = announce;
  }

  read(): Draft[] {
    let first = 0;
    while (first < this.#tokens.length) {
      const last = this.#lineEnd(first);
      this.#block++;
      this.#readBlock(first, last);
      first = last;
    }
    return this.#drafts;
  }

  #sepBefore(at: number): number {
    return at < this.#tokens.length ? (this.#tokens[at] as Token).sep : this.#tail;
  }

  /** Where the line that starts at `first` ends; a wrapped line goes on in the next one. */
  #lineEnd(first: number): number {
    let at = first + 1;
    for (; at < this.#tokens.length; at++) {
      const token = this.#tokens[at] as Token;
      if (has(token.sep, 'bullet')) break;
      if (!has(token.sep, 'newline')) continue;
      const wrapped =
        !has(token.sep, 'blank') &&
        (token.sep & (SEP.stop | SEP.colon | SEP.semicolon | SEP.dash | SEP.open)) === 0 &&
        !token.first &&
        /^[a-z]/.test(token.word) &&
        at - first > 5;
      if (!wrapped) break;
    }
    return at;
  }

  /** Whether a line starts with a number or letter of a list: "1.", "(a)". */
  #isNumbered(first: number, last: number): boolean {
    const numbered = /^(\d{1,2}|[a-h])$/.test((this.#tokens[first] as Token).word) && last - first > 1;
    return numbered && (this.#sepBefore(first + 1) & (SEP.close | SEP.stop | SEP.dot)) !== 0;
  }

  #readBlock(start: number, last: number): void {
    const numbered = this.#isNumbered(start, last);
    const item = numbered || has((this.#tokens[start] as Token).sep, 'bullet');
    const first = numbered ? start + 1 : start;
    if (this.#inline && !item && this.#endsInline(start)) this.#setSection('other', false);
    const heading = this.#wholeLineHeading(first, last, item);
    if (heading) {
      this.#setSection(heading, false);
      this.#push(first, last, 'heading', heading);
      return;
    }
    const label = this.#labelEnd(first, last, item);
    if (label && item) {
      this.#push(first, label.end, 'heading', label.section);
      this.#sentences(label.end, last, 'item', label.section);
      return;
    }
    if (label) {
      this.#setSection(label.section, true);
      this.#push(first, label.end, 'heading', label.section);
    }
    this.#sentences(label ? label.end : first, last, item ? 'item' : 'sentence', null);
  }

  #setSection(section: Section, inline: boolean): void {
    this.#section = section;
    this.#inline = inline;
  }

  /** Whether the paragraph of an inline label is over: at a blank line, and for boilerplate at any new line. */
  #endsInline(at: number): boolean {
    const sep = (this.#tokens[at] as Token).sep;
    return has(sep, 'blank') || BOILERPLATE.has(this.#section);
  }

  /** The section of a line that is a heading and nothing else, or null. A heading nobody knows ends the benefits and company parts. */
  #wholeLineHeading(first: number, last: number, item: boolean): Section | null {
    const count = last - first;
    const after = this.#sepBefore(last);
    if (count > 12 || last >= this.#tokens.length) return null;
    const colon = has(after, 'colon');
    const listed = this.#opensItem(last);
    const known = sectionOfHeading(this.#tokens, first, last);
    // "What would be nice." over a list is its heading; in running text it is a sentence.
    if (has(after, 'stop') && !colon && !(known && listed) && !looksLikeTitle(this.#tokens, first, last)) return null;
    if (known && (!item || colon)) return known;
    if (item || (after & (SEP.comma | SEP.semicolon)) !== 0) return null;
    const titled = count <= LONGEST_HEADING && looksLikeTitle(this.#tokens, first, last);
    if (!colon && !listed && !titled) return null;
    const announced = this.#announced(first, last, listed ? 'list' : 'line');
    if (announced) return announced;
    if (!colon && (!titled || has(after, 'stop'))) return null;
    return BOILERPLATE.has(this.#section) ? 'other' : null;
  }

  /** Whether a line opens an item of a list. */
  #opensItem(at: number): boolean {
    return has((this.#tokens[at] as Token).sep, 'bullet') || this.#isNumbered(at, this.#lineEnd(at));
  }

  #announced(first: number, last: number, form: Form): Section | null {
    const under = this.#drafts.at(-1)?.kind === 'heading';
    return this.#announce({ tokens: this.#tokens, first, last, form, after: this.#section, under });
  }

  /** A label at the start of a line, "Requirements: ...", "Education Master's degree ...". */
  #labelEnd(first: number, last: number, item: boolean): { end: number; section: Section } | null {
    for (let end = first + 1; end < last && end - first <= LONGEST_HEADING; end++) {
      const sep = this.#sepBefore(end);
      if ((sep & (SEP.stop | SEP.comma | SEP.semicolon)) !== 0 && !has(sep, 'colon')) {
        const known = has(sep, 'stop') ? sectionOfHeading(this.#tokens, first, end) : null;
        if (known) return { end, section: known };
        break;
      }
      if ((sep & (SEP.colon | SEP.dash)) === 0 || this.#isBracketed(first, end)) continue;
      const section = sectionOfHeading(this.#tokens, first, end) ?? (has(sep, 'colon') ? this.#labelled(first, end, item) : null);
      return section ? { end, section } : null;
    }
    return this.#bareLabel(first, last);
  }

  /**
   * What a label that is no known heading announces; the name of a field, and within an item what is news to nobody, belong to their content,
   * and so does the name of what is liked: "A clinical background: nursing or therapy" among what is preferred.
   */
  #labelled(first: number, end: number, item: boolean): Section | null {
    const announced = this.#announced(first, end, 'label');
    const known = announced === this.#section || (announced === 'requirements' && this.#section === 'preferred');
    return announced === 'summary' || announced === 'other' || (item && known) ? null : announced;
  }

  /** "A licensed clinician (examples: RN, PT)": what stands in a bracket ends no label. */
  #isBracketed(first: number, end: number): boolean {
    const marks = this.#tokens.slice(first + 1, end + 1).findLast(({ sep }) => (sep & (SEP.open | SEP.close)) !== 0);
    return marks !== undefined && !has(marks.sep, 'close');
  }

  /** A label set off by nothing but the capital of the next word: "Education Master's degree ...", "About the town A house ...". */
  #bareLabel(first: number, last: number): { end: number; section: Section } | null {
    const opening = this.#tokens[first] as Token;
    if (!opening.first || !startsHeading(opening.word)) return null;
    for (let end = Math.min(last - 3, first + 4); end > first; end--) {
      if (!(this.#tokens[end] as Token).first || (this.#sepBefore(end) & ~(SEP.space | SEP.newline)) !== 0) continue;
      const section = sectionOfHeading(this.#tokens, first, end);
      if (section && section !== 'summary' && !(section === 'about' && this.#isName(first, end))) return { end, section };
    }
    return null;
  }

  /** Whether a short word and capitals behind it are the start of a name: "The Area Agency on Aging", "Our Team Members". */
  #isName(first: number, end: number): boolean {
    const opening = this.#tokens[first] as Token;
    return end - first > 1 && opening.word.length <= 3 && (this.#tokens[end - 1] as Token).first;
  }

  /** Cuts `first` to `last` at sentence ends and at headings inside a long line. */
  #sentences(first: number, last: number, kind: 'item' | 'sentence', fixed: Section | null): void {
    const long = last - first > LONG_LINE_WORDS;
    let from = first;
    for (let at = first; at < last; at++) {
      if (at > from && this.#endsSentence(at)) {
        this.#sentence(from, at, kind, fixed);
        from = at;
      }
      if (fixed || (at !== from && !long)) continue;
      const inner = at === first ? null : this.#innerHeading(at, last);
      if (!inner) continue;
      if (at > from) this.#sentence(from, at, kind, fixed);
      this.#section = inner.section;
      this.#push(at, inner.end, 'heading', inner.section);
      from = inner.end;
      at = inner.end - 1;
    }
    if (last > from) this.#sentence(from, last, kind, fixed);
  }

  #endsSentence(at: number): boolean {
    const sep = this.#sepBefore(at);
    if (!has(sep, 'stop')) return false;
    const token = this.#tokens[at] as Token;
    const before = this.#tokens[at - 1] as Token;
    if (/^\d/.test(token.word)) return !ABBREVIATIONS.has(before.word) && !BEFORE_NUMBERS.has(before.word);
    return (token.first || has(sep, 'quote')) && !ABBREVIATIONS.has(before.word);
  }

  /** A heading in the middle of a line: known words and a colon. */
  #innerHeading(at: number, last: number): { end: number; section: Section } | null {
    const opening = this.#tokens[at] as Token;
    if (!opening.first || !startsHeading(opening.word)) return null;
    for (let end = Math.min(last - 1, at + LONGEST_HEADING); end > at; end--) {
      if (!has(this.#sepBefore(end), 'colon')) continue;
      const section = sectionOfHeading(this.#tokens, at, end);
      if (section) return { end, section };
    }
    return null;
  }

  #sentence(first: number, last: number, kind: 'item' | 'sentence', fixed: Section | null): void {
    const section = fixed ?? this.#section;
    const told =
      section === 'requirements' || section === 'duties' || section === 'preferred' ? null : sectionOfSentence(this.#tokens, first, last);
    this.#push(first, last, kind, told ?? section);
  }

  #push(first: number, last: number, kind: Segment['kind'], section: Section): void {
    if (last > first) this.#drafts.push({ first, last, kind, section, block: this.#block });
  }
}
