import type { Classification, Facets } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import type { CompiledRules } from '../classify/compile/compile.ts';
import { CREDENTIALS } from '../posting/taxonomy.ts';
import { classifierInput } from './classifier-input.ts';
import type { StoredPosting } from './reclassify.ts';

/** The tags of a stored posting that a preview compares. */
export type StoredTags = {
  relevance: string | null;
  path: string | null;
  role: string | null;
  /** All paths and roles, those of the primary path among them. */
  paths: readonly string[];
  roles: readonly string[];
  verdicts: Record<string, string | null>;
  facets: Partial<Facets>;
};

type Moved = { field: string; from: string; to: string; count: number; examples: { id: string; title: string; rule: string }[] };
export type RulesDiff = { rules_version: string; read: number; moved: number; changes: Moved[] };

const EXAMPLES = 3;

/** What other rules would move among stored postings. Reads only; the changes are sorted by how many postings they touch. */
export async function diffRules(postings: AsyncIterable<StoredPosting & { tags: StoredTags }>, rules: CompiledRules): Promise<RulesDiff> {
  const changes = new Map<string, Moved>();
  let read = 0;
  let moved = 0;
  for await (const stored of postings) {
    const { id, posting, tags } = stored;
    read += 1;
    let touched = false;
    for (const [field, from, to, rule] of comparisons(tags, classify(classifierInput(stored), rules))) {
      if (from === to) continue;
      touched = true;
      const name = `${field} ${from} ${to}`;
      const change = changes.get(name) ?? { field, from: from ?? 'none', to: to ?? 'none', count: 0, examples: [] };
      change.count += 1;
      if (change.examples.length < EXAMPLES) change.examples.push({ id, title: posting.title, rule });
      changes.set(name, change);
    }
    if (touched) moved += 1;
  }
  const sorted = [...changes.values()].sort((a, b) => b.count - a.count || a.field.localeCompare(b.field));
  return { rules_version: rules.version, read, moved, changes: sorted };
}

/** A tag as it is stored, as other rules have it, and the rule that says so. */
type Comparison = readonly [field: string, from: string | null, to: string | null, rule: string];

/** Everything that is stored of a posting and may be listed by, once each. */
function comparisons(tags: StoredTags, now: Classification): Comparison[] {
  const [first, ...further] = now.paths;
  const rule = first?.rule ?? now.rule;
  const furtherRule = further[0]?.rule ?? rule;
  return [
    ['relevance', tags.relevance, now.relevance, now.rule],
    ['path', tags.path, first?.path ?? null, rule],
    ['role', tags.role, first?.role ?? null, rule],
    [
      'further paths',
      beside(tags.path, tags.paths),
      beside(
        first?.path,
        further.map(({ path }) => path),
      ),
      furtherRule,
    ],
    [
      'further roles',
      beside(tags.role, tags.roles),
      beside(
        first?.role,
        further.map(({ role }) => role),
      ),
      furtherRule,
    ],
    ...CREDENTIALS.map((credential): Comparison => {
      const { verdict, rule: own } = now.verdicts?.[credential] ?? { verdict: null, rule: now.rule };
      return [`verdict ${credential}`, tags.verdicts[credential] ?? null, verdict, own];
    }),
    ...(Object.keys(now.facets) as (keyof Facets)[]).map((facet): Comparison => {
      return [`facet ${facet}`, told(tags.facets[facet]), told(now.facets[facet]), now.facetRules[facet] ?? `facet.${facet}`];
    }),
  ];
}

/** What stands beside the first, as text. */
function beside(first: string | null | undefined, all: readonly (string | null)[]): string | null {
  return all.filter(one => one !== null && one !== first).join(', ') || null;
}

/** The value of a facet as text that is the same for the same value: Postgres keeps the fields of an object in an order of its own. */
function told(value: Facets[keyof Facets] | undefined): string | null {
  if (value === undefined || value === null) return null;
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  );
}
