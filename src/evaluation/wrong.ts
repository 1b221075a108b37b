import { FACET_NAMES, FACETS, sameCertifications, saysCertifications } from './facets.ts';
import type { Pair } from './label.ts';
import { verdictCells } from './verdicts.ts';

/** One disagreement: what the reader said, what the classifier said, and the rule that decided. */
export type Wrong = { id: string; title: string; what: string; expected: unknown; got: unknown; rule: string };

/** Every disagreement: relevance, primary path, role under the right path, verdicts, facets. */
export function wrongOf(pairs: readonly Pair[]): Wrong[] {
  return [
    ...pairs
      .filter(({ label, guess }) => label.relevance !== guess.relevance)
      .map(pair => wrong(pair, 'relevance', pair.label.relevance, pair.guess.relevance, pair.guess.rule)),
    ...pairs.flatMap(wrongPath),
    ...verdictCells(pairs)
      .filter(({ expected, got }) => expected !== got)
      .map(({ pair, credential, expected, got, rule }) => wrong(pair, `verdict ${credential}`, expected, got, rule)),
    ...FACET_NAMES.flatMap(name =>
      pairs
        .filter(pair => FACETS[name].over(pair.label) && !FACETS[name].same(pair))
        .map(pair => wrong(pair, name, FACETS[name].expected(pair.label), FACETS[name].got(pair.guess))),
    ),
    ...pairs
      .filter(pair => saysCertifications(pair.label) && !sameCertifications(pair))
      .map(pair => wrong(pair, 'certifications', pair.label.certifications, pair.guess.facets.certifications)),
  ];
}

function wrong({ label, title }: Pair, what: string, expected: unknown, got: unknown, rule = ''): Wrong {
  return { id: label.id, title, what, expected, got, rule };
}

function wrongPath(pair: Pair): Wrong[] {
  const { label, guess } = pair;
  const got = guess.paths[0];
  if (label.partial || label.relevance !== 'nonclinical' || !got) return [];
  if (got.path !== label.paths[0]) return [wrong(pair, 'path', label.paths[0], got.path, got.rule)];
  return got.role === label.role ? [] : [wrong(pair, 'role', label.role, got.role, got.rule)];
}
