import { decodeEntities, looksLikeHtml, stripIllegal, toText } from './html.ts';

const MAX_TITLE = 300;

/** A title or name for people: entities decoded, tags gone, on one line, at most 300 characters. Plain spaces inside stay as the employer wrote them. */
export function cleanTitle(title: string): string {
  const read = title.slice(0, MAX_TITLE * 10);
  // Boards escape titles once too often as often as not.
  const decoded = decodeEntities(decodeEntities(read));
  const plain = looksLikeHtml(decoded) ? toText(decoded) : decoded;
  const line = stripIllegal(plain)
    .replace(/ *[^\S ]\s*/g, ' ')
    .trim();
  return line.length <= MAX_TITLE ? line : stripIllegal(line.slice(0, MAX_TITLE)).trim();
}

const NUMBER =
  /(?:[#(]|\b(?:job|req(?:uisition)?|ref|posting)(?: (?:id|no|number))?[ :#.-]*)\s*\(?[a-z]{0,4}[-_]?\d{3,}[\d_-]*\)?|\(?\b(?:r|jr|req)[-_]?\d{4,}\b\)?/g;
const SHOUTS =
  /^(?:new|urgent|hot job|now hiring|hiring|immediate(?:ly)? (?:opening|hiring)|job|career opportunity)\s*[!:*-]+\s*|\s*[!*]+\s*(?:now hiring|urgent|sign[- ]on bonus)\b.*$/g;

/** A title reduced to what makes it the same job: lower case, no accents, no punctuation, no requisition number, no shouting. */
export function comparableTitle(title: string): string {
  return cleanTitle(title)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(NUMBER, ' ')
    .replace(SHOUTS, ' ')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();
}
