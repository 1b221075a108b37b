import { readDocument } from '../text/document.ts';
import { type CompiledRules, defaultRules } from './compile/compile.ts';
import { readTitle, strongestRules, titleChance, titleFeatures } from './relevance/title.ts';

/** The decision of the list stage about one title: read its detail page, or leave it. `reason` names the rule. */
type TitleTriage = { keep: boolean; reason: string };

/**
 * Decides from title and department alone whether a posting may be non-clinical. Wide on purpose: a title is kept from a small chance on, as
 * a request more costs less than a job lost; one that says nothing at all is kept.
 */
export function triageTitle(title: string, department: string | null, rules: CompiledRules = defaultRules()): TitleTriage {
  const document = readDocument({ title, text: '', department });
  if (document.title.tokens.length === 0) return { keep: true, reason: 'no-title' };
  const reading = readTitle(document, [...rules.match(document.title), ...rules.match(document.department)], rules.model.witness);
  const { path, against } = strongestRules(reading);
  const chance = titleChance(titleFeatures(reading), rules.model.weights.title);
  if (chance >= rules.model.weights.title.keep) return { keep: true, reason: path?.id ?? 'witness.title' };
  return { keep: false, reason: against?.id ?? 'no-rule' };
}
