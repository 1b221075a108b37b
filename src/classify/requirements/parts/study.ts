import { SEP, type Token } from '../../../text/lexer.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue } from '../../schema/names.ts';
import type { Mention } from '../mentions/mention.ts';
import { type CueHit, isSchooling, type Row } from '../mentions/row.ts';

/** What a degree is in: the fields named up to the end of their list. */
type Fields = { readonly mentions: readonly Mention[]; readonly related: boolean; readonly last: number };

/** More words than this between two fields are another clause. */
const LONGEST_FIELD = 6;
/** Words between a degree and the word that leads to its field: "degree from an accredited program in". */
const LONGEST_LEAD = 5;

/** Words behind which another thing is said: "a degree is a firm requirement of". */
const LEADS_NOWHERE: readonly Cue[] = ['or', 'and', 'barrier', 'is', 'have'];
/** Words behind which a degree's list of fields has ended. */
const ENDS: readonly Cue[] = ['license', 'licensed', 'barrier', 'turn', 'ends'];

/** The fields that follow a level of schooling: "in X, Y or a related field", "(X, Y)", "as X". */
export function readFields(row: Row, mentions: readonly Mention[], cues: readonly CueHit[]): Fields {
  const clause = row.statement.parent ?? row.statement;
  const from = leadEnd(row, clause, mentions, cues);
  const related = cueAt(cues, from ?? row.last, ...RELATED) ?? cueAt(cues, (from ?? row.last) - 1, ...RELATED);
  if (from === null) return { mentions: [], related: related !== undefined, last: row.last };
  const found: Mention[] = [];
  let last = row.last;
  let open = related !== undefined;
  for (let at = from; at < clause.last && at - Math.max(last, from) <= LONGEST_FIELD; at++) {
    if (at > from && stops(at, clause, mentions, cues)) break;
    const field = mentions.find(mention => mention.first === at && isField(mention));
    const near = cueAt(cues, at, ...RELATED);
    if (field) found.push(field);
    open ||= near !== undefined;
    last = Math.max(last, field?.last ?? 0, near?.last ?? 0);
  }
  return { mentions: found, related: open, last };
}

const RELATED: readonly Cue[] = ['related', 'equivalent'];

const isField = (mention: Mention): boolean => mention.item !== 'lay' && !isSchooling(mention);

/** Where the list of fields begins, or null when there is none. */
function leadEnd(row: Row, clause: Statement, mentions: readonly Mention[], cues: readonly CueHit[]): number | null {
  const { tokens } = clause.field;
  if (cues.some(({ cue, last }) => cue === 'into' && last === row.last)) return row.last;
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
    if (mention) return at === row.last && isField(mention) ? at : null;
    const lead = cueAt(cues, at, 'into', 'of');
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

/** What ends the list: a word of force or of license, another level of schooling, years, or a semicolon. */
function stops(at: number, clause: Statement, mentions: readonly Mention[], cues: readonly CueHit[]): boolean {
  const { sep } = clause.field.tokens[at] as Token;
  const mention = mentions.find(({ first }) => first === at);
  return (
    (sep & SEP.semicolon) !== 0 ||
    clause.hits.some(({ rule, first }) => first === at && rule.kind === 'force') ||
    cueAt(cues, at, ...ENDS) !== undefined ||
    ((sep & SEP.open) !== 0 && isJudged(at, clause, mentions)) ||
    // "in a health field, an active clinical license": people by their license are no field.
    (mention !== undefined && (!isField(mention) || cues.some(own => isOfLicense(own) && own.first >= at && own.last <= mention.last)))
  );
}

/** "in business (clinicians preferred)": a bracket that does something with what it names says that of itself alone. */
function isJudged(open: number, clause: Statement, mentions: readonly Mention[]): boolean {
  const end = bracketEnd(open, clause);
  const inside = mentions.filter(({ first, last }) => first >= open && last <= end);
  return inside.some(({ statement: { hits } }) => hits.some(({ rule, first }) => rule.kind === 'force' && first >= open && first < end));
}

const isOfLicense = ({ cue }: CueHit): boolean => cue === 'license' || cue === 'licensed';
