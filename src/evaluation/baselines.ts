import type { ClassifierInput, VerdictOf } from '../classify/classification.ts';
import { type CompiledRules, plainPhrases } from '../classify/compile/compile.ts';
import { CREDENTIALS, type Path } from '../posting/taxonomy.ts';
import type { Guess } from './label.ts';

/** Classifiers a job board or a first script would use; what the rules are measured against. */
export const BASELINES: Record<string, (rules: CompiledRules) => (input: ClassifierInput) => Guess> = {
  'keyword search': keywordSearch,
  'one regex per phrase': regexPerPhrase,
};

const NO_FACETS: Guess['facets'] = {
  work_mode: null,
  min_years: null,
  pay: null,
  employment_type: [],
  caseload: false,
  certifications: [],
};

/** What a person types into a job board, path by path. The first path with a hit wins. */
const QUERIES: readonly [Path, string][] = [
  ['recruiting', 'recruiter'],
  ['writing', 'writer'],
  ['writing', 'editor'],
  ['education', 'professor'],
  ['education', 'instructor'],
  ['education', 'fieldwork'],
  ['consulting', 'consultant'],
  ['management', 'director of rehab'],
  ['management', 'rehab manager'],
  ['management', 'supervisor'],
  ['rehab-liaison', 'liaison'],
  ['ux-product', 'user experience'],
  ['ux-product', 'product manager'],
  ['ux-product', 'human factors'],
  ['assistive-technology', 'assistive technology'],
  ['assistive-technology', 'wheelchair'],
  ['home-safety', 'home modification'],
  ['home-safety', 'home safety'],
  ['utilization-review', 'utilization review'],
  ['utilization-review', 'prior authorization'],
  ['care-coordination', 'care coordinator'],
  ['care-coordination', 'case manager'],
  ['ergonomics', 'ergonomic'],
  ['business-owner', 'franchise'],
  ['sales', 'sales'],
  ['health-tech', 'clinical specialist'],
  ['health-tech', 'implementation'],
  ['informatics', 'informatics'],
  ['compliance-quality', 'quality'],
  ['compliance-quality', 'compliance'],
  ['research', 'research'],
  ['case-law-disability', 'disability'],
  ['case-law-disability', 'vocational'],
];
const CREDENTIAL_QUERIES = { OT: 'ot', OTA: 'ota', PT: 'pt', PTA: 'pta', SLP: 'slp' } as const;
const THERAPY_QUERIES = ['occupational therap', 'physical therap', 'speech'];

/** A job board's search: the words occur somewhere in title or text, boilerplate and all. */
function keywordSearch(): (input: ClassifierInput) => Guess {
  return ({ title, text }) => {
    const all = `${title}\n${text}`.toLowerCase();
    const found = QUERIES.find(([, query]) => title.toLowerCase().includes(query)) ?? QUERIES.find(([, query]) => all.includes(query));
    const therapy = THERAPY_QUERIES.some(query => all.includes(query));
    if (!found) return guess(therapy ? 'clinical' : 'other', null, null);
    return guess('nonclinical', found[0], credential => new RegExp(`\\b${CREDENTIAL_QUERIES[credential]}s?\\b`).test(all));
  };
}

/** The phrases of the rules, each a regular expression of its own, with no sections, weights against each other, senses or negation. */
function regexPerPhrase(rules: CompiledRules): (input: ClassifierInput) => Guess {
  // Only the phrases that it can make something of: the others shape sentences, which it does not read.
  const used = plainPhrases(rules).filter(({ rule: { effect } }) => 'path' in effect || 'clinical' in effect || 'names' in effect);
  const phrases = used.map(({ rule, words }) => ({
    effect: rule.effect,
    title: rule.where.includes('title'),
    pattern: toRegex(words),
  }));
  return ({ title, text }) => {
    const found = phrases.filter(({ effect, title: inTitle, pattern }) =>
      pattern.test(inTitle && 'path' in effect ? title : `${title}\n${text}`),
    );
    const score = new Map<Path, number>();
    for (const { effect } of found)
      if ('path' in effect) score.set(effect.path as Path, (score.get(effect.path as Path) ?? 0) + effect.weight);
    const titled = found.filter(({ pattern }) => pattern.test(title));
    const clinical = titled.reduce((sum, { effect }) => ('clinical' in effect ? sum + effect.clinical : sum), 0);
    const named = new Set(found.flatMap(({ effect }) => ('names' in effect ? effect.names : [])));
    const best = [...score].sort((a, b) => b[1] - a[1])[0];
    if (!best || best[1] < clinical) return guess(clinical > 0 ? 'clinical' : 'other', null, null);
    return guess('nonclinical', best[0], credential => named.has(credential));
  };
}

/** One phrase as the regular expression a script would hold. */
export function toRegex(words: readonly string[]): RegExp {
  return new RegExp(`\\b${words.map(word => `${word.replace(/[^\p{L}\p{N}]/gu, '')}s?`).join('[\\s/,-]+')}\\b`, 'iu');
}

function guess(
  relevance: Guess['relevance'],
  path: Path | null,
  names: ((credential: keyof typeof CREDENTIAL_QUERIES) => boolean) | null,
): Guess {
  const verdict = (credential: keyof typeof CREDENTIAL_QUERIES): VerdictOf => ({
    verdict: names?.(credential) ? 'named' : 'open',
    rule: 'keyword',
    evidence: [],
    // A search knows no doubt.
    confidence: 1,
  });
  return {
    relevance,
    confidence: 1,
    rule: 'keyword',
    paths: path ? [{ path, role: null, rule: 'keyword', evidence: [] }] : [],
    verdicts:
      relevance === 'nonclinical'
        ? (Object.fromEntries(CREDENTIALS.map(credential => [credential, verdict(credential)])) as Guess['verdicts'])
        : null,
    facets: NO_FACETS,
  };
}
