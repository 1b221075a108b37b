import { SEP } from '../../../text/lexer.ts';
import { forceOver } from '../../reading/force.ts';
import type { Statement } from '../../reading/statement.ts';
import type { CueHit, Row } from '../mentions/row.ts';
import type { Role } from '../roles/role.ts';
import type { Surroundings } from '../roles/surroundings.ts';

/** The role that how a row is put tells whatever was learned of its words, or null. */
export function toldOutright(row: Row, around: Omit<Surroundings, 'before'>): Role | null {
  if (isAskedOutright(row, around.cues)) return 'demanded';
  return isDeniedAbove(row, around) ? 'denied' : answerTo(row, around);
}

/** "A therapy degree? Unnecessary.", "An OT license? A plus.": a question about it is answered by a word of force that stands alone. */
function answerTo({ statement: { field, segment } }: Row, { afterword }: Pick<Surroundings, 'afterword'>): Role | null {
  const answer = afterword === 'denied' || afterword === 'wished' ? afterword : null;
  return field.raw.charAt(segment.end) === '?' ? answer : null;
}

/** Whoever is let in with words of liking is liked. */
export function asSaid(role: Role, { first, last, statement }: Row): Role {
  return role === 'let-in' && forceOver(statement, first, last)?.force === 'wished' ? 'wished' : role;
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
  // "A license that lets you sign one, which by the rule means RN, PT or OT".
  const namely = cues.find(({ cue, last: end }) => cue === 'namely' && end === first);
  const defined =
    namely !== undefined && cues.some(({ cue, first: at }) => cue === 'license' && at >= statement.first && at < namely.first);
  // "Must be fit to assess within the scope of practice of your discipline (for example, RN, OT, PT)".
  const own = cues.find(({ cue, last: end }) => cue === 'discipline' && end === first);
  const ofOwn =
    own !== undefined &&
    statement.segment.section === 'requirements' &&
    cues.some(({ cue, first: at }) => cue === 'must' && at >= statement.segment.first && at < own.first);
  return (
    ((points && bound) || listed || defined || ofOwn) &&
    !OF_OTHERS.has(statement.subject) &&
    forceOver(statement, first, last)?.force !== 'denied'
  );
}

/** "You don't need:" over a list: what its items name with no word of force of their own is not asked for. */
function isDeniedAbove({ first, last, statement }: Row, { force }: Pick<Surroundings, 'force'>): boolean {
  return force === 'denied' && statement.segment.kind === 'item' && forceOver(statement, first, last) === null;
}
