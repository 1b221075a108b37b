import type { Path } from '../../posting/taxonomy.ts';
import type { PostingReading } from '../read-posting.ts';
import type { Rule, Signal, Subject } from '../rule.ts';
import type { RuleHit } from '../rules.ts';
import { groupByRule, readSeat, type Seat } from './seat.ts';

/** What the statements of a posting say of the work of one path: its rules found, each once, however often it is said. */
export type FunctionOf = { strength: number; rules: Rule[]; hits: RuleHit[] };

/** Everything rules say about what kind of job a posting is. */
export type RuleEvidence = {
  readonly seat: Seat;
  readonly functions: ReadonlyMap<Path, FunctionOf>;
  readonly signals: ReadonlyMap<Signal, number>;
  /** The hits a signal was read from. */
  readonly signalHits: ReadonlyMap<Signal, readonly RuleHit[]>;
  /** Signals of the employer's own name. */
  readonly employer: ReadonlyMap<Signal, number>;
  /** How much of the tie to the field stands in title and department. */
  readonly titleLink: number;
  readonly words: number;
};

/** Of whom a statement may not speak for its words to say what the job is. */
const ELSEWHERE: ReadonlySet<Subject> = new Set(['perk', 'law', 'post']);
/** Work others do: the employer's, the team's. */
const OTHERS: ReadonlySet<Subject> = new Set(['perk', 'law', 'post', 'employer', 'team']);
const WORK: ReadonlySet<Signal> = new Set(['treats']);
/** A thing said over and over is no more true: the same rule counts this many times at most. */
const MOST_SPOTS = 3;

/** Gathers what rules say. `hits` are those of title, department and text, `employer` those of the company's name. */
export function readEvidence(reading: PostingReading, found: readonly RuleHit[], employer: readonly RuleHit[]): RuleEvidence {
  const hits = found.filter(hit => isOfJob(reading, hit));
  const [signals, signalHits] = readSignals(hits);
  const [named] = readSignals(employer);
  const together = new Map(signals);
  for (const [signal, strength] of named) together.set(signal, (together.get(signal) ?? 0) + strength);
  return {
    seat: readSeat(hits, together),
    functions: readFunctions(hits),
    signals,
    signalHits,
    employer: named,
    titleLink: readSignals(hits.filter(({ field }) => field.name !== 'text'))[0].get('link') ?? 0,
    words: reading.document.text.tokens.length,
  };
}

function isOfJob({ fields }: PostingReading, hit: RuleHit): boolean {
  if (hit.field.name !== 'text') return true;
  const { effect } = hit.rule;
  const subject = fields.get('text')?.of(hit)?.subject ?? 'job';
  const work = 'path' in effect || ('signal' in effect && WORK.has(effect.signal));
  return !(work ? OTHERS : ELSEWHERE).has(subject);
}

function readSignals(hits: readonly RuleHit[]): [Map<Signal, number>, Map<Signal, RuleHit[]>] {
  const strengths = new Map<Signal, number>();
  const from = new Map<Signal, RuleHit[]>();
  for (const [{ effect }, of] of groupByRule(hits)) {
    if (!('signal' in effect)) continue;
    strengths.set(effect.signal, (strengths.get(effect.signal) ?? 0) + effect.weight * Math.min(MOST_SPOTS, spots(of)));
    from.set(effect.signal, [...(from.get(effect.signal) ?? []), ...of]);
  }
  return [strengths, from];
}

/** How many places a rule was found in; phrases that overlap are one place. */
function spots(hits: readonly RuleHit[]): number {
  const ends = new Map<string, number>();
  let count = 0;
  for (const { field, first, last } of [...hits].sort((a, b) => a.first - b.first)) {
    if (first >= (ends.get(field.name) ?? -1)) count++;
    ends.set(field.name, Math.max(last, ends.get(field.name) ?? 0));
  }
  return count;
}

function readFunctions(hits: readonly RuleHit[]): Map<Path, FunctionOf> {
  const functions = new Map<Path, FunctionOf>();
  for (const [rule, of] of groupByRule(hits.filter(({ field }) => field.name === 'text'))) {
    const { effect } = rule;
    if (!('path' in effect)) continue;
    const now = functions.get(effect.path as Path) ?? { strength: 0, rules: [], hits: [] };
    functions.set(effect.path as Path, now);
    now.strength += effect.weight * Math.min(MOST_SPOTS, spots(of));
    now.rules.push(rule);
    now.hits.push(...of);
  }
  return functions;
}
