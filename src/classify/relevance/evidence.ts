import type { Path } from '../../posting/taxonomy.ts';
import type { Token } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import { has } from '../../text/sections.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';
import { NO_WORK } from '../reading/subject.ts';
import type { Asked } from '../requirements/asked.ts';
import type { Signal, Subject } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { type FunctionOf, MOST_SPOTS, readElsewhere, readFunctions, spots } from './functions.ts';
import { groupByRule, readSeat, type Seat } from './seat.ts';

/** Everything rules say about what kind of job a posting is. */
export type RuleEvidence = {
  readonly seat: Seat;
  readonly functions: ReadonlyMap<Path, FunctionOf>;
  /** What the statements say of work that is none of the paths: a front desk's, a nurse's, a law office's. */
  readonly elsewhere: FunctionOf;
  readonly signals: ReadonlyMap<Signal, number>;
  /** The hits a signal was read from. */
  readonly signalHits: ReadonlyMap<Signal, readonly RuleHit[]>;
  /** Signals of the employer's own name and field, and the rules they were read by. */
  readonly employer: ReadonlyMap<Signal, number>;
  readonly employerRules: readonly Rule[];
  /** How much of the tie to the field stands in title and department. */
  readonly titleLink: number;
  readonly titleIndustry: number;
  /** How much of it stands in the statements that tell what is done. */
  readonly dutyLink: number;
  /** In how many places of the text words of the field, and of others, stand. */
  readonly linkSpots: number;
  readonly industrySpots: number;
  /** The largest share of the work that is said to be treating, from 0 to 1, or null. */
  readonly share: number | null;
  /** How many statements tell of the work. */
  readonly statements: number;
  readonly words: number;
  /** Whom the text asks for. */
  readonly asked: Asked;
};

/** Of whom a statement speaks that tells of nobody's work in this job, or of what the employer and the team do. */
const NO_WORK_OR_OTHERS: ReadonlySet<Subject> = new Set([...NO_WORK, 'employer', 'team']);
const WORK: ReadonlySet<Signal> = new Set(['treats', 'treats-most', 'treats-some', 'treating-share']);

/** Gathers what rules say. `found` are the hits of title, department and text, `employer` those of the company's name. */
export function readEvidence(reading: PostingReading, found: readonly RuleHit[], employer: readonly RuleHit[], asked: Asked): RuleEvidence {
  const hits = withoutDenied(found.filter(hit => isEvidence(hit) && isOfJob(reading, hit)));
  const rules = groupByRule(hits);
  const signalHits = bySignal(rules);
  const signals = readSignals(rules);
  const named = readSignals(groupByRule(employer));
  const titled = readSignals(groupByRule(hits.filter(({ field }) => field.name !== 'text')));
  const together = new Map(signals);
  for (const [signal, strength] of named) together.set(signal, (together.get(signal) ?? 0) + strength);
  const words = reading.document.text.tokens.length;
  const inText = (signal: Signal) => (signalHits.get(signal) ?? []).filter(({ field }) => field.name === 'text');
  const links = inText('link');
  return {
    seat: readSeat(hits, together),
    functions: readFunctions(rules, together, words),
    elsewhere: readElsewhere(rules),
    signals,
    signalHits,
    employer: named,
    employerRules: employer.map(({ rule }) => rule),
    share: readShare(signalHits.get('treating-share') ?? []),
    statements: statementsOfWork(reading),
    dutyLink: strengthOf(links.filter(hit => isOfDuties(reading, hit))),
    linkSpots: spots(links),
    industrySpots: spots(inText('industry')),
    titleLink: titled.get('link') ?? 0,
    titleIndustry: titled.get('industry') ?? 0,
    words,
    asked,
  };
}

/** Whether a hit tells what kind of job it is; those of facets and of the grammar of statements do not. */
function isEvidence({ rule: { kind } }: RuleHit): boolean {
  return kind === 'signal' || kind === 'path' || kind === 'clinical' || kind === 'other' || kind === 'names';
}

function isOfJob({ fields }: PostingReading, hit: RuleHit): boolean {
  if (hit.field.name !== 'text') return true;
  const { kind, effect } = hit.rule;
  const subject = fields.get('text')?.of(hit)?.subject ?? 'job';
  const work = kind === 'path' || kind === 'other' || (kind === 'signal' && 'signal' in effect && WORK.has(effect.signal));
  return !(work ? NO_WORK_OR_OTHERS : NO_WORK).has(subject);
}

function isOfDuties({ fields }: PostingReading, hit: RuleHit): boolean {
  if (hit.field.name !== 'text' || hit.segment.section === 'requirements' || hit.segment.section === 'preferred') return false;
  const subject = fields.get('text')?.of(hit)?.subject ?? 'job';
  return subject === 'job' || subject === 'applicant';
}

/** What a denial covers: words of treating within "no patients are treated", of health within "this is no hospital". */
const DENIALS: readonly { by: Signal; of: ReadonlySet<Signal> }[] = [
  { by: 'no-treating', of: new Set(['treats', 'treats-most', 'treats-some']) },
  { by: 'no-link', of: new Set(['link', 'rehab', 'clinicians']) },
];

function withoutDenied(hits: readonly RuleHit[]): readonly RuleHit[] {
  let left = hits;
  for (const { by, of } of DENIALS) {
    const denying = hits.filter(hit => isSignal(hit, by));
    if (denying.length === 0) continue;
    const denied = new Set<Token>();
    for (const hit of denying) for (let at = hit.first; at < hit.last; at++) denied.add(hit.field.tokens[at] as Token);
    left = left.filter(({ rule: { effect }, field, first, last }) => {
      if (!('signal' in effect) || !of.has(effect.signal)) return true;
      for (let at = first; at < last; at++) if (denied.has(field.tokens[at] as Token)) return false;
      return true;
    });
  }
  return left;
}

const isSignal = ({ rule }: RuleHit, signal: Signal): boolean =>
  rule.kind === 'signal' && 'signal' in rule.effect && rule.effect.signal === signal;

/** What a whole is in each unit a share is told in: a working week has 40 hours and five days. */
const WHOLE: Readonly<Record<string, number>> = { percent: 100, tenth: 10, hour: 40, day: 5 };

function readShare(hits: readonly RuleHit[]): number | null {
  const shares = hits.flatMap(({ field, first, last }) => {
    for (let at = first; at < last; at++) {
      const number = numberOf((field.tokens[at] as Token).word);
      const next = field.tokens[at + 1];
      if (number === null || !next) continue;
      const whole = has(next.sep, 'percent') ? WHOLE.percent : at + 1 < last ? WHOLE[next.word] : undefined;
      if (whole && number <= whole) return [number / whole];
    }
    return [];
  });
  return shares.length === 0 ? null : Math.max(...shares);
}

/** Statements that may tell of the work; those of the employer, of perks and of law do not. */
function statementsOfWork({ fields }: PostingReading): number {
  const all = fields.get('text')?.statements ?? [];
  return all.filter(({ parent, segment, subject }) => !parent && segment.kind !== 'heading' && !NO_WORK_OR_OTHERS.has(subject)).length;
}

/** The hits of every signal. */
function bySignal(rules: ReadonlyMap<Rule, RuleHit[]>): Map<Signal, RuleHit[]> {
  const from = new Map<Signal, RuleHit[]>();
  for (const [{ effect }, hits] of rules) {
    if (!('signal' in effect)) continue;
    const list = from.get(effect.signal);
    if (list) for (const hit of hits) list.push(hit);
    else from.set(effect.signal, [...hits]);
  }
  return from;
}

function readSignals(rules: ReadonlyMap<Rule, RuleHit[]>): Map<Signal, number> {
  const strengths = new Map<Signal, number>();
  for (const [{ effect }, hits] of rules) {
    if ('signal' in effect)
      strengths.set(effect.signal, (strengths.get(effect.signal) ?? 0) + effect.weight * Math.min(MOST_SPOTS, spots(hits)));
  }
  return strengths;
}

/** The strength of hits of one signal. */
function strengthOf(hits: readonly RuleHit[]): number {
  return [...readSignals(groupByRule(hits)).values()][0] ?? 0;
}
