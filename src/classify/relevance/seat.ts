import type { Path } from '../../posting/taxonomy.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Rule } from '../schema/rule.ts';
import { type Found, groupByRule, rulesOfPaths } from './functions.ts';

/** What title and department say of one path, and the strongest rule that says it. */
type SeatOfPath = {
  readonly strength: number;
  readonly rule: Rule;
  readonly weight: number;
  readonly caseload: boolean;
  readonly role: string | null;
  readonly hits: readonly RuleHit[];
};

/** What title and department say: of each path, and for treating and other trades. Strengths are those of the rules. */
export type Seat = {
  readonly paths: ReadonlyMap<Path, SeatOfPath>;
  readonly clinical: Against;
  readonly other: Against;
  readonly professions: readonly RuleHit[];
};
type Against = { readonly strength: number; readonly rule: Rule | null; readonly hits: readonly RuleHit[] };

/** A further rule of the same path adds this share of its strength: two names of one job are hardly more than one. */
const FURTHER = 0.25;

/** Reads title and department by their hits. */
export function readSeat(hits: readonly RuleHit[]): Seat {
  const found = groupByRule(hits);
  const professions = hits.filter(({ rule, field }) => field.name === 'title' && 'names' in rule.effect && !rule.effect.field);
  return { paths: seatsOf(found), clinical: against(found, 'clinical'), other: against(found, 'other'), professions };
}

function seatsOf(found: Found): Map<Path, SeatOfPath> {
  const seats = new Map<Path, SeatOfPath>();
  for (const { rule, effect, hits } of rulesOfPaths(found)) {
    const { path, role = null, weight, caseload = false } = effect;
    const seat = seats.get(path) ?? { strength: (1 - FURTHER) * weight, rule, weight, caseload, role, hits: [] };
    seats.set(path, {
      ...seat,
      strength: seat.strength + FURTHER * weight,
      role: seat.role ?? role,
      hits: [...seat.hits, ...hits],
    });
  }
  return seats;
}

function against(found: Found, kind: 'clinical' | 'other'): Against {
  let best: Against = { strength: 0, rule: null, hits: [] };
  let sum = 0;
  for (const [rule, hits] of found) {
    const strength = kind in rule.effect ? (rule.effect as Record<string, number>)[kind] : undefined;
    if (strength === undefined) continue;
    sum += strength;
    if (strength > best.strength) best = { strength, rule, hits };
  }
  return { ...best, strength: best.strength + FURTHER * (sum - best.strength) };
}
