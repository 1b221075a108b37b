import { SEP } from '../../../text/lexer.ts';
import { type Deciding, forceOver } from '../../reading/force.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue } from '../../schema/names.ts';
import { governorOf, OF_FIELDS } from '../mentions/governor.ts';
import { isCrowd, type Mention } from '../mentions/mention.ts';
import { type CueHit, isSchooling, type Row } from '../mentions/row.ts';

/** What a sentence shows of a row: the word of force that decides, and everything that tells whose it is. */
type Scene = {
  readonly deciding: Deciding | null;
  /** Names of what speaks for or against the row being the applicant's; roles.yaml weighs them. */
  readonly witnesses: readonly string[];
  /** Of whom the statement speaks, and the word that governs the row, as witnesses name them. */
  readonly subject: string;
  readonly governor: string;
};

/** Words that, right after a row, make it something an applicant has. */
const BINDERS: readonly Cue[] = ['license', 'licensed', 'study', 'background', 'only'];
/** Words that bring something, wherever they stand before a row: "someone with two years as". */
const BRINGERS: readonly Cue[] = ['license', 'licensed', 'study', 'work', 'seek', 'hold', 'hire', 'lack'];
/** Words with which a clause says something, so that it is no bare list. */
const SAYING: ReadonlySet<Cue> = new Set(['acts', 'is', 'have', 'others', 'be', 'role']);

/** Verbs that say what their subject is or has, whoever that be. */
const OF_SOMEBODY: ReadonlySet<Cue> = new Set(['is', 'have', 'hold']);

/** Reads a row's scene. `heading` governs what nothing else does. */
export function readScene(row: Row, cues: readonly CueHit[], heading: Cue | null): Scene {
  const { statement, first, last } = row;
  const governor = governorOf(row, cues) ?? heading;
  const subject = statement.subjectTold ? statement.subject : 'untold';
  const deciding = forceOver(statement, first, last);
  const witnesses = [
    governor !== null && OF_SOMEBODY.has(governor) ? `${governor} of ${subject}` : `governor ${governor ?? 'none'}`,
    `subject ${subject}`,
    `section ${statement.segment.section}`,
    ...ofForce(row, deciding, subject),
    ...ofRow(row, governor !== null && OF_FIELDS.has(governor)),
    ...before(row, governor, cues),
    ...behind(row, cues),
  ];
  return { deciding, witnesses, subject, governor: governor ?? 'none' };
}

function ofForce({ first, last }: Row, deciding: Deciding | null, subject: string): string[] {
  if (!deciding?.hit || deciding.force === 'told') return [];
  const { force, hit } = deciding;
  return [`${force} ${hit.first >= last ? 'behind' : hit.last <= first ? 'before' : 'around'}`, `${force} of ${subject}`];
}

/** What kind of row it is; a field may be `brought` by a word for a license, schooling or work. */
function ofRow({ mentions, first, statement }: Row, brought: boolean): string[] {
  const found: string[] = [];
  const isField = ({ field }: Mention) => field;
  if (mentions.every(isSchooling)) found.push('schooling');
  if (mentions.every(mention => mention.names.length === 0 && isCrowd(mention))) found.push('crowd');
  if (mentions.every(({ field, item }) => field && item !== 'clinical-field')) found.push(brought ? 'field brought' : 'field');
  if (mentions.every(({ field, names }) => field && names.length === 0)) found.push(brought ? 'foreign brought' : 'foreign');
  if (mentions.every(({ item }) => item === 'board')) found.push('board');
  if (mentions.length > 1) found.push('many');
  if (statement.parent) found.push('bracketed');
  if (first <= statement.first + 1) found.push('leads');
  // "Occupational therapy, education or social work": several fields that begin a clause are what it asks for.
  if (first <= statement.first + 1 && mentions.length > 1 && mentions.every(isField)) found.push('fields');
  return found;
}

/** What stands before a row in its clause, beside the word that governs it. */
function before({ first, last, statement }: Row, governor: Cue | null, cues: readonly CueHit[]): string[] {
  const clause = statement.parent ?? statement;
  const earlier = cues.filter(cue => cue.first >= clause.first && cue.last <= first);
  const found = BRINGERS.filter(cue => cue !== governor && earlier.some(own => own.cue === cue)).map(cue => `earlier ${cue}`);
  if (!earlier.some(({ cue }) => SAYING.has(cue))) found.push('bare before');
  // One word may stand around it: "Nurses and therapists welcome", "former therapists".
  if (governor === null && statement.parent === null && statement.last - statement.first <= last - first + 1) found.push('whole');
  if (earlier.some(own => own.cue === 'only' && first - own.last <= 1)) found.push('only before');
  for (const cue of ['same', 'reference'])
    if (cues.some(own => own.cue === cue && own.first === first && own.last === last)) found.push(cue);
  return found;
}

/** What stands right behind a row, and what the clause goes on to say. */
function behind({ mentions, first, last, statement }: Row, cues: readonly CueHit[]): string[] {
  const clause = statement.parent ?? statement;
  const later = cues.filter(cue => cue.first >= last && cue.first < clause.last);
  // One word may stand between: "PT state license".
  const bound = BINDERS.filter(cue =>
    later.some(own => own.cue === cue && own.first - last <= 1 && !breaks(statement, last, own.first)),
  ).map(cue => `${cue} behind`);
  // A phrase for people may hold the word itself: "therapy background".
  const holds = (cue: CueHit) =>
    mentions.some(mention => mention.item !== null && !isSchooling(mention) && cue.first >= mention.first && cue.last <= mention.last);
  if (cues.some(cue => BINDERS.includes(cue.cue) && cue.cue !== 'licensed' && holds(cue))) bound.push('bound within');
  if (!later.some(({ cue }) => SAYING.has(cue))) bound.push('bare behind');
  if (later.some(own => own.cue === 'acts' && own.first === last && !breaks(statement, last, own.first))) bound.push('acts');
  const business = afterLetters(statement, last);
  if (later.some(own => own.cue === 'business' && own.first === business && (business > last || !breaks(statement, last, business))))
    bound.push('business');
  // "Licensed clinicians of any discipline read records": who is named so widely is who may apply.
  if (later.some(own => own.cue === 'equivalent' && own.first - last <= 1)) bound.push('equivalent');
  if (cues.some(own => own.cue === 'or' && own.first >= first && own.first <= last + 1)) bound.push('or');
  if (comesToYou(statement, first, last)) bound.push('you behind');
  return bound;
}

/** Whoever opens a clause that comes to the applicant or the employer afterwards is somebody else: "Therapists you call". */
function comesToYou(statement: Statement, first: number, last: number): boolean {
  if (first > statement.first + 1) return false;
  const speaks = ({ rule: { effect } }: RuleHit) =>
    'subject' in effect && (effect.subject === 'applicant' || effect.subject === 'employer');
  const you = statement.hits.find(hit => speaks(hit) && hit.first >= last);
  return you !== undefined && !breaks(statement, last, you.first);
}

function breaks({ field }: Statement, from: number, to: number): boolean {
  return field.tokens.slice(from, to + 1).some(({ sep }) => (sep & (SEP.comma | SEP.open | SEP.close | SEP.semicolon)) !== 0);
}

/** Behind the bracket with its letters that may follow a name: "Occupational Therapy (OT) team". */
function afterLetters({ field: { tokens } }: Statement, last: number): number {
  const opens = ((tokens[last]?.sep ?? 0) & SEP.open) !== 0;
  const closes = ((tokens[last + 1]?.sep ?? 0) & SEP.close) !== 0;
  return opens && closes ? last + 1 : last;
}
