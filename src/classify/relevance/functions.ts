import type { Path } from '../../posting/taxonomy.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { Signal } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { isEnough } from './seat.ts';

/** What the statements of a posting say of the work of one path: its rules found, each once, however often it is said. */
export type FunctionOf = { strength: number; rules: Rule[]; role: string | null; hits: RuleHit[] };

/** A thing said over and over is no more true: the same rule counts this many times at most. */
export const MOST_SPOTS = 3;
/**
 * What is left of a rule whose tie is missing: "leads a team of nine" is work of any trade. A text of fewer words than `asked` has no room
 * to name its field, so there nothing is missing unless it names another one.
 */
const UNTIED = { share: 0.25, asked: 60 };

/** A rule found only in words that a heavier one of the same path has told already adds this share: the same words say a thing once. */
const ECHO = 0.25;

/** What is gathered of one path: the words that have told something, by their last token, and how strongly each role is told. */
type Told = FunctionOf & { readonly ends: Set<number>; readonly roles: Map<string, number> };

/** What the text says of the work of every path. `signals` are those of the whole posting, `words` how long its text is. */
export function readFunctions(
  rules: ReadonlyMap<Rule, RuleHit[]>,
  signals: ReadonlyMap<Signal, number>,
  words: number,
): Map<Path, FunctionOf> {
  const functions = new Map<Path, Told>();
  const unasked = words < UNTIED.asked && !signals.has('industry');
  for (const { rule, effect, hits } of byWeight(rules)) {
    const path = effect.path as Path;
    const now: Told = functions.get(path) ?? { strength: 0, rules: [], role: null, hits: [], ends: new Set(), roles: new Map() };
    functions.set(path, now);
    const fresh = hits.filter(({ last }) => !now.ends.has(last));
    const tie = unasked || isEnough(effect, signals) ? 1 : UNTIED.share;
    const strength = tie * effect.weight * (fresh.length > 0 ? Math.min(MOST_SPOTS, spots(fresh)) : ECHO);
    now.strength += strength;
    now.rules.push(rule);
    if (effect.role) now.roles.set(effect.role, (now.roles.get(effect.role) ?? 0) + strength);
    for (const hit of hits) {
      now.ends.add(hit.last);
      now.hits.push(hit);
    }
  }
  for (const of of functions.values()) of.role = strongestOf(of.roles);
  return functions;
}

/** What the text says of work that is none of the paths'. */
export function readElsewhere(rules: ReadonlyMap<Rule, RuleHit[]>): FunctionOf {
  const elsewhere: FunctionOf = { strength: 0, rules: [], role: null, hits: [] };
  for (const [rule, all] of rules) {
    const hits = 'other' in rule.effect ? all.filter(({ field }) => field.name === 'text') : [];
    if (!('other' in rule.effect) || hits.length === 0) continue;
    elsewhere.strength += rule.effect.other * Math.min(MOST_SPOTS, spots(hits));
    elsewhere.rules.push(rule);
    for (const hit of hits) elsewhere.hits.push(hit);
  }
  return elsewhere;
}

/** The rules of paths found in the text, the heaviest first, then by id. */
function byWeight(rules: ReadonlyMap<Rule, RuleHit[]>) {
  const found = [...rules].flatMap(([rule, all]) => {
    const { effect } = rule;
    const hits = 'path' in effect ? all.filter(({ field }) => field.name === 'text') : [];
    return 'path' in effect && hits.length > 0 ? [{ rule, effect, hits }] : [];
  });
  return found.sort((a, b) => b.effect.weight - a.effect.weight);
}

function strongestOf(roles: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  for (const [role, strength] of roles) if (best === null || strength > (roles.get(best) as number)) best = role;
  return best;
}

/** How many places a rule was found in; phrases that overlap are one place. */
export function spots(hits: readonly RuleHit[]): number {
  if (hits.length < 2) return hits.length;
  const ends = new Map<string, number>();
  let count = 0;
  for (const { field, first, last } of [...hits].sort((a, b) => a.first - b.first)) {
    if (first >= (ends.get(field.name) ?? -1)) count++;
    ends.set(field.name, Math.max(last, ends.get(field.name) ?? 0));
  }
  return count;
}
