import type { Path } from '../../posting/taxonomy.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { Effect, Rule } from '../schema/rule.ts';

type PathEffect = Extract<Effect, { path: string }>;

/** What title and department say of one path: the strength of its strongest rule, and whether the tie that rule asks for was found. */
type SeatOfPath = {
  tied: number;
  untied: number;
  strongest: PathEffect | null;
  rule: Rule | null;
  role: string | null;
  hits: RuleHit[];
};

/** What title and department say: of each path, and for treating and other trades. Strengths are those of the rules. */
export type Seat = {
  readonly paths: ReadonlyMap<Path, SeatOfPath>;
  readonly clinical: Against;
  readonly other: Against;
  readonly professions: readonly RuleHit[];
};
type Against = { readonly strength: number; readonly rule: Rule | null; readonly hits: readonly RuleHit[] };

/** How much of a signal a generic title ("recruiter", "product manager") asks for before it counts as tied to the field. */
const ENOUGH: Record<NonNullable<PathEffect['needs']>, { signal: Signal; least: number }> = {
  link: { signal: 'link', least: 2 },
  'strong-link': { signal: 'link', least: 4 },
  rehab: { signal: 'rehab', least: 2 },
  clinicians: { signal: 'clinicians', least: 3 },
  vendor: { signal: 'vendor', least: 1 },
};
/** A further rule of the same path adds this share of its strength: two names of one job are hardly more than one. */
const FURTHER = 0.25;

/** Reads title and department. `hits` are all of the posting's; `signals` what it says of the field. */
export function readSeat(hits: readonly RuleHit[], signals: ReadonlyMap<Signal, number>): Seat {
  const titled = unbound(withoutHomonyms(withoutProfessions(hits.filter(({ field }) => field.name !== 'text'))), signals);
  const byRule = groupByRule(titled);
  const professions = titled.filter(({ rule, field }) => field.name === 'title' && 'names' in rule.effect && !rule.effect.field);
  return { paths: seatsOf(byRule, signals), clinical: against(byRule, 'clinical'), other: against(byRule, 'other'), professions };
}

function seatsOf(byRule: ReadonlyMap<Rule, RuleHit[]>, signals: ReadonlyMap<Signal, number>): Map<Path, SeatOfPath> {
  const seats = new Map<Path, SeatOfPath>();
  const byRole = new Map<SeatOfPath, number>();
  for (const [rule, hits] of byRule) {
    const { effect } = rule;
    if (!('path' in effect)) continue;
    const path = effect.path as Path;
    const seat = seats.get(path) ?? { tied: 0, untied: 0, strongest: null, rule: null, role: null, hits: [] };
    seats.set(path, seat);
    const kind = isEnough(effect, signals) ? 'tied' : 'untied';
    seat[kind] = Math.max(seat[kind], effect.weight) + FURTHER * Math.min(seat[kind], effect.weight);
    if (effect.role && effect.weight > (byRole.get(seat) ?? 0)) {
      byRole.set(seat, effect.weight);
      seat.role = effect.role;
    }
    if (!seat.strongest || effect.weight > seat.strongest.weight) {
      seat.strongest = effect;
      seat.rule = rule;
      seat.hits = [...hits, ...seat.hits];
    } else seat.hits.push(...hits);
  }
  return seats;
}

function against(byRule: ReadonlyMap<Rule, RuleHit[]>, kind: 'clinical' | 'other'): Against {
  let best: Against = { strength: 0, rule: null, hits: [] };
  let sum = 0;
  for (const [rule, hits] of byRule) {
    const strength = kind in rule.effect ? (rule.effect as Record<string, number>)[kind] : undefined;
    if (strength === undefined) continue;
    sum += strength;
    if (strength > best.strength) best = { strength, rule, hits };
  }
  return { ...best, strength: best.strength + FURTHER * (sum - best.strength) };
}

/** Whether a posting shows the tie that a rule of a path asks for. */
export function isEnough(effect: PathEffect, signals: ReadonlyMap<Signal, number>): boolean {
  if (!effect.needs) return true;
  const { signal, least } = ENOUGH[effect.needs];
  return (signals.get(signal) ?? 0) >= least;
}

/** Leaves out words of other trades that end in one of the professions: "mental health (occupational) therapist". */
function withoutProfessions(hits: readonly RuleHit[]): readonly RuleHit[] {
  const named = hits.filter(({ rule, field }) => field.name === 'title' && 'names' in rule.effect);
  if (named.length === 0) return hits;
  return hits.filter(
    ({ rule, field, first, last }) =>
      field.name !== 'title' ||
      !('other' in rule.effect) ||
      !named.some(name => first < name.first && name.first < last && last <= name.last),
  );
}

/** Leaves out rules of paths and of treating that take a word which another trade binds: "director of therapy" in "director, cell therapy". */
function withoutHomonyms(hits: readonly RuleHit[]): readonly RuleHit[] {
  const binding = hits.filter(({ rule: { effect } }) => 'other' in effect && effect.binds);
  if (binding.length === 0) return hits;
  return hits.filter(({ rule: { effect }, field, first, last }) => {
    if (!('path' in effect) && !('clinical' in effect)) return true;
    return !binding.some(by => by.field === field && by.first < last && first < by.last);
  });
}

/**
 * Leaves out title rules that begin inside the bound words of another path's rule: "manager, rehab" in "product manager, rehab", and
 * "manager, surgery" of a department in "account manager, surgery", "engineer" in "human factors engineer".
 */
function unbound(hits: readonly RuleHit[], signals: ReadonlyMap<Signal, number>): readonly RuleHit[] {
  const binding = hits.filter(
    ({ rule: { effect }, field }) => field.name === 'title' && 'path' in effect && effect.binds && isEnough(effect, signals),
  );
  if (binding.length === 0) return hits;
  return hits.filter(hit => {
    const { effect } = hit.rule;
    if (hit.field.name !== 'title') return true;
    if ('other' in effect) return !binding.some(by => by.first < hit.first && hit.first < by.last);
    return !('path' in effect) || !binding.some(by => bindsOver(by, hit, effect));
  });
}

function bindsOver(by: RuleHit, hit: RuleHit, effect: PathEffect): boolean {
  const inside = by.first <= hit.first && hit.first < by.last && by.last < hit.last;
  return inside && 'path' in by.rule.effect && by.rule.effect.path !== effect.path;
}

/** Hits by their rule; rules by id, so that nothing hangs on the order in which rules or files are written. */
export function groupByRule(hits: readonly RuleHit[]): Map<Rule, RuleHit[]> {
  const grouped = Map.groupBy(hits, ({ rule }) => rule);
  return new Map([...grouped].sort(([a], [b]) => (a.id < b.id ? -1 : 1)));
}
