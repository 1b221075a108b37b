import type { Field } from '../../../text/document.ts';
import { FILLERS } from '../capabilities.ts';
import type { Requirement } from './part.ts';

/** Words between the last member of a list and the place where a text breaks off: "PT or OT license, or". */
const CUT_REACH = 4;

/** Marks the requirements that a cut text breaks off: a list without its end bars nobody, and neither does an unfinished row of fields. */
export function markCut(requirements: readonly Requirement[], field: Field): Requirement[] {
  const { tokens, segments, raw } = field;
  const last = segments[segments.length - 1];
  const end = tokens[tokens.length - 1];
  if (!last || !end || isFinished(raw.slice(end.end))) return [...requirements];
  const dangling = FILLERS.has(end.word) || /^[,/(]/.test(raw.slice(end.end));
  return requirements.map(requirement => {
    const parts = requirement.ways.flat().filter(({ statement }) => statement.segment === last);
    const reached = parts.some(part => tokens.length - part.last <= CUT_REACH);
    const study = parts.some(({ kind, names }) => kind === 'study' && names.length === 0);
    const listed = parts.some(({ last: at, hits }) => at === tokens.length && hits.length > 1);
    return reached && (study || dangling || listed) ? { ...requirement, cut: true } : requirement;
  });
}

/** Whether a text ends as a sentence does: with a full stop and not with the dots of one that goes on. */
function isFinished(tail: string): boolean {
  return /[.!?]["')\]]*\s*$/.test(tail) && !/\.\.\s*$/.test(tail);
}
