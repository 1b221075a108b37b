import { type Document, type Field, readDocument } from './document.ts';
import type { Rule, RulePlace } from './rule.ts';
import type { CompiledRules } from './rules.ts';

/** A rule example that does not hold: `must` was not matched, or `must_not` was. */
export type BrokenExample = { rule: string; file: string; example: string; expected: 'must' | 'must_not' };

/** Tries every rule's own examples: each `must` is matched in at least one of the rule's places, each `must_not` in none. */
export function brokenExamples(rules: CompiledRules): BrokenExample[] {
  return rules.rules.flatMap(rule => {
    const matches = (example: string) => rule.where.some(place => matchesAt(rules, rule, place, example));
    const broken = (examples: readonly string[], expected: BrokenExample['expected']) =>
      examples
        .filter(example => matches(example) !== (expected === 'must'))
        .map(example => ({ rule: rule.id, file: rule.file, example, expected }));
    return [...broken(rule.must, 'must'), ...broken(rule.must_not, 'must_not')];
  });
}

function matchesAt(rules: CompiledRules, rule: Rule, place: RulePlace, example: string): boolean {
  return rules.match(fieldFor(place, example)).some(hit => hit.rule === rule);
}

/** The example put where the rule looks for it. */
function fieldFor(place: RulePlace, example: string): Field {
  if (place === 'title') return readDocument({ title: example, text: '' }).title;
  if (place === 'department') return readDocument({ title: '', text: '', department: example }).department;
  return inSection(place, example).text;
}

function inSection(place: RulePlace, example: string): Document {
  const heading =
    place === 'requirement' ? 'Requirements\n- ' : place === 'duty' ? 'Responsibilities\n- ' : place === 'company' ? 'About us\n' : '';
  return readDocument({ title: '', text: `${heading}${example}` });
}
