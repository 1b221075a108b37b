import type { Certification, Evidence } from '../classification.ts';
import { lex, type Token } from '../lexer.ts';
import { CERTIFICATION_NAMES } from './certification-names.ts';
import { clauseAt, evidenceIn, type Finding, type Piece, type Reading, raiseTopic, WISH } from './reading.ts';

type Way = { name: string; words: readonly string[]; capitals: boolean; near: readonly string[] };

/** First folded word → the certifications it may begin, the longest wording first. */
const WAYS = new Map<string, Way[]>();
for (const { name, also = [], near, spelled } of CERTIFICATION_NAMES) {
  for (const wording of spelled ? also : [name, ...also]) {
    const tokens = lex(wording).tokens;
    const words = tokens.map(token => token.word);
    const short = tokens.length <= 2 && tokens.some(token => token.upper);
    const way = { name, words, capitals: short, near: short && near ? lex(near).tokens.map(token => token.word) : [] };
    WAYS.set(words[0]!, [...(WAYS.get(words[0]!) ?? []), way]);
  }
}
for (const ways of WAYS.values()) ways.sort((a, b) => b.words.length - a.words.length);
raiseTopic('certification', WAYS.keys());

const SAME_CARD = new Set(['BLS', 'CPR']);
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay', 'duties']);
const ASKED =
  /\b(?:certif\w*|credential\w*|designation|card|required?|requires|must|preferr?ed|plus|current|valid|holds?|holding|bonus|helpful|desired|welcome|obtain|earn|is needed|appreciated|nice|liked|licen[cs]e\w*|within)\b/i;
/** The employer gives it, or it belongs to somebody else. */
const GIVEN =
  /\b(?:sponsor\w*|and an?|we (?:will )?(?:pay|cover|train|reimburse|offer|provide)|paid|reimburs\w*|opportunit\w+|support (?:for|your)|tuition|courses? offered|our|vendor['’]s|the|an|with (?:an?|the|our)|alongside (?:an?|the))\s(?:[\w-]+\s){0,2}$/i;
/** Wishes of the short kind, right beside the name: "CEAS is nice", "NCS or ATP appreciated". */
const LIKED =
  /^[^.;]{0,40}?\b(?:is|are|be)?\s?(?:nice|liked|appreciated|great|an edge|handy|useful|or (?:working|work) towards?)\b|^(?: certification)?,? or (?:[\w-]+ ){0,2}training (?:within|provided|in|on the job)\b/i;
const NOT_NEEDED = /^[^.;,]{0,30}?\b(?:not (?:needed|required|necessary|expected)|unnecessary)\b|^[^.;]{0,24}\bdefinition\b/i;
const DEMANDED = /\b(?:required?|requires|must|mandatory|needed|within \w+ (?:days|months|years?)|upon hire|at hire)\b/i;

/** Certifications asked for beyond the licence, each required or preferred by the words beside it, else by the section it stands in. */
export function readCertifications(reading: Reading): Finding<Certification[]> {
  const byName = new Map<string, { need: Certification['need']; evidence: Evidence }>();
  const { tokens } = reading.document.text;
  let words: Set<string> | null = null;
  for (const piece of reading.about('certification')) {
    if (QUIET.has(piece.section)) continue;
    let previous = { name: '', end: 0 };
    for (let at = piece.first; at < piece.last; at++) {
      const way = wayAt(tokens, at, piece.last);
      if (!way) continue;
      if (way.near.length > 0) {
        words ??= new Set([...reading.document.title.tokens, ...tokens].map(token => token.word));
        const known = words;
        if (!way.near.some(word => known.has(word))) continue;
      }
      const start = tokens[at]!.start - piece.start;
      const end = tokens[at + way.words.length - 1]!.end - piece.start;
      at += way.words.length - 1;
      if (end > piece.text.length) break;
      // "BLS (CPR)" is one card.
      const same = SAME_CARD.has(previous.name) && SAME_CARD.has(way.name) && /^\s?\($/.test(piece.text.slice(previous.end, start));
      previous = { name: way.name, end };
      if (same) continue;
      const need = needOf(piece, start, end);
      if (!need) continue;
      const known = byName.get(way.name);
      if (!known || (known.need === 'preferred' && need === 'required'))
        byName.set(way.name, { need, evidence: evidenceIn(piece, start, end - start) });
    }
  }
  return {
    value: [...byName].map(([name, { need }]) => ({ name, need })),
    evidence: [...byName.values()].map(({ evidence }) => evidence),
  };
}

function wayAt(tokens: readonly Token[], at: number, last: number): Way | null {
  const ways = WAYS.get(tokens[at]!.word);
  if (!ways) return null;
  const fits = (way: Way) =>
    at + way.words.length <= last &&
    way.words.every((word, offset) => tokens[at + offset]!.word === word) &&
    (!way.capitals || tokens.slice(at, at + way.words.length).some(token => token.upper));
  return ways.find(fits) ?? null;
}

/** Required or preferred; null when the words only mention the certification. */
function needOf(piece: Piece, start: number, end: number): Certification['need'] | null {
  const clause = clauseAt(piece.text, start);
  const before = piece.text.slice(clause.start, start);
  const after = piece.text.slice(end, Math.min(piece.text.length, clause.start + clause.text.length, end + 120));
  const isDemand = piece.section === 'requirements' || piece.section === 'preferred';
  if (NOT_NEEDED.test(after) || /\b(?:no|within|without|under)\s$/i.test(before)) return null;
  if (GIVEN.test(before) && !/\b(?:hold|have|be|as|of) (?:the|an)\s$/i.test(before)) return null;
  // "MD/DO; BLS." and "two years as a journeyman, OSHA 10." list it as a demand by its place alone.
  const listed =
    /(?:^|[,;/]\s?)$/.test(piece.text.slice(0, start)) && /^\s?(?:[,;.)]|$)/.test(piece.text.slice(end)) && piece.text.length <= 100;
  if (!isDemand && !listed && !ASKED.test(clause.text) && piece.text.length > end - start + 12) return null;
  if (!isDemand && /^\s(?:training|exam|course\w*|prep)\b/i.test(after) && !DEMANDED.test(after)) return null;

  if (LIKED.test(after)) return 'preferred';
  const wish = WISH.exec(after)?.index ?? Number.POSITIVE_INFINITY;
  const demand = DEMANDED.exec(after)?.index ?? Number.POSITIVE_INFINITY;
  if (wish !== demand) return wish < demand ? 'preferred' : 'required';
  if (WISH.test(before) && !DEMANDED.test(before)) return 'preferred';
  return piece.section === 'preferred' ? 'preferred' : 'required';
}
