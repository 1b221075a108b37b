import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { needsFile } from '../facets/certifications/certifications.ts';
import { employmentFile } from '../facets/employment-type.ts';
import type { FacetModels } from '../facets/index.ts';
import { yearsFile } from '../facets/min-years.ts';
import { modesFile } from '../facets/work-mode.ts';
import { fieldLinesFile, workLinesFile } from '../relevance/lines.ts';
import { type Model, treesOfKinds, weightsFile } from '../relevance/model.ts';
import { worthFile } from '../relevance/title.ts';
import { kindWordsFile, pathWordsFile, titleWordsFile } from '../relevance/words.ts';
import type { Learned } from '../requirements/index.ts';
import { roleReader, rolesFile } from '../requirements/roles/row-hearing.ts';
import { arbiterFile } from '../requirements/verdicts/arbiter.ts';
import { elsewhereFile } from '../requirements/verdicts/elsewhere.ts';
import { type RuleSource, readYaml } from './yaml.ts';

/** What was fitted to labelled postings and stands beside the rules. */
export type Fitted = {
  /** What evidence weighs by itself and together, what words and lines say, and what titles are worth. */
  readonly model: Model;
  /** What tells who may apply. */
  readonly eligibility: Learned;
  /** What tells the facets. */
  readonly facets: FacetModels;
};

const FILES = [
  'work-lines.yaml',
  'field-lines.yaml',
  'weights.yaml',
  'trees.yaml',
  'title-words.yaml',
  'kind-words.yaml',
  'path-words.yaml',
  'worth.yaml',
  'roles.yaml',
  'elsewhere.yaml',
  'arbiter.yaml',
  'modes.yaml',
  'years.yaml',
  'employment.yaml',
  'needs.yaml',
] as const;

export const isFitted = ({ file }: RuleSource): boolean => FILES.some(name => name === file);

/** With the fits Ombre ships, where a file of that name is not given. */
export function withFits(own: readonly RuleSource[]): RuleSource[] {
  const missing = FILES.filter(file => !own.some(source => source.file === file));
  return [...own, ...missing.map(file => ({ file, content: readFileSync(new URL(`../rules/${file}`, import.meta.url), 'utf8') }))];
}

/** The last that was read, by what its files hold: rules are compiled more often than what was fitted changes. */
let last: { readonly key: string; readonly fitted: Fitted } | null = null;

/** Reads what was fitted. Throws E_RULE naming file, line and field. */
export function readFitted(sources: readonly RuleSource[]): Fitted {
  const source = (name: (typeof FILES)[number]) => sources.find(({ file }) => file === name) as RuleSource;
  const key = FILES.map(name => source(name).content).join('\0');
  if (last?.key === key) return last.fitted;
  const read = <T>(name: (typeof FILES)[number], schema: z.ZodType<T>): T => readYaml(source(name), schema).value;
  const fitted: Fitted = {
    model: {
      weights: read('weights.yaml', weightsFile),
      together: read('trees.yaml', treesOfKinds),
      words: {
        title: read('title-words.yaml', titleWordsFile),
        kind: read('kind-words.yaml', kindWordsFile),
        path: read('path-words.yaml', pathWordsFile),
      },
      lines: { work: read('work-lines.yaml', workLinesFile), field: read('field-lines.yaml', fieldLinesFile) },
      worth: read('worth.yaml', worthFile),
    },
    eligibility: {
      roles: roleReader(read('roles.yaml', rolesFile)),
      elsewhere: read('elsewhere.yaml', elsewhereFile),
      arbiter: read('arbiter.yaml', arbiterFile),
    },
    facets: {
      modes: read('modes.yaml', modesFile),
      years: read('years.yaml', yearsFile),
      employment: read('employment.yaml', employmentFile),
      needs: read('needs.yaml', needsFile),
    },
  };
  last = { key, fitted };
  return fitted;
}
