import { readFileSync } from 'node:fs';
import type { Linear } from '../../text/linear.ts';
import { sayingsFile } from '../facets/said-mode.ts';
import { fieldLinesFile, workLinesFile } from '../relevance/lines.ts';
import { type Model, togetherFile, weightsFile, witnessFile } from '../relevance/model.ts';
import { worthFile } from '../relevance/worth.ts';
import type { Learned } from '../requirements/index.ts';
import { roleReader, rolesFile } from '../requirements/roles/row-hearing.ts';
import { arbiterFile } from '../requirements/verdicts/arbiter.ts';
import { elsewhereFile } from '../requirements/verdicts/elsewhere.ts';
import { type RuleSource, readYaml } from './yaml.ts';

/** What was fitted to labelled postings and stands beside the rules. */
export type Fitted = {
  /** What evidence weighs by itself and together, the words of the lexicon witness, and what titles are worth. */
  readonly model: Model;
  /** What tells who may apply. */
  readonly eligibility: Learned;
  /** What sentences say of where the work is done. */
  readonly sayings: Linear;
};

const FILES = [
  'work-lines.yaml',
  'field-lines.yaml',
  'weights.yaml',
  'trees.yaml',
  'witness.yaml',
  'worth.yaml',
  'roles.yaml',
  'elsewhere.yaml',
  'arbiter.yaml',
  'sayings.yaml',
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
  const fitted: Fitted = {
    model: {
      weights: readYaml(source('weights.yaml'), weightsFile).value,
      together: readYaml(source('trees.yaml'), togetherFile).value,
      witness: readYaml(source('witness.yaml'), witnessFile).value,
      lines: {
        work: readYaml(source('work-lines.yaml'), workLinesFile).value,
        field: readYaml(source('field-lines.yaml'), fieldLinesFile).value,
      },
      worth: readYaml(source('worth.yaml'), worthFile).value,
    },
    eligibility: {
      roles: roleReader(readYaml(source('roles.yaml'), rolesFile).value),
      elsewhere: readYaml(source('elsewhere.yaml'), elsewhereFile).value,
      arbiter: readYaml(source('arbiter.yaml'), arbiterFile).value,
    },
    sayings: readYaml(source('sayings.yaml'), sayingsFile).value,
  };
  last = { key, fitted };
  return fitted;
}
