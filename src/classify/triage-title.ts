import type { Field } from './document.ts';
import { readDocument } from './document.ts';
import { type CompiledRules, defaultRules, type RuleHit } from './rules.ts';

/** The decision of the list stage about one title: read its detail page, or leave it. `reason` names the rule. */
export type TitleTriage = { keep: boolean; reason: string };

/** How much stronger the words against a title must be before its detail is not worth a request. */
const MARGIN = 2;

/**
 * Decides from title and department alone whether a posting may be non-clinical. Wide on purpose: a title that any path rule knows is
 * kept unless words of treating or of another trade clearly outweigh it; what needs the text to be sure about is kept.
 */
export function triageTitle(title: string, department: string | null, rules: CompiledRules = defaultRules()): TitleTriage {
  const document = readDocument({ title, text: '', department });
  const hits = [document.title, document.department].flatMap((field: Field) => rules.match(field));
  let path = { weight: 0, id: '' };
  let against = { weight: 0, id: '' };
  const seen = new Set<string>();
  for (const { rule } of hits) {
    if (seen.has(rule.id)) continue;
    seen.add(rule.id);
    const { effect } = rule;
    if ('path' in effect && effect.weight > path.weight) path = { weight: effect.weight, id: rule.id };
    if ('clinical' in effect) against = { weight: Math.max(against.weight, effect.clinical), id: rule.id };
    if ('other' in effect) against = { weight: against.weight + effect.other, id: rule.id };
  }
  if (path.weight > 0 && path.weight + MARGIN >= against.weight) return { keep: true, reason: path.id };
  const program = hits.find(hit => isProgramWord(hit));
  if (program) return { keep: true, reason: program.rule.id };
  return { keep: false, reason: against.id || 'no rule knows the title' };
}

/** A word that turns a therapist's title into one worth reading ("Physical Therapist, Clinical Services Program"). */
function isProgramWord(hit: RuleHit): boolean {
  return 'signal' in hit.rule.effect && hit.rule.effect.signal === 'worth-reading';
}
