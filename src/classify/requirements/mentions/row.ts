import { SEP } from '../../../text/lexer.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue } from '../../schema/names.ts';
import type { Mention } from './mention.ts';

/** Mentions that a sentence names in one breath: "OT, PT or a licensed clinician". */
export type Row = { readonly mentions: readonly Mention[]; readonly first: number; readonly last: number; readonly statement: Statement };

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

/** Whether two mentions are members of one list: commas, slashes or a joiner part them, no bracket, and nothing that says something. */
function isJoined(left: Mention, right: Mention, cues: readonly CueHit[]): boolean {
  if (left.statement !== right.statement || isSchooling(left) !== isSchooling(right)) return false;
  if (left.item === 'lay' || right.item === 'lay' || (isVague(left) && !right.field) || (isVague(right) && !left.field)) return false;
  const { tokens } = left.statement.field;
  let seps = 0;
  for (let at = left.last; at <= right.first; at++) seps |= tokens[at]?.sep ?? 0;
  if ((seps & (SEP.open | SEP.close | SEP.semicolon | SEP.stop)) !== 0) return false;
  if (isSchooling(left)) return right.first === left.last || (!turnsAway(left, right, cues) && isListed(left, right, cues, seps));
  return isListed(left, right, cues, seps);
}

function isListed(left: Mention, right: Mention, cues: readonly CueHit[], seps: number): boolean {
  const between = cues.filter(({ first, last }) => first >= left.last && last <= right.first);
  if (between.some(({ cue, first }) => PARTING.has(cue) || (cue === 'business' && first === left.last))) return false;
  if (forcesOf(left.statement).some(first => first >= left.last && first < right.first)) return false;
  const joiner = between.some(isJoiner);
  const goesOn = cues.some(cue => isJoiner(cue) && cue.first >= right.last && cue.first < left.statement.last);
  if (!joiner && !goesOn && isGroup(left) && right.names.length > 0) return false;
  const words = right.first - left.last;
  if (words === 0 || joiner) return words <= LONGEST_MEMBER && (joiner || (seps & LISTING) !== 0);
  if ((seps & LISTING) === 0) return false;
  // Words between two members that only a comma parts are a new thought ("no PTAs this time, PTs please"), unless the list goes on.
  return words === 1 || (seps & SEP.slash) !== 0 || (goesOn && isShort(left.last, right.first, left.statement));
}

const forces = new WeakMap<Statement, readonly number[]>();

/** Where a statement holds a word of force: asked once for every two mentions of a list. */
function forcesOf(statement: Statement): readonly number[] {
  const known = forces.get(statement) ?? statement.hits.flatMap(({ rule, first }) => (rule.kind === 'force' ? [first] : []));
  forces.set(statement, known);
  return known;
}

const LISTING = SEP.comma | SEP.slash | SEP.newline | SEP.plus;

const isJoiner = ({ cue }: CueHit): boolean => cue === 'or' || cue === 'and';

/** The name of a profession or of a field is no longer: "early childhood special education". With a joiner it may be an aside: "a PT or, on request, an SLP". */
const LONGEST_MEMBER = 4;

/** Whether what stands between two members may be members that no rule knows. */
function isShort(from: number, to: number, { field: { tokens } }: Statement): boolean {
  let since = from;
  for (let at = from; at <= to; at++) {
    if (((tokens[at]?.sep ?? 0) & LISTING) !== 0) since = at;
    if (at - since > LONGEST_MEMBER) return false;
  }
  return true;
}

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

const PARTING: ReadonlySet<Cue> = new Set(['others', 'barrier', 'only', 'turn', 'acts', 'have', 'is']);

const SCHOOLING: ReadonlySet<string> = new Set(['diploma', 'associate', 'bachelor', 'master', 'doctorate', 'degree']);

/** Whether a mention is a level of schooling. */
export function isSchooling({ item }: Mention): boolean {
  return item !== null && SCHOOLING.has(item);
}

export type CueHit = { readonly cue: Cue; readonly first: number; readonly last: number };

/** The cues among some hits, longest first where they overlap, so that "looking for" holds its "for". */
export function readCues(hits: readonly RuleHit[]): CueHit[] {
  const cues: CueHit[] = [];
  for (const { rule, first, last } of hits)
    if (rule.kind === 'cue' && 'cue' in rule.effect) cues.push({ cue: rule.effect.cue, first, last });
  return cues.sort((a, b) => a.first - b.first || b.last - a.last);
}
