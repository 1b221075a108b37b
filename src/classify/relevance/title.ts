import type { Document } from '../../text/document.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { TITLE_FEATURES, type TitleFeature, type Weights, type Witness } from './model.ts';
import { groupByRule, readSeat, type Seat } from './seat.ts';
import { hearTitle, type Testimony, titleOdds } from './witness.ts';

/** What a title and a department say by themselves. */
type TitleReading = { readonly seat: Seat; readonly signals: ReadonlyMap<Signal, number>; readonly testimony: Testimony };

/** Reads title and department alone; `hits` are the rules found in them. */
export function readTitle(document: Pick<Document, 'title' | 'department'>, hits: readonly RuleHit[], witness: Witness): TitleReading {
  const signals = new Map<Signal, number>();
  for (const [{ effect }] of groupByRule(hits)) {
    if ('signal' in effect) signals.set(effect.signal, (signals.get(effect.signal) ?? 0) + effect.weight);
  }
  return { seat: readSeat(hits, signals), signals, testimony: hearTitle(witness, document) };
}

/** What rules weigh up to in titles, and log-odds of the witness: all features are about 1 at most. */
const FULL = { seat: 10, odds: 5 };
const upTo = (full: number, strength: number): number => Math.max(-1, Math.min(1, strength / full));

/** A title as numbers, in the order of TITLE_FEATURES. */
export function titleFeatures({ seat, signals, testimony }: TitleReading): Float64Array {
  const seats = [...seat.paths.values()];
  const [path, treats] = testimony.heard.length === 0 ? [0, 0] : titleOdds(testimony.scores);
  const tied = upTo(FULL.seat, Math.max(0, ...seats.map(of => of.tied)));
  const untied = upTo(FULL.seat, Math.max(0, ...seats.map(of => of.untied)));
  const other = upTo(FULL.seat, seat.other.strength);
  const elsewhere = signals.has('industry') && !signals.has('link') ? 1 : 0;
  const of: Record<TitleFeature, number> = {
    'seat.tied': tied,
    'seat.untied': untied,
    'seat.clinical': upTo(FULL.seat, seat.clinical.strength),
    'seat.other': other,
    'seat.program': signals.has('worth-reading') ? 1 : 0,
    'domain.link': signals.has('link') ? 1 : 0,
    'domain.industry': signals.has('industry') ? 1 : 0,
    'domain.elsewhere': elsewhere,
    'domain.untied': untied * elsewhere,
    'seat.contest': other > 0 ? Math.max(tied, untied) - other : 0,
    'witness.path': upTo(FULL.odds, path),
    'witness.clinical': upTo(FULL.odds, treats),
  };
  return Float64Array.from(TITLE_FEATURES, name => of[name]);
}

/** How likely a job of one of the paths stands behind a title. */
export function titleChance(features: Float64Array, { bias, weights }: Weights['title']): number {
  const odds = features.reduce((sum, value, at) => sum + value * (weights[at] as number), bias);
  return 1 / (1 + Math.exp(-odds));
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
