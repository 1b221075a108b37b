import { readDocument } from './document.ts';
import type { Signal } from './rule.ts';
import { type CompiledRules, defaultRules, type RuleHit } from './rules.ts';

/** The decision of the list stage about one title: read its detail page, or leave it. `reason` names the rule. */
export type TitleTriage = { keep: boolean; reason: string };

type Strongest = { weight: number; id: string; needsTie: boolean };

const TIES: readonly Signal[] = ['link', 'rehab', 'clinicians'];
/** How much stronger the words against a title must be before its detail is not worth a request. */
const MARGIN = 3;

/**
 * Decides from title and department alone whether a posting may be non-clinical. Wide on purpose: a title that any path rule knows is kept
 * unless words of treating or of another trade clearly outweigh it, or it needs a tie to health, shows none, and names another industry.
 */
export function triageTitle(title: string, department: string | null, rules: CompiledRules = defaultRules()): TitleTriage {
  const document = readDocument({ title, text: '', department });
  const hits = [...rules.match(document.title), ...rules.match(document.department)];
  const path = strongestPath(hits);
  const against = strongestAgainst(hits);
  const elsewhere = path.needsTie && !TIES.some(tie => signalled(hits, tie)) ? signalled(hits, 'industry') : undefined;
  if (path.weight > 0 && path.weight + MARGIN >= against.weight && !elsewhere) return { keep: true, reason: path.id };
  const program = signalled(hits, 'worth-reading');
  if (program) return { keep: true, reason: program.rule.id };
  return { keep: false, reason: elsewhere?.rule.id ?? (against.id || 'no-rule') };
}

function strongestPath(hits: readonly RuleHit[]): Strongest {
  let best: Strongest = { weight: 0, id: '', needsTie: false };
  for (const { rule } of hits) {
    const { effect } = rule;
    if ('path' in effect && effect.weight > best.weight)
      best = { weight: effect.weight, id: rule.id, needsTie: effect.needs !== undefined };
  }
  return best;
}

/** Clinical words count by the strongest one, words of other trades together, as in the full reading. */
function strongestAgainst(hits: readonly RuleHit[]): { weight: number; id: string } {
  const weights = new Map<string, number>();
  for (const { rule } of hits) if ('other' in rule.effect) weights.set(rule.id, rule.effect.other);
  const others = [...weights].sort((a, b) => b[1] - a[1]);
  const best = others[0]?.[1] ?? 0;
  let against = { weight: best + (others.reduce((sum, [, weight]) => sum + weight, 0) - best) / 2, id: others[0]?.[0] ?? '' };
  for (const { rule } of hits) {
    if ('clinical' in rule.effect && rule.effect.clinical > against.weight) against = { weight: rule.effect.clinical, id: rule.id };
  }
  return against;
}

function signalled(hits: readonly RuleHit[], signal: Signal): RuleHit | undefined {
  return hits.find(({ rule }) => 'signal' in rule.effect && rule.effect.signal === signal);
}
