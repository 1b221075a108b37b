import { type Document, readLine } from '../../text/document.ts';
import type { ClassifierInput } from '../classification.ts';
import type { Ear } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import type { RuleHit, RuleMatch } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { groupByRule, readSignals, type Signals } from './functions.ts';
import { readSeat, type Seat } from './seat.ts';
import { hearTitle } from './words.ts';

/**
 * What a title speaks for when only a list was read: to `read` the page behind it, or to `leave` it. How much louder "leave" has to be is in the
 * bias: tools/fit-worth.ts sets it by the titles that must not be lost.
 */
export const WORTH = ['read', 'leave'] as const;
export const worthFile = linearFile('worth.yaml', WORTH);

/** What a list tells of a posting before its page is read. `company` and `domain` say who employs. */
export type ListedTitle = Pick<ClassifierInput, 'title' | 'department' | 'company' | 'domain'>;

/** What is read of it: who sits there, the tie to a field, and whether its employer treats nobody. */
export type TitleReading = {
  readonly document: Pick<Document, 'title' | 'department'>;
  readonly seat: Seat;
  readonly signals: Signals;
  /** The rules that were found whatever they say of a seat: ties, and names of professions. */
  readonly heard: readonly Rule[];
  readonly treatsNobody: boolean;
};

const isSignal = ({ effect }: Rule, signal: Signal): boolean => 'signal' in effect && effect.signal === signal;

/** What rules say of an employer's name, and of its field where the registry tells it. */
export function readEmployer({ company, domain }: ListedTitle, { match }: { readonly match: RuleMatch }): RuleHit[] {
  const text = [company, domain && `employer field: ${domain.replaceAll('-', '')}`].filter(Boolean).join(', ');
  return match(readLine('title', text)).filter(({ rule }) => rule.kind === 'signal');
}

/** Reads title, department and employer. */
export function readTitle(listed: ListedTitle, rules: { readonly match: RuleMatch }): TitleReading {
  const document = { title: readLine('title', listed.title), department: readLine('department', listed.department ?? '') };
  // What the employer does is told by who it is, not by a word of a title.
  const found = [...rules.match(document.title), ...rules.match(document.department)];
  const hits = found.filter(({ rule }) => !isSignal(rule, 'treats-nobody'));
  return {
    document,
    seat: readSeat(hits),
    signals: readSignals(groupByRule(hits)),
    heard: hits.map(({ rule }) => rule).filter(({ kind }) => kind === 'signal' || kind === 'names'),
    treatsNobody: readEmployer(listed, rules).some(({ rule }) => isSignal(rule, 'treats-nobody')),
  };
}

/** Hears what speaks for and against reading on: the rules that were found, what they say together, and the words. */
export function hearListed<E extends Ear>(reading: TitleReading, ear: E): E {
  for (const fact of factsOf(reading)) ear.fact(fact);
  return hearTitle(reading.document, ear);
}

function factsOf({ seat, signals, heard, treatsNobody }: TitleReading): Set<string> {
  const seats = [...seat.paths.values()];
  const seated = [...seats.flatMap(({ hits }) => hits), ...seat.clinical.hits, ...seat.other.hits].map(({ rule }) => rule);
  const tie = signals.has('link') ? ' and a link' : '';
  const facts = new Set([...seated, ...heard].map(({ id }) => `rule ${id}`));
  for (const path of seat.paths.keys()) facts.add(`path ${path}`).add(`a path${tie}`);
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
  const seats = [...seat.paths.values()].sort((a, b) => b.weight - a.weight);
  return { path: seats[0]?.rule ?? null, against: (seat.clinical.strength > seat.other.strength ? seat.clinical : seat.other).rule };
}
