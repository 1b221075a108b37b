import { hitsOfSense } from '../src/classify/classify.ts';
import { type CompiledRules, compileRules } from '../src/classify/compile/compile.ts';
import { loadSources } from '../src/classify/compile/sources.ts';
import { MODES_SAID } from '../src/classify/facets/said-mode.ts';
import { type PostingReading, readPosting } from '../src/classify/reading/posting.ts';
import { readEmployer } from '../src/classify/relevance/employer.ts';
import { type RuleEvidence, readEvidence } from '../src/classify/relevance/evidence.ts';
import { FIELD_SAID, type LinesSaid, readLines, WORK_SAID } from '../src/classify/relevance/lines.ts';
import { KIND_FEATURES, LEXICONS, PATH_FEATURES, WEIGHED } from '../src/classify/relevance/model.ts';
import { eachTerm, spansOfBody, termOf } from '../src/classify/relevance/terms.ts';
import { WORTH } from '../src/classify/relevance/worth.ts';
import { readAsked } from '../src/classify/requirements/asked.ts';
import { ROLES } from '../src/classify/requirements/roles/role.ts';
import { SENDING } from '../src/classify/requirements/verdicts/elsewhere.ts';
import { VERDICTS } from '../src/posting/taxonomy.ts';
import type { Sample } from './data.ts';
import { toYaml } from './write.ts';

/** A sample read: what rules say of it, and the terms the witness may learn from. */
export type Read = {
  readonly sample: Sample;
  readonly reading: PostingReading;
  readonly evidence: RuleEvidence;
  readonly lines: LinesSaid;
  /** Each with the place it is heard in before it: "title: care coordinator". */
  readonly title: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
};

/** The rules with nothing fitted but the files `kept`: what is fitted must not hang on what was fitted before. */
export function unfittedRules(kept: readonly string[] = []): CompiledRules {
  const zeros = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, 0]));
  const kinds = Object.fromEntries(WEIGHED.map(kind => [kind, zeros(['bias', ...KIND_FEATURES])]));
  const weights = {
    about: 'Nothing is fitted.',
    inputs: [],
    kinds,
    paths: zeros(PATH_FEATURES),
    sureness: 1,
    further: 1,
  };
  const lexicons = Object.entries(LEXICONS).map(([name, { classes, heard }]) => [
    name,
    { floor: 1, bias: `${classes[0]} 0`, ...Object.fromEntries(heard.map(place => [place, {}])) },
  ]);
  const witness = { about: 'Nothing is learned.', inputs: [], ...Object.fromEntries(lexicons) };
  const nothing = (of: string) => toYaml({ about: 'Nothing is learned.', inputs: [], floor: 1, bias: `${of} 0`, facts: {}, words: {} });
  const blank = [
    { file: 'weights.yaml', content: toYaml(weights) },
    { file: 'trees.yaml', content: toYaml({ about: 'Nothing is grown.', inputs: [], nonclinical: [], clinical: [] }) },
    { file: 'witness.yaml', content: toYaml(witness) },
    { file: 'work-lines.yaml', content: nothing(WORK_SAID[0]) },
    { file: 'field-lines.yaml', content: nothing(FIELD_SAID[0]) },
    { file: 'worth.yaml', content: nothing(WORTH[0]) },
    { file: 'roles.yaml', content: nothing(ROLES[0]) },
    { file: 'elsewhere.yaml', content: nothing(SENDING[0]) },
    { file: 'sayings.yaml', content: nothing(MODES_SAID[0]) },
    { file: 'arbiter.yaml', content: nothing(VERDICTS[0] as string) },
  ].filter(({ file }) => !kept.includes(file));
  return compileRules([...loadSources().filter(({ file }) => !blank.some(of => of.file === file)), ...blank]);
}

/** Reads a sample once, for everything that is fitted. */
export function readSample(sample: Sample, rules: CompiledRules): Read {
  const reading = readPosting(sample.input, rules);
  const { hits } = readEmployer(sample.input, rules);
  const evidence = readEvidence(reading, hitsOfSense(reading), hits, readAsked(reading, rules.eligibility.roles).asked);
  const title = new Set<string>();
  for (const field of [reading.document.title, reading.document.department]) {
    for (const { first, last } of field.segments) {
      eachTerm(field, first, last, (...term) => title.add(`title: ${termOf(field, ...term)}`));
    }
  }
  const body = new Set<string>();
  const { text } = reading.document;
  for (const { heard, first, last } of spansOfBody(reading)) {
    eachTerm(text, first, last, (...term) => body.add(`${heard}: ${termOf(text, ...term)}`));
  }
  return { sample, reading, evidence, lines: readLines(reading, rules.model.lines), title, body };
}
