import { decodeHTMLStrict, encodeXML } from 'entities';
import { compile } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';

/** Characters of one piece of third-party html that are read; the rest is cut. */
export const MAX_HTML = 500_000;

/** Characters of a whole body that are kept, and parts of it that are read. */
const MAX_BODY = MAX_HTML * 2;
const MAX_PARTS = 5_000;

/** One part of a body: html as the board means it, or plain text. The shape adapters hand over. */
type Part = { heading?: string; html?: string; text?: string };

const BLOCKS =
  'address article aside body caption center dd details dir div dl dt fieldset figcaption figure footer form header hr legend main nav pre section summary table tbody td tfoot th thead tr'.split(
    ' ',
  );
const TAG =
  /<\/?(?:p|br|div|ul|ol|li|strong|b|em|i|u|a|span|font|h[1-6]|blockquote|table|tbody|tr|td|th|section|article|main|header|footer|hr|dl|dt|dd|pre|img|script|style|iframe)(?:\s[^<>]*)?\/?>/i;
const REL = 'nofollow noopener noreferrer ugc';

/** What is never a character of a posting: control characters, lone surrogates, direction overrides, zero-width and soft-hyphen padding. */
const ILLEGAL =
  /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu;
const LINE_ENDS = /\r\n?|[\f\u2028\u2029]/g;

/** Removes characters no posting means to have and makes every line end `\n`. */
export function stripIllegal(text: string): string {
  return text.replace(ILLEGAL, '').replace(LINE_ENDS, '\n');
}

/** True when the text holds at least one tag that job boards write; `a < b` and `<c0>` are none. */
export function looksLikeHtml(text: string): boolean {
  return TAG.test(text);
}

/** Decodes html entities once: `&amp;lt;` becomes `&lt;`. Only those with their semicolon: `?a=1&region=2` is no `®`. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}

/** Undoes html that was escaped once or twice. Text that holds tags already, or holds none after two rounds, comes back as it was. */
export function decodeUntilMarkup(text: string): string {
  let decoded = text;
  for (let round = 0; round <= 2; round++) {
    if (looksLikeHtml(decoded)) return decoded;
    decoded = decodeEntities(decoded);
  }
  return text;
}

/** White space to every reader, and never in the input, as `stripIllegal` removes it. */
const MARK = '\v';
/** The same beside a break. */
const BREAK_MARK = '\f';
const BREAK = '<br />';
const AFTER_BLOCK = /(?:<\/?(?:p|ul|ol|li|h3|h4|blockquote)>|^)$/;
const BEFORE_BLOCK = /^(?:<\/?(?:p|ul|ol|li|h3|h4|blockquote)>|$)/;
/** The longest of their tags. */
const LONGEST_TAG = '</blockquote>'.length;

/** White space that holds a mark: a line's end, and nothing beside a block, which ends lines itself. Looks once at every run of it. */
function marksAsBreaks(html: string): string {
  return html.replace(/\s+/g, (run, at: number) => {
    if (!run.includes(MARK)) return run;
    const end = at + run.length;
    const isBeside =
      AFTER_BLOCK.test(html.slice(Math.max(0, at - LONGEST_TAG), at)) || BEFORE_BLOCK.test(html.slice(end, end + LONGEST_TAG));
    return isBeside ? '' : BREAK;
  });
}

const transformTags: sanitizeHtml.IOptions['transformTags'] = {
  ...Object.fromEntries(BLOCKS.map(name => [name, 'p'])),
  h1: 'h3',
  h2: 'h3',
  h5: 'h4',
  h6: 'h4',
  menu: 'ul',
  // A link must say where it leads by itself: relative and protocol-relative addresses are not links once taken from their page.
  a: (_: string, { href }: sanitizeHtml.Attributes): sanitizeHtml.Tag => {
    const address = (href ?? '').trim();
    return /^(?:https?:\/\/|mailto:)/i.test(address)
      ? { tagName: 'a', attribs: { href: address, rel: REL } }
      : { tagName: 'span', attribs: {} };
  },
};

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'b', 'i', 'h3', 'h4', 'blockquote', 'a'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'iframe', 'object'],
  transformTags,
};
const EMPTY_GOES: sanitizeHtml.IOptions = {
  ...ALLOWED,
  nestingLimit: 40,
  exclusiveFilter: frame => frame.tag !== 'br' && frame.text.trim() === '',
};

/**
 * Third-party html reduced to p br ul ol li strong em b i h3 h4 blockquote and a[href] (http, https, mailto; `rel` added). Other blocks
 * become paragraphs, other headings h3 or h4, everything else only its text. Cleaning twice changes nothing.
 */
export function sanitize(html: string): string {
  // The first pass leaves paragraphs inside paragraphs (nested divs); reading its output again flattens them, and then the empty ones go.
  // A mark at each paragraph's end keeps the words on both sides apart when the end itself is lost that way; so does one at each break, which
  // goes where tags are nested too deep.
  const nested = stripIllegal(sanitizeHtml(stripIllegal(html.slice(0, MAX_HTML)), ALLOWED))
    .replaceAll('</p>', `</p>${MARK}`)
    .replaceAll(BREAK, `${BREAK}${BREAK_MARK}`);
  const flat = flatten(nested);
  // Asked of what is left, as an empty list goes.
  return hasBareItems(flat) ? flatten(`<ul>${nested}</ul>`) : flat;
}

function flatten(nested: string): string {
  const flat = marksAsBreaks(sanitizeHtml(nested, EMPTY_GOES)).replaceAll(`${BREAK}${BREAK_MARK}`, BREAK).replaceAll(BREAK_MARK, BREAK);
  return withoutIndents(stripIllegal(flat)).trim();
}

/** Lines without the spaces at their ends and beginnings. Looks once at every run of white space, however long. */
function withoutIndents(html: string): string {
  return html.replace(/\s+/g, run => {
    const end = run.indexOf('\n');
    if (end < 0) return run;
    let from = end;
    while (from > 0 && (run[from - 1] === ' ' || run[from - 1] === '\t')) from--;
    return `${run.slice(0, from)}\n`;
  });
}

/** Whether the first item stands in no list. */
function hasBareItems(html: string): boolean {
  const firstItem = html.indexOf('<li>');
  return firstItem >= 0 && !/<[uo]l>/.test(html.slice(0, firstItem));
}

const toLines = compile({
  wordwrap: false,
  preserveNewlines: false,
  decodeEntities: true,
  limits: { maxDepth: 100, maxInputLength: MAX_HTML * 2, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 1, trailingLineBreaks: 2 } },
    { selector: 'ol', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
    { selector: 'li', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'li > p', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['h3', 'h4'].map(selector => ({ selector, options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 1 } })),
    { selector: 'blockquote', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  ],
});

/** The one shape of plain text: lines trimmed, single spaces, list items as `- item`, at most one empty line between paragraphs. */
function tidy(text: string): string {
  return stripIllegal(text)
    .split('\n')
    .map(line =>
      line
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/^(?:[-*–—•●▪■◦‣∙·○➢➤✓✔]\s+|[•●▪■◦‣∙·○➢➤✓✔])(?=\S)/u, '- '),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Plain text of html, cleaned first: a heading on a line of its own, `- item` and `1. item` lines, paragraphs apart by an empty line. */
export function toText(html: string): string {
  return textOfClean(sanitize(html));
}

function textOfClean(html: string): string {
  return tidy(toLines(html));
}

/** Plain text as html: paragraphs at empty lines, lists of `- ` lines, `<br>` at other line ends. */
function fromText(text: string): string {
  return tidy(text)
    .split(/\n\n/)
    .filter(paragraph => paragraph !== '')
    .map(paragraph =>
      runs(paragraph.split('\n'))
        .map(run => (run.list ? `<ul>${run.lines.map(line => `<li>${line}</li>`).join('')}</ul>` : `<p>${run.lines.join('<br />')}</p>`))
        .join('\n'),
    )
    .join('\n');
}

function runs(lines: string[]): { list: boolean; lines: string[] }[] {
  const found: { list: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const list = line.startsWith('- ');
    const last = found.at(-1);
    const escaped = encodeXML(list ? line.slice(2) : line);
    if (last && last.list === list) last.lines.push(escaped);
    else found.push({ list, lines: [escaped] });
  }
  return found;
}

function htmlOf(part: Part): string {
  const heading = part.heading ? tidy(decodeEntities(part.heading)).replaceAll('\n', ' ') : '';
  const html = part.html ? decodeUntilMarkup(part.html.slice(0, MAX_HTML)) : '';
  // What is called html and holds no tag is plain text with entities.
  const body = looksLikeHtml(html) ? sanitize(html) : sanitize(fromText(decodeEntities(html)));
  const text = part.text ? sanitize(fromText(decodeEntities(part.text.slice(0, MAX_HTML)))) : '';
  return [heading && `<h3>${encodeXML(heading)}</h3>`, body, text].filter(Boolean).join('\n');
}

/** The whole body in the order given: `html` clean for display, `text` its plain text, which evidence spans point into. */
export function bodyOf(parts: readonly Part[]): { html: string; text: string } {
  const read: string[] = [];
  let given = 0;
  let kept = 0;
  for (const part of parts) {
    // What is behind that is cut off in any case, or is more than any posting says.
    if (kept > MAX_BODY || given > MAX_BODY * 4 || read.length >= MAX_PARTS) break;
    given += (part.html?.length ?? 0) + (part.text?.length ?? 0);
    const html = htmlOf(part);
    read.push(html);
    kept += html.length;
  }
  const html = read.filter(Boolean).join('\n').slice(0, MAX_BODY);
  return { html, text: textOfClean(html) };
}
