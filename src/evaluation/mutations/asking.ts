import type { Credential } from '../../posting/taxonomy.ts';
import type { Case } from '../case.ts';
import { leadInOf } from './lines.ts';
import { ASKS, credentialOf, NAMES_SOMEBODY, professionLists, SPEAKS_OF_APPLICANT, SPEAKS_OF_THERAPY } from './professions.ts';

/** The line of a posting that asks for therapists, and no other does: what a change of the demand can be sure of. */
export type Found = { lines: string[]; at: number };

/** The one line that asks for therapists, where no other line could be about who may apply; null otherwise. */
export function askingLine({ label, input }: Case): Found | null {
  if (label.partial || label.relevance !== 'nonclinical' || input.truncated || NAMES_SOMEBODY.test(input.title)) return null;
  const lines = input.text.split('\n');
  const asking = lines.flatMap((line, at) => (SPEAKS_OF_THERAPY.test(line) && !isAside(lines, at) ? [at] : []));
  const [at] = asking;
  if (at === undefined || asking.length > 1) return null;
  const line = lines[at] ?? '';
  return ASKS.test(line) && line.length < 200 && !/:$/.test(line) ? { lines, at } : null;
}

/** Talk of the field, the company or the work: long enough to be a sentence, and without a word for the applicant or a demand. */
function isAside(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  return line.length > 40 && !ASKS.test(line) && !SPEAKS_OF_APPLICANT.test(line) && !ASKING_HEADING.test(leadInOf(lines, at));
}

const ASKING_HEADING =
  /requir|qualif|need|must|bring|who you|you are|you have|look for|prefer|nice|plus|bonus|ideal|background|experience|licen|education|skill|want/i;

/** Whether no other line of the posting could shut somebody out. */
export function asksNothingElse(one: Case): boolean {
  const found = askingLine(one);
  return (
    !!found &&
    !found.lines.some((line, at) => at !== found.at && /licen[cs]|degree|bachelor|master|doctor|graduate|register|\bRN\b|nurs/i.test(line))
  );
}

/** Whether the line stands below a heading of wishes, which says the opposite of "required". */
export function underWishes({ lines, at }: Found): boolean {
  return /prefer|nice|plus|bonus|desir|ideal|wish|also|helpful|advantage|assets?\b/i.test(leadInOf(lines, at));
}

/** Nothing but a list of professions, what they hold, and perhaps a word of force: "OT or PT license in Ohio (is) required". */
type Clause = { found: Found; start: number; said: string; force: string | null; credentials: Credential[] };

const PREFIX =
  /^(?:(?:- |\d+[.)] |an? |active |current |valid |unrestricted |state |registered |licensed (?:as )?|licen[cs]e(?: as|:) |licensure as |holder of ),? ?)+/i;
const SUFFIX = /(?: licen[cs]es?| licensure| background| degree)?(?: in [A-Z][a-z]+(?: [A-Z][a-z]+)?)?(?: (?:is|are))?$/;
export const FORCE = /,? \(?((?:strongly |highly )?preferred|a plus|desired|helpful|required|needed|a must)\)?$/i;

/** The clause of the asking line that is one; null where there are several, or the rest of the line asks for somebody, too. */
export function plainClause(one: Case): Clause | null {
  const found = askingLine(one);
  if (!found || underWishes(found)) return null;
  const line = found.lines[found.at] ?? '';
  const clauses = [...line.matchAll(/[^.;]+/g)].flatMap(({ 0: clause, index }) => {
    const said = clause.trim();
    const force = FORCE.exec(said)?.[1]?.toLowerCase() ?? null;
    const credentials = credentialsIn(said.replace(FORCE, '').replace(PREFIX, '').replace(SUFFIX, ''));
    return credentials ? [{ found, start: index + clause.indexOf(said), said, force, credentials }] : [];
  });
  const rest = clauses.length === 1 ? line.replace(clauses[0]?.said ?? '', '') : line;
  return NAMES_SOMEBODY.test(rest) || /licen[cs]|degree/i.test(rest) ? null : (clauses[0] ?? null);
}

/** The credentials of a phrase that is one list or one profession; null when it holds anything else. */
function credentialsIn(phrase: string): Credential[] | null {
  const list = professionLists(phrase)[0];
  const members = list && list.start === 0 && list.end === phrase.length ? list.members : [phrase];
  const named = members.map(credentialOf);
  return named.every(credential => credential !== undefined) ? named : null;
}
