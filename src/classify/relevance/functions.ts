import type { Path } from '../../posting/taxonomy.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { PathEffect, Rule } from '../schema/rule.ts';

/** Rules with where they were found; by id, so that nothing hangs on the order in which rules or files are written. */
export type Found = ReadonlyMap<Rule, readonly RuleHit[]>;

export function groupByRule(hits: readonly RuleHit[]): Found {
  return new Map([...Map.groupBy(hits, ({ rule }) => rule)].sort(([a], [b]) => (a.id < b.id ? -1 : 1)));
}

/** What several rules tell together. */
export type Told = { readonly strength: number; readonly rules: readonly Rule[]; readonly hits: readonly RuleHit[] };
const NOTHING: Told = { strength: 0, rules: [], hits: [] };

/** A thing said over and over is no more true: the same rule counts this many times at most. */
const MOST_SPOTS = 3;

/** With what one more rule tells. */
function tell({ strength, rules, hits }: Told = NOTHING, rule: Rule, weight: number, found: readonly RuleHit[]): Told {
  return { strength: strength + weight * Math.min(MOST_SPOTS, found.length), rules: [...rules, rule], hits: [...hits, ...found] };
}

/** What rules tell of ties, treating and the like. */
export type Signals = ReadonlyMap<Signal, Told>;

export function readSignals(found: Found): Signals {
  const signals = new Map<Signal, Told>();
  for (const [rule, hits] of found) {
    const { effect } = rule;
    if ('signal' in effect) signals.set(effect.signal, tell(signals.get(effect.signal), rule, effect.weight, hits));
  }
  return signals;
}

/** What a text tells of work that is none of the paths'. */
export function readElsewhere(found: Found): Told {
  let told = NOTHING;
  for (const [rule, hits] of found) if ('other' in rule.effect) told = tell(told, rule, rule.effect.other, hits);
  return told;
}

/** The rules of paths, the heaviest first. */
export function rulesOfPaths(found: Found): { rule: Rule; effect: PathEffect; hits: readonly RuleHit[] }[] {
  const rules = [...found].flatMap(([rule, hits]) => ('path' in rule.effect ? [{ rule, effect: rule.effect, hits }] : []));
  return rules.sort((a, b) => b.effect.weight - a.effect.weight);
}

/** What a text says of the work of one path, and the role that is told most. */
export type FunctionOf = Told & { readonly role: string | null };

/** What a text says of the work of every path. */
export function readFunctions(found: Found): Map<Path, FunctionOf> {
  const functions = new Map<Path, FunctionOf>();
  const roles = new Map<string, number>();
  for (const { rule, effect, hits } of rulesOfPaths(found)) {
    const before = functions.get(effect.path);
    const now = tell(before, rule, effect.weight, hits);
    const { role = '' } = effect;
    roles.set(role, (roles.get(role) ?? 0) + now.strength - (before?.strength ?? 0));
    const best = before?.role ?? null;
    const louder = role !== '' && (best === null || (roles.get(role) as number) > (roles.get(best) as number));
    functions.set(effect.path, { ...now, role: louder ? role : best });
  }
  return functions;
}
