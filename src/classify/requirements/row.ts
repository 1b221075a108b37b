import { SEP } from '../../text/lexer.ts';
import type { Cue } from '../rule.ts';
import type { RuleHit } from '../rules.ts';
import type { Statement } from '../statements.ts';
import type { Mention } from './mention.ts';

/** Mentions that a sentence names in one breath: "OT, PT or a licensed clinician". */
export type Row = { readonly mentions: readonly Mention[]; readonly first: number; readonly last: number; readonly statement: Statement };

/** Most words between two members of one row beside the joiner: "a licensed physical therapist or a registered nurse". */
const LONGEST_JOINT = 3;

/** The rows of a segment's mentions. `cues` are those of the segment. */
export function readRows(mentions: readonly Mention[], cues: readonly CueHit[]): Row[] {
  const rows: Mention[][] = [];
  for (const mention of mentions) {
    const row = rows[rows.length - 1];
    const before = row?.[row.length - 1];
    if (row && before && isJoined(before, mention, cues)) row.push(mention);
    else rows.push([mention]);
  }
  return rows.map(row => {
    const [head] = row as [Mention];
    return { mentions: row, first: head.first, last: (row[row.length - 1] as Mention).last, statement: head.statement };
  });
}

/** Whether two mentions are neighbors in one row: a joiner, a comma or a slash stands between them and little else, and no bracket opens or closes. */
function isJoined(left: Mention, right: Mention, cues: readonly CueHit[]): boolean {
  if (left.statement !== right.statement || isSchooling(left) !== isSchooling(right)) return false;
  if (isSchooling(left) && turnsAway(left, right, cues)) return false;
  if (left.item === 'lay' || right.item === 'lay' || (isVague(left) && !right.field) || (isVague(right) && !left.field)) return false;
  const { tokens } = left.statement.field;
  const between = tokens.slice(left.last, right.first);
  if (between.length === 0 && isSchooling(left))
    return ((tokens[right.first]?.sep ?? 0) & (SEP.open | SEP.close | SEP.semicolon | SEP.stop)) === 0;
  const cuesBetween = cues.filter(({ first, last }) => first >= left.last && last <= right.first);
  const joiner = cuesBetween.some(({ cue }) => cue === 'or' || cue === 'and');
  if (between.length > (joiner && !cuesBetween.some(({ cue }) => cue === 'acts' || cue === 'have') ? LONGEST_ASIDE : LONGEST_JOINT))
    return false;
  if (
    !joiner &&
    isGroup(left) &&
    right.names.length > 0 &&
    !cues.some(({ cue, first }) => (cue === 'or' || cue === 'and') && first >= right.last)
  )
    return false;
  if (cuesBetween.some(({ cue, first }) => PARTING.has(cue) || (cue === 'business' && first === left.last))) return false;
  if (left.statement.hits.some(({ rule, first }) => 'force' in rule.effect && first >= left.last && first < right.first)) return false;
  const seps = tokens.slice(left.last, right.first + 1).reduce((flags, { sep }) => flags | sep, 0);
  if ((seps & (SEP.open | SEP.close | SEP.semicolon | SEP.stop)) !== 0) return false;
  // Words between two members that only a comma parts are a new thought: "no PTAs this time, PTs please".
  if (!joiner && between.length > 1 && (seps & SEP.slash) === 0) return false;
  return (seps & (SEP.comma | SEP.slash | SEP.newline | SEP.plus)) !== 0 || joiner;
}

/** With a joiner an aside may stand between two members: "a PT or, on request, an SLP". */
const LONGEST_ASIDE = 4;

/** A generic word for people, which a name after a bare comma turns against or spells out. */
function isGroup({ item, names }: Mention): boolean {
  return names.length === 0 && (item === 'professional' || item === 'therapist' || item === 'registered');
}

/** "a bachelor's degree, or an associate degree as": a comma before the joiner makes two demands of two levels. */
function turnsAway({ last, statement: { field } }: Mention, { first }: Mention, cues: readonly CueHit[]): boolean {
  const comma = ((field.tokens[last]?.sep ?? 0) & SEP.comma) !== 0;
  return comma && first > last && cues.some(cue => cue.cue === 'or' && cue.first === last);
}

/** Fields that make no people: "management experience or a license" names two things. */
function isVague({ item, field }: Mention): boolean {
  return field && (item === 'other-field' || item === 'any-field' || item === 'health-field');
}

const PARTING: ReadonlySet<Cue> = new Set(['others', 'barrier', 'only', 'turn', 'acts']);

const SCHOOLING: ReadonlySet<string> = new Set(['diploma', 'associate', 'bachelor', 'master', 'doctorate', 'degree']);

/** Whether a mention is a level of schooling. */
export function isSchooling({ item }: Mention): boolean {
  return item !== null && SCHOOLING.has(item);
}

export type CueHit = { readonly cue: Cue; readonly first: number; readonly last: number };

/** The cues among some hits, longest first where they overlap, so that "looking for" holds its "for". */
export function readCues(hits: readonly RuleHit[]): CueHit[] {
  const cues = hits.flatMap(({ rule, first, last }) =>
    rule.kind === 'cue' && 'cue' in rule.effect ? [{ cue: rule.effect.cue, first, last }] : [],
  );
  return cues.sort((a, b) => a.first - b.first || b.last - a.last);
}
