import { SEP, type Token } from '../../../text/lexer.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue, Item } from '../../schema/names.ts';
import { FILLERS } from '../capabilities.ts';
import type { Mention } from '../mentions/mention.ts';
import { type CueHit, isSchooling, type Row } from '../mentions/row.ts';

/** What a degree is in: the fields named up to the end of their list. */
export type Fields = {
  readonly mentions: readonly Mention[];
  readonly related: boolean;
  /** A field that no rule knows is named. */
  readonly unknown: boolean;
  /** Levels that a bracket adds: "a degree (associate level counts) in". */
  readonly levels: readonly Item[];
  readonly last: number;
};

/** A name of a field is shorter than this many words; what is longer is another clause. */
const LONGEST_FIELD = 6;
/** Words between a degree and the word that leads to its field: "degree from an accredited program in". */
const LONGEST_LEAD = 5;

/** Words behind which another thing is said: "a degree is a firm requirement of". */
const LEADS_NOWHERE: readonly Cue[] = ['or', 'and', 'barrier', 'is', 'have'];

/** The fields that follow a level of schooling: "in X, Y or a related field", "(X, Y)", "as X". */
export function readFields(row: Row, mentions: readonly Mention[], cues: readonly CueHit[]): Fields {
  const clause = row.statement.parent ?? row.statement;
  const none = { mentions: [], related: isRelated(cues, row.last, row.last + 1), unknown: false, levels: [], last: row.last };
  const from = leadEnd(row, clause, mentions, cues);
  if (from === null) return none;
  return walk(from, clause, row, mentions, cues);
}

/** Where the list of fields begins, or null when there is none. */
function leadEnd(row: Row, clause: Statement, mentions: readonly Mention[], cues: readonly CueHit[]): number | null {
  const { tokens } = clause.field;
  if (cues.some(({ cue, last }) => cue === 'into' && last === row.last)) return row.last;
  // Behind "from" an "of" belongs to the name of a school.
  let schooled = false;
  for (let at = row.last; at < clause.last && at - row.last <= LONGEST_LEAD; at++) {
    const { sep } = tokens[at] as Token;
    if ((sep & SEP.open) !== 0 && !isAside(at, bracketEnd(at, clause), mentions, cues)) return at;
    const past = asideEnd(at, clause, cues);
    if (past !== null) {
      at = past - 1;
      continue;
    }
    if (leadsNowhere(at, clause, cues)) return bentAt(cues, at);
    const mention = mentions.find(({ first }) => first === at);
    if (mention) return opensList(mention, at === row.last, schooled) ? at : null;
    schooled ||= cueAt(cues, at, 'ends') !== undefined;
    const lead = schooled ? cueAt(cues, at, 'into') : cueAt(cues, at, 'into', 'of');
    if (lead) return lead.last;
  }
  return null;
}

const cueAt = (cues: readonly CueHit[], at: number, ...wanted: readonly Cue[]): CueHit | undefined =>
  cues.find(({ cue, first }) => first === at && wanted.includes(cue));

function leadsNowhere(at: number, { field: { tokens } }: Statement, cues: readonly CueHit[]): boolean {
  return ((tokens[at] as Token).sep & (SEP.comma | SEP.semicolon)) !== 0 || cueAt(cues, at, ...LEADS_NOWHERE) !== undefined;
}

/** "A degree, with course work in": what it is bent toward is its field. */
const bentAt = (cues: readonly CueHit[], at: number): number | null =>
  (cueAt(cues, at, 'barrier') && cueAt(cues, at, 'into')?.last) ?? null;

/** Where a bracket, or words such as "or higher", end that may stand between a degree and its fields; null where none begin. */
function asideEnd(at: number, clause: Statement, cues: readonly CueHit[]): number | null {
  const { sep } = clause.field.tokens[at] as Token;
  if ((sep & SEP.open) !== 0) return bracketEnd(at, clause);
  return (sep & (SEP.comma | SEP.semicolon)) === 0 ? (cueAt(cues, at, 'higher')?.last ?? null) : null;
}

/** Whether a mention is the first field of a degree: right behind it, or behind its school a profession's. */
function opensList(mention: Mention, behind: boolean, schooled: boolean): boolean {
  const isField = mention.item !== 'lay' && !isSchooling(mention);
  return isField && (behind || (schooled && (mention.names.length > 0 || mention.item === 'board')));
}

function bracketEnd(open: number, { field: { tokens }, last }: Statement): number {
  let end = open + 1;
  while (end < last && ((tokens[end] as Token).sep & SEP.close) === 0) end++;
  return end;
}

/** What a bracket says that names no field: "(or have experience that counts)", "(it is up to you)". */
const SPEAKS: ReadonlySet<Cue> = new Set(['or', 'is', 'be', 'have', 'hold', 'instead']);

/** Whether a bracket speaks of levels and no fields, "(associate level counts)", or of no schooling at all. */
function isAside(open: number, end: number, mentions: readonly Mention[], cues: readonly CueHit[]): boolean {
  const inside = mentions.filter(({ first, last }) => first >= open && last <= end);
  if (inside.length > 0) return inside.every(isSchooling);
  const speaks = cues.some(({ cue, first }) => SPEAKS.has(cue) && first >= open && first < end && (cue !== 'or' || first === open));
  return speaks || end - open === 1;
}

function walk(from: number, clause: Statement, row: Row, mentions: readonly Mention[], cues: readonly CueHit[]): Fields {
  const found: Mention[] = [];
  const bracketed = mentions.filter(mention => mention.first >= row.last && mention.last <= from && isSchooling(mention));
  const levels = bracketed.flatMap(({ item }) => (item ? [item] : []));
  const state = { related: false, unknown: false };
  let start = from;
  let at = from;
  let end = row.last;
  const close = () => {
    const member = readMember(start, at, clause, mentions, cues);
    if (!member) return at === start;
    found.push(...member.mentions);
    state.related ||= member.related;
    const led = found[0]?.item === 'clinical-field' && isLed(clause.field.tokens.slice(from, start + 1));
    const unknown = member.unknown && !beginsAnother(start, at, mentions, cues);
    state.unknown ||= unknown && !led;
    if (member.mentions.length > 0 || member.related || unknown) end = at;
    return true;
  };
  for (; at < clause.last; at++) {
    if (at > from && stops(at, clause, mentions, cues)) break;
    // "occupational or physical therapy" is one name.
    if (mentions.some(({ first, last }) => first < at && at < last)) continue;
    const joint = at > start && isJoint(at, clause, cues);
    if (!joint && !(at === start && cues.some(({ cue, first }) => first === at && (cue === 'or' || cue === 'and')))) continue;
    if (!close()) return { mentions: found, ...state, levels, last: end };
    start = cues.find(({ cue, first }) => first === at && (cue === 'or' || cue === 'and'))?.last ?? at;
  }
  close();
  return { mentions: found, ...state, levels, last: end };
}

/** "In a clinical field (nursing, lab work)": a bracket spells out what leads the list, and without a comma no list goes on. */
function isLed(tokens: readonly Token[]): boolean {
  const listed = ((tokens[tokens.length - 1]?.sep ?? 0) & SEP.comma) !== 0;
  return !listed || tokens.some(({ sep }) => (sep & SEP.open) !== 0);
}

/** "or a professional degree", "and a current license": words up to another thing that is asked for name no field. */
function beginsAnother(first: number, last: number, mentions: readonly Mention[], cues: readonly CueHit[]): boolean {
  const joined = cues.some(({ cue, last: end }) => (cue === 'or' || cue === 'and') && end === first);
  const licensed = cues.some(({ cue, first: at }) => at === last && (cue === 'license' || cue === 'licensed'));
  return joined && (licensed || mentions.some(mention => mention.first === last && isSchooling(mention)));
}

/** A comma, a slash, a bracket, or a joiner begins the next member. */
function isJoint(at: number, { field: { tokens } }: Statement, cues: readonly CueHit[]): boolean {
  const { sep } = tokens[at] as Token;
  return (
    (sep & (SEP.comma | SEP.slash | SEP.open | SEP.close | SEP.newline)) !== 0 ||
    cues.some(({ cue, first }) => first === at && (cue === 'or' || cue === 'and'))
  );
}

/** What ends the list: a word of force or of license, another level of schooling, years, or a semicolon. */
function stops(at: number, { field: { tokens }, hits }: Statement, mentions: readonly Mention[], cues: readonly CueHit[]): boolean {
  if (((tokens[at] as Token).sep & SEP.semicolon) !== 0) return true;
  if (hits.some(({ rule, first }) => first === at && rule.kind === 'force')) return true;
  if (
    cues.some(
      ({ cue, first }) =>
        first === at && (cue === 'license' || cue === 'licensed' || cue === 'barrier' || cue === 'turn' || cue === 'ends'),
    )
  )
    return true;
  return mentions.some(mention => mention.first === at && (isSchooling(mention) || mention.item === 'lay' || isOfOwnForce(mention)));
}

/** "a degree in business (therapists preferred)": a bracket with a word of force of its own says another thing. */
function isOfOwnForce({ statement }: Mention): boolean {
  return statement.parent !== null && statement.hits.some(({ rule }) => rule.kind === 'force');
}

type Member = Omit<Fields, 'last' | 'levels'>;

/** One member of the list, or null when it is none: too long, or nothing. */
function readMember(first: number, last: number, clause: Statement, mentions: readonly Mention[], cues: readonly CueHit[]): Member | null {
  if (last <= first) return null;
  const within = mentions.filter(
    mention => mention.first >= first && mention.last <= last && !isSchooling(mention) && mention.item !== 'lay',
  );
  // "health law" is law: of two fields side by side the last is the name.
  const own = within.filter(mention => !(mention.field && within.some(next => next.field && next.first === mention.last)));
  const related = isRelated(cues, first, last);
  if (own.length > 0) return { mentions: own, related: related && own.every(({ item }) => item !== 'clinical-field'), unknown: false };
  if (related) return { mentions: [], related, unknown: false };
  if (last - first > LONGEST_FIELD) return null;
  return { mentions: [], related: false, unknown: !clause.field.tokens.slice(first, last).every(({ word }) => FILLERS.has(word)) };
}

function isRelated(cues: readonly CueHit[], first: number, last: number): boolean {
  return cues.some(
    cue => (cue.cue === 'related' || cue.cue === 'equivalent') && cue.first < last && cue.last > first - 1 && cue.first >= first - 1,
  );
}
