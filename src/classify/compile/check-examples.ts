import { type Field, readDocument, readLine } from '../../text/document.ts';
import { evidenceOfHit } from '../reading/hit.ts';
import type { RulePlace } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import type { CompiledRules } from './compile.ts';

/** A rule example that does not hold: `must` was not matched, or `must_not` was. `got` says which words matched, or which other rules did. */
type BrokenExample = { file: string; rule: string; example: string; expected: 'must' | 'must_not'; got: string };

/** Tries every rule's own examples: each `must` is matched in at least one of the rule's places, each `must_not` in none. */
export function brokenExamples(rules: CompiledRules): BrokenExample[] {
  return rules.rules.flatMap(rule => {
    const { id, file } = rule;
    const tried = (example: string) => ({ example, ...tryExample(rules, rule, example) });
    const missed = rule.must.map(tried).filter(({ words }) => words === null);
    const caught = rule.must_not.map(tried).filter(({ words }) => words !== null);
    return [
      ...missed.map(({ example, others }): BrokenExample => {
        const instead = others.length > 0 ? `, but by ${others.join(', ')}` : '';
        return { file, rule: id, example, expected: 'must', got: `not matched by this rule${instead}` };
      }),
      ...caught.map(
        ({ example, words }): BrokenExample => ({ file, rule: id, example, expected: 'must_not', got: `matched by "${words}"` }),
      ),
    ];
  });
}

/** How many examples the rules have, both kinds together. */
export function countExamples(rules: CompiledRules): number {
  return rules.rules.reduce((sum, { must, must_not }) => sum + must.length + must_not.length, 0);
}

/** The words of an example that a rule matches in one of its places, or null; and the other rules that match there. */
function tryExample(rules: CompiledRules, rule: Rule, example: string): { words: string | null; others: string[] } {
  const others = new Set<string>();
  for (const place of rule.where) {
    for (const hit of rules.match(fieldFor(place, example))) {
      if (hit.rule === rule) return { words: evidenceOfHit(hit).text, others: [] };
      others.add(hit.rule.id);
    }
  }
  return { words: null, others: [...others] };
}

/** The headings below which a rule of a part of the text looks. */
const HEADINGS: Partial<Record<RulePlace, string>> = {
  requirement: 'Requirements\n- ',
  duty: 'Responsibilities\n- ',
  company: 'About us\n',
};

/** The example put where the rule looks for it. */
function fieldFor(place: RulePlace, example: string): Field {
  if (place === 'title' || place === 'department' || place === 'location') return readLine(place, example);
  return readDocument({ title: '', text: `${HEADINGS[place] ?? ''}${example}` }).text;
}
