import { SEP } from '../../../text/lexer.ts';
import { forceOver } from '../../reading/force.ts';
import type { Statement } from '../../reading/statement.ts';
import type { CueHit, Row } from '../mentions/row.ts';
import type { Role } from '../roles/role.ts';
import type { Surroundings } from '../roles/surroundings.ts';

/** The role that how a row is put tells whatever was learned of its words, or null. */
export function toldOutright(row: Row, around: Omit<Surroundings, 'before'>): Role | null {
  if (isAskedOutright(row, around.cues)) return 'demanded';
  return isDeniedAbove(row, around) ? 'denied' : null;
}

/** Whose lists are no demands: those of customers, of colleagues, and of another job. */
const OF_OTHERS: ReadonlySet<Statement['subject']> = new Set(['customer', 'team', 'post']);

/** Words between "one of these" and the colon behind which they are listed. */
const LISTED_BY_COLON = 5;

/**
 * "You must belong to one of the groups named above", "pick one: PT, OT or ATC": what points back at a list behind a word for what has to be
 * is asked for, and so is what a colon lists behind "one of".
 */
function isAskedOutright({ mentions, first, last, statement }: Row, cues: readonly CueHit[]): boolean {
  const points = mentions.every(({ hit: { rule } }) => 'cue' in rule.effect && rule.effect.cue === 'reference');
  const bound = cues.some(({ cue, first: at }) => cue === 'must' && at >= statement.first && at <= first);
  const colon =
    ((statement.field.tokens[first]?.sep ?? 0) & SEP.colon) !== 0 && mentions.some(({ names, field }) => names.length > 0 && !field);
  const listed = colon && cues.some(({ cue, last: end }) => cue === 'one-of' && end <= first && first - end <= LISTED_BY_COLON);
  return ((points && bound) || listed) && !OF_OTHERS.has(statement.subject) && forceOver(statement, first, last)?.force !== 'denied';
}

/** "You don't need:" over a list: what its items name with no word of force of their own is not asked for. */
function isDeniedAbove({ first, last, statement }: Row, { force }: Pick<Surroundings, 'force'>): boolean {
  return force === 'denied' && statement.segment.kind === 'item' && forceOver(statement, first, last) === null;
}
