import { type Document, readLine } from '../../text/document.ts';
import type { ClassifierInput } from '../classification.ts';
import type { Ear } from '../learned/ear.ts';
import { hearWords } from '../learned/sentences.ts';
import type { RuleMatch } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { type Employer, readEmployer } from './employer.ts';
import { groupByRule, readSeat, type Seat } from './seat.ts';

/** What a list tells of a posting before its page is read. `company` and `domain` say who employs. */
export type ListedTitle = Pick<ClassifierInput, 'title' | 'department'> & Employer;

/** What is read of it: who sits there, the tie to a field, and whether its employer treats nobody. */
export type TitleReading = {
  readonly document: Pick<Document, 'title' | 'department'>;
  readonly seat: Seat;
  readonly signals: ReadonlyMap<Signal, number>;
  /** The rules that were found whatever they say of a seat: ties, and names of professions. */
  readonly heard: readonly Rule[];
  readonly treatsNobody: boolean;
};

/** Reads title, department and employer. */
export function readTitle(listed: ListedTitle, rules: { readonly match: RuleMatch }): TitleReading {
  const document = { title: readLine('title', listed.title), department: readLine('department', listed.department ?? '') };
  const hits = [...rules.match(document.title), ...rules.match(document.department)];
  const employer = readEmployer(listed, rules).hits;
  const signals = new Map<Signal, number>();
  for (const [{ effect }] of groupByRule(hits)) {
    if ('signal' in effect) signals.set(effect.signal, (signals.get(effect.signal) ?? 0) + effect.weight);
  }
  // What the employer does is told by who it is, not by a word of a title.
  signals.delete('treats-nobody');
  const treatsNobody = employer.some(({ rule: { effect } }) => 'signal' in effect && effect.signal === 'treats-nobody');
  const heard = hits
    .map(({ rule }) => rule)
    .filter(({ effect }) => ('signal' in effect && effect.signal !== 'treats-nobody') || 'names' in effect);
  return { document, seat: readSeat(hits, signals), signals, heard, treatsNobody };
}

/** Hears what speaks for and against reading on: the rules that were found, what they say together, and the words. */
export function hearListed<E extends Ear>(reading: TitleReading, ear: E): E {
  for (const fact of factsOf(reading)) ear.fact(fact);
  for (const field of [reading.document.title, reading.document.department])
    for (const segment of field.segments) hearWords(field, segment, ear);
  return ear;
}

function factsOf({ seat, signals, heard, treatsNobody }: TitleReading): Set<string> {
  const seats = [...seat.paths.values()];
  const seated = [...seats.flatMap(({ hits }) => hits), ...seat.clinical.hits, ...seat.other.hits].map(({ rule }) => rule);
  const facts = new Set([...seated, ...heard].map(({ id }) => `rule ${id}`));
  for (const [path, { tied }] of seat.paths) facts.add(`path ${path}`).add(tied > 0 ? 'tied' : 'untied');
  for (const signal of signals.keys()) facts.add(`signal ${signal}`);
  if (signals.has('industry') && !signals.has('link')) facts.add('industry without a link');
  const against = [seat.clinical.strength > 0 ? 'clinical' : '', seat.other.strength > 0 ? 'other' : ''].filter(Boolean);
  for (const kind of against) facts.add(kind).add(seats.length > 0 ? `${kind} beside a path` : `${kind} alone`);
  if (seats.length === 0 && against.length === 0) facts.add('silent');
  if (treatsNobody) {
    facts.add('treats nobody');
    if (seats.length === 0) for (const kind of against) facts.add(`${kind} alone, treats nobody`);
  }
  return facts;
}

/** Whether a title names a profession of ours beside another word for work: no sum of words may drop it. */
export function namesMore({ seat, signals }: TitleReading): boolean {
  return seat.professions.length > 0 && (seat.paths.size > 0 || signals.has('worth-reading'));
}

/** Whether a posting stands in a department where none of our work is done, under a title and a department that name none. */
export function standsApart({ seat, signals }: TitleReading): boolean {
  return signals.has('manual-department') && seat.paths.size === 0 && !signals.has('worth-reading');
}

/** The rule that speaks most for a path, and the one that speaks most against any. */
export function strongestRules({ seat }: TitleReading): { path: Rule | null; against: Rule | null } {
  let path: Rule | null = null;
  let best = 0;
  for (const { rule, strongest } of seat.paths.values()) {
    if (!strongest || strongest.weight <= best) continue;
    best = strongest.weight;
    path = rule;
  }
  return { path, against: (seat.clinical.strength > seat.other.strength ? seat.clinical : seat.other).rule };
}
