import { CREDENTIALS } from '../posting/taxonomy.ts';
import type { Classification, ClassifierInput } from './classification.ts';
import { classify } from './classify.ts';
import type { CompiledRules } from './rules.ts';

/** One kind of change between two rule sets ("relevance other → nonclinical"), how often it happens, and some of the postings. */
export type RuleChange = { what: string; before: string; after: string; count: number; examples: { id: string; title: string }[] };
export type RulesComparison = { before: string; after: string; postings: number; moved: number; changes: RuleChange[] };

/** Classifies every posting with two rule sets and counts what moves, most frequent first. Writes nothing. `examples`: most per change. */
export function compareRules(
  before: CompiledRules,
  after: CompiledRules,
  postings: Iterable<{ id: string; input: ClassifierInput }>,
  examples = 5,
): RulesComparison {
  const changes = new Map<string, RuleChange>();
  let count = 0;
  let moved = 0;
  for (const { id, input } of postings) {
    count++;
    const was = traitsOf(classify(input, before));
    const is = traitsOf(classify(input, after));
    const differing = [...new Set([...was.keys(), ...is.keys()])].filter(what => was.get(what) !== is.get(what));
    if (differing.length > 0) moved++;
    for (const what of differing) {
      const from = was.get(what) ?? 'none';
      const to = is.get(what) ?? 'none';
      const key = `${what}\0${from}\0${to}`;
      const change = changes.get(key) ?? { what, before: from, after: to, count: 0, examples: [] };
      change.count++;
      if (change.examples.length < examples) change.examples.push({ id, title: input.title });
      changes.set(key, change);
    }
  }
  const sorted = [...changes.values()].sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
  return { before: before.version, after: after.version, postings: count, moved, changes: sorted };
}

/** What a change of rules may move. */
function traitsOf({ relevance, paths, verdicts }: Classification): Map<string, string> {
  const traits = new Map<string, string>([['relevance', relevance]]);
  const [primary, ...further] = paths;
  if (primary) traits.set('path', primary.path).set('role', primary.role ?? 'none');
  if (further.length > 0)
    traits.set(
      'further paths',
      further
        .map(({ path }) => path)
        .sort()
        .join(', '),
    );
  if (verdicts) for (const credential of CREDENTIALS) traits.set(`verdict ${credential}`, verdicts[credential].verdict);
  return traits;
}
