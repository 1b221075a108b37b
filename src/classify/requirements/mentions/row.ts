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
  // "Bachelor's required, master's a bonus": a word of force between two things speaks of the one before it.
  const speaks = ({ rule: { kind }, first, last }: RuleHit) => kind === 'force' && first >= left.last && last <= right.first;
  if (left.statement.hits.some(speaks)) return false;
  // "Bachelor's degree, or an associate degree as COTA": behind a comma a level with an article of its own is another degree.
  if (isSchooling(left) && (seps & SEP.comma) !== 0 && right.first - left.last > 1) return false;
  if (isSchooling(left) && right.first === left.last) return true;
  return isListed(left, right, cues, seps);
}

function isListed(left: Mention, right: Mention, cues: readonly CueHit[], seps: number): boolean {
  const between = cues.filter(({ first, last }) => first >= left.last && last <= right.first);
  if (between.some(({ cue }) => PARTING.has(cue))) return false;
  const joiner = between.some(isJoiner);
  const goesOn = cues.some(cue => isJoiner(cue) && cue.first >= right.last && cue.first < left.statement.last);
  const words = right.first - left.last;
  if (words === 0 || joiner) return words <= LONGEST_MEMBER && (joiner || (seps & LISTING) !== 0);
  if ((seps & LISTING) === 0) return false;
  // Words between two members that only a comma parts are a new thought ("no PTAs this time, PTs please"), unless the list goes on.
  return words === 1 || (seps & SEP.slash) !== 0 || goesOn;
}

/** Words that say something of what stands before them: "OTR only, assistants not considered". */
const PARTING: ReadonlySet<Cue> = new Set(['others', 'barrier', 'only', 'turn', 'acts', 'have', 'is']);

const LISTING = SEP.comma | SEP.slash | SEP.newline | SEP.plus;

const isJoiner = ({ cue }: CueHit): boolean => cue === 'or' || cue === 'and';

/** The name of a profession or of a field is no longer: "early childhood special education". With a joiner it may be an aside: "a PT or, on request, an SLP". */
const LONGEST_MEMBER = 4;

/** Fields that make no people: "management experience or a license" names two things. */
function isVague({ item, field }: Mention): boolean {
  return field && (item === 'other-field' || item === 'any-field' || item === 'health-field');
}

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
