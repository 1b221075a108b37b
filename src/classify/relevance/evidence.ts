import type { Path } from '../../posting/taxonomy.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';
import { NO_WORK } from '../reading/subject.ts';
import type { Asked } from '../requirements/asked.ts';
import type { Signal, Subject } from '../schema/names.ts';
import type { EffectKind } from '../schema/rule.ts';
import { type FunctionOf, groupByRule, readElsewhere, readFunctions, readSignals, type Signals, type Told } from './functions.ts';
import { readSeat, type Seat } from './seat.ts';

/** Everything rules say about what kind of job a posting is. */
export type RuleEvidence = {
  readonly seat: Seat;
  readonly functions: ReadonlyMap<Path, FunctionOf>;
  /** What the statements say of work that is none of the paths: a front desk's, a nurse's, a law office's. */
  readonly elsewhere: Told;
  /** What the posting and the employer's name and field tell of ties, treating and the like. */
  readonly signals: Signals;
  readonly words: number;
  /** Whom the text asks for. */
  readonly asked: Asked;
};

/** What tells the kind of job; facets and the grammar of statements do not. */
const EVIDENCE: ReadonlySet<EffectKind> = new Set(['signal', 'path', 'clinical', 'other', 'names']);
/** Of whom a statement speaks that tells of nobody's work in this job, or of what the employer and the team do. */
const NO_WORK_OR_OTHERS: ReadonlySet<Subject> = new Set([...NO_WORK, 'employer', 'team']);
const WORK: ReadonlySet<Signal> = new Set(['treats', 'treats-most', 'treats-some']);

/** Gathers what rules say. `found` are the hits of title, department and text, and of the employer's name and field. */
export function readEvidence(reading: PostingReading, found: readonly RuleHit[], asked: Asked): RuleEvidence {
  const hits = found.filter(hit => EVIDENCE.has(hit.rule.kind) && isOfJob(reading, hit));
  const inText = groupByRule(hits.filter(({ field }) => field.name === 'text'));
  return {
    seat: readSeat(hits.filter(({ field }) => field.name !== 'text')),
    functions: readFunctions(inText),
    elsewhere: readElsewhere(inText),
    signals: readSignals(groupByRule(hits)),
    words: reading.document.text.tokens.length,
    asked,
  };
}

function isOfJob({ fields }: PostingReading, hit: RuleHit): boolean {
  if (hit.field.name !== 'text') return true;
  const { kind, effect } = hit.rule;
  const subject = fields.get('text')?.of(hit)?.subject ?? 'job';
  const work = kind === 'path' || kind === 'other' || ('signal' in effect && WORK.has(effect.signal));
  return !(work ? NO_WORK_OR_OTHERS : NO_WORK).has(subject);
}
