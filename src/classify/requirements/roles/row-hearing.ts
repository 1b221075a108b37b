import type { Token } from '../../../text/lexer.ts';
import { SEP } from '../../../text/lexer.ts';
import { bestOf, chancesOf, type Linear } from '../../../text/linear.ts';
import { keepWord, type Word } from '../../../text/words.ts';
import { type Ear, Weigher } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import { EDGE, plain } from '../../learned/sentences.ts';
import { forceOver } from '../../reading/force.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Mention } from '../mentions/mention.ts';
import type { CueHit, Row } from '../mentions/row.ts';
import type { Unit } from '../mentions/unit.ts';
import { ROLES, type Role, type RoleReader, type Surroundings, type ToldRole } from './role.ts';

/** Words this near to a row mostly belong to it; words further off, up to the end of a usual clause, may. */
const NEAR = 3;
const FAR = 8;
const SIDES = [
  { side: 'before', near: 'before near', far: 'before far', step: -1 },
  { side: 'behind', near: 'behind near', far: 'behind far', step: 1 },
] as const;
/** Words of a sentence beyond these say no more. */
const LONGEST_SENTENCE = 60;
const LONGEST_HEADING = 12;

export const rolesFile = linearFile('roles.yaml', ROLES);

/** A role less likely than this is no matter of doubt. */
const LEAST_CHANCE = 0.05;

/** Takes every row for what is likeliest, and tells what else it may be. */
export function roleReader(linear: Linear): RoleReader {
  return (row, around) => {
    const chances = chancesOf(hearRow(row, around, new Weigher(linear)).scores());
    const best = bestOf(chances);
    return { role: ROLES[best] as Role, others: (chances[best] as number) > 1 - LEAST_CHANCE ? [] : othersOf(chances, best) };
  };
}

function othersOf(chances: Float64Array, best: number): ToldRole['others'] {
  const likely = (at: number) => at !== best && (chances[at] as number) >= LEAST_CHANCE;
  return ROLES.flatMap((role, at) => (likely(at) ? [{ role, chance: chances[at] as number }] : []));
}

/** Hears what is seen of a row: facts of its sentence and place, and the words before, behind and above it. */
export function hearRow<E extends Ear>(row: Row, around: Surroundings, ear: E): E {
  hearFacts(row, around, ear);
  hearWords(row, around, ear);
  return ear;
}

function hearFacts(row: Row, { unit, cues, force, before }: Surroundings, ear: Ear): void {
  const { statement, first, last } = row;
  const subject = statement.subjectTold ? statement.subject : 'untold';
  const nearest = cues.findLast(cue => cue.last <= first && cue.first >= (statement.parent ?? statement).first)?.cue ?? 'none';
  const deciding = forceOver(statement, first, last);
  const { section, kind } = unit.segment;
  const said = deciding?.hit ? deciding.force : 'none';
  const side = !deciding?.hit ? '' : deciding.hit.first >= last ? ' behind' : deciding.hit.last <= first ? ' before' : ' around';
  ear.fact(`force ${said}${side}`);
  ear.fact(`force ${said} in ${section}`);
  ear.fact(`${kind} in ${section}`);
  ear.fact(`${subject} in ${section}`);
  ear.fact(`${nearest} in ${section}`);
  ear.fact(`${kind} in ${section} by ${subject}`);
  ear.fact(`${said}${side} by ${subject} in ${section}`);
  ear.fact(`${nearest} by ${subject}`);
  ear.fact(`${said} by ${subject}`);
  hearCues(row, cues, nameOf(row.mentions[0] as Mention), ear);
  if (statement.parent) ear.fact('bracketed');
  if (row.mentions.length > 1) ear.fact('many');
  if (first <= statement.first + 1) ear.fact('leads');
  for (const mention of row.mentions) {
    const what = nameOf(mention);
    ear.fact(`row of ${what}`);
    ear.fact(`row of ${what} in ${section}`);
    ear.fact(`${said} of ${what}`);
    ear.fact(`${what} after ${nearest}`);
    ear.fact(`${what} by ${subject}`);
    ear.fact(`${what} by ${subject} in ${section}`);
    ear.fact(`${said}${side} of ${what}`);
  }
  if (force) ear.fact(`above ${force}`);
  if (before) {
    ear.fact(`after ${before.role}`);
    ear.fact(`after ${before.role} ${joint(row, before.last)}`);
  } else ear.fact('first in its sentence');
}

/** Hears where the cues of its clause stand about a row. */
function hearCues({ first, last, statement }: Row, cues: readonly CueHit[], what: string, ear: Ear): void {
  const clause = statement.parent ?? statement;
  for (const { cue, first: at, last: end } of cues) {
    if (at < clause.first || end > clause.last) continue;
    const side = end <= first ? 'before' : at >= last ? 'behind' : 'within';
    ear.fact(`${cue} ${side}`);
    ear.fact(`${cue} ${side} ${what}`);
    if (end <= first && first - end <= 1) ear.fact(`${cue} right before`);
    if (at >= last && at - last <= 1) ear.fact(`${cue} right behind`);
  }
}

/** How a row is joined to the one before it. */
function joint({ first, statement: { field } }: Row, from: number): string {
  const gap = first - from;
  const seps = field.tokens.slice(from, first + 1).reduce((flags, { sep }) => flags | sep, 0);
  const mark =
    (seps & SEP.semicolon) !== 0
      ? 'semicolon'
      : (seps & (SEP.open | SEP.close)) !== 0
        ? 'bracket'
        : (seps & SEP.comma) !== 0
          ? 'comma'
          : (seps & SEP.slash) !== 0
            ? 'slash'
            : 'plain';
  return `${gap <= 1 ? 'at once' : gap <= NEAR ? 'near' : 'far'} ${mark}`;
}

function nameOf({ names, item, field }: Mention): string {
  if (names.length === 0) return field ? `${item} field` : String(item);
  return field ? 'own field' : 'own';
}

function hearWords(row: Row, { unit, above }: Surroundings, ear: Ear): void {
  const { first, last } = row;
  const words = wordsOf(unit);
  const wordAt = (at: number): Word => (at < unit.first || at >= unit.last ? EDGE : (words[at - unit.first] as Word));
  for (let off = 1; off <= FAR; off++) for (const side of SIDES) hearBeside(row, side, off, wordAt, ear);
  ear.word(first - 1, 'right before', wordAt(first - 1));
  ear.word(last, 'right behind', wordAt(last));
  const end = Math.min(unit.last, unit.first + LONGEST_SENTENCE);
  for (let at = unit.first; at < end; at++) if (at < first || at >= last) ear.word(at, 'sentence', wordAt(at));
  ear.word(unit.first, 'opens', wordAt(unit.first), wordAt(unit.first + 1));
  if (!above) return;
  const { tokens } = row.statement.field;
  const headingEnd = Math.min(above.last, above.first + LONGEST_HEADING);
  for (let at = above.first; at < headingEnd; at++) ear.word(at, 'above', plain(tokens[at] as Token));
}

/** Hears the word that stands so many words off a row, and near it the pair of that word and the next one toward the row. */
function hearBeside(
  row: Row,
  { side, near, far, step }: (typeof SIDES)[number],
  off: number,
  wordAt: (at: number) => Word,
  ear: Ear,
): void {
  const at = (step < 0 ? row.first : row.last - 1) + step * off;
  const word = wordAt(at);
  const toward = wordAt(at - step);
  if (word === EDGE && off > 1 && toward === EDGE) return;
  ear.word(at, off <= NEAR ? near : far, word);
  if (off <= NEAR) ear.word(at, side, word, toward);
}

const words = new WeakMap<Unit, readonly Word[]>();

/** The words of a unit, and instead of what is named its kind: read once for every row. */
function wordsOf(unit: Unit): readonly Word[] {
  const known = words.get(unit) ?? readWords(unit);
  words.set(unit, known);
  return known;
}

function readWords({ first, last, mentions, statements }: Unit): Word[] {
  const read = (statements[0] as Statement).field.tokens.slice(first, last).map(plain);
  for (const mention of mentions) read.fill(keepWord(`<${nameOf(mention)}>`), mention.first - first, mention.last - first);
  return read;
}
