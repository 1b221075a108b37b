import { hitsOfSense } from '../src/classify/classify.ts';
import { type CompiledRules, compileRules } from '../src/classify/compile/compile.ts';
import { loadSources } from '../src/classify/compile/sources.ts';
import { Notes } from '../src/classify/learned/ear.ts';
import { type PostingReading, readPosting } from '../src/classify/reading/posting.ts';
import { type RuleEvidence, readEvidence } from '../src/classify/relevance/evidence.ts';
import { KIND_FEATURES, PATH_FEATURES } from '../src/classify/relevance/features.ts';
import { FIELD_SAID, type LinesSaid, readLines, WORK_SAID } from '../src/classify/relevance/lines.ts';
import { WEIGHED } from '../src/classify/relevance/model.ts';
import { readEmployer, WORTH } from '../src/classify/relevance/title.ts';
import { hearBody, hearTitle, KIND_SAID, TITLE_SAID } from '../src/classify/relevance/words.ts';
import { readAsked } from '../src/classify/requirements/asked.ts';
import { ROLES } from '../src/classify/requirements/roles/role.ts';
import { SENDING } from '../src/classify/requirements/verdicts/elsewhere.ts';
import { WORK_MODES } from '../src/posting/posting.ts';
import { PATH_SLUGS, VERDICTS } from '../src/posting/taxonomy.ts';
import type { Sample } from './data.ts';
import { toYaml } from './write.ts';

/** A sample read: what rules and lines say of it, and the words that may be learned from. */
export type Read = {
  readonly sample: Sample;
  readonly reading: PostingReading;
  readonly evidence: RuleEvidence;
  readonly lines: LinesSaid;
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
  const nothing = (of: string) => toYaml({ about: 'Nothing is learned.', inputs: [], floor: 1, bias: `${of} 0`, facts: {}, words: {} });
  const blank = [
    { file: 'weights.yaml', content: toYaml(weights) },
    { file: 'trees.yaml', content: toYaml({ about: 'Nothing is grown.', inputs: [], nonclinical: [], clinical: [] }) },
    { file: 'title-words.yaml', content: nothing(TITLE_SAID[0] as string) },
    { file: 'kind-words.yaml', content: nothing(KIND_SAID[0]) },
    { file: 'path-words.yaml', content: nothing(PATH_SLUGS[0] as string) },
    { file: 'work-lines.yaml', content: nothing(WORK_SAID[0]) },
    { file: 'field-lines.yaml', content: nothing(FIELD_SAID[0]) },
    { file: 'worth.yaml', content: nothing(WORTH[0]) },
    { file: 'roles.yaml', content: nothing(ROLES[0]) },
    { file: 'elsewhere.yaml', content: nothing(SENDING[0]) },
    { file: 'modes.yaml', content: nothing(WORK_MODES[0]) },
    { file: 'years.yaml', content: nothing('asked') },
    { file: 'employment.yaml', content: nothing('so') },
    { file: 'needs.yaml', content: nothing('required') },
    { file: 'arbiter.yaml', content: nothing(VERDICTS[0] as string) },
  ].filter(({ file }) => !kept.includes(file));
  return compileRules([...loadSources().filter(({ file }) => !blank.some(of => of.file === file)), ...blank]);
}

/** Reads a sample once, for everything that is fitted. */
export function readSample(sample: Sample, rules: CompiledRules): Read {
  const reading = readPosting(sample.input, rules);
  const hits = [...hitsOfSense(reading), ...readEmployer(sample.input, rules)];
  return {
    sample,
    reading,
    evidence: readEvidence(reading, hits, readAsked(reading, rules.eligibility.roles).asked),
    lines: readLines(reading, rules.model.lines),
    title: new Set(hearTitle(reading.document, new Notes()).words.keys()),
    body: new Set(hearBody(reading.document, new Notes()).words.keys()),
  };
}
