import { NEEDS } from '../src/classify/facets/certifications/certifications.ts';
import type { FacetModels } from '../src/classify/facets/index.ts';
import { writeTree } from '../src/classify/learned/trees.ts';
import { KIND_FEATURES, PATH_FEATURES } from '../src/classify/relevance/features.ts';
import { FIELD_SAID, WORK_SAID } from '../src/classify/relevance/lines.ts';
import { type Together, WEIGHED, type Weights } from '../src/classify/relevance/model.ts';
import { WORTH } from '../src/classify/relevance/title.ts';
import { KIND_SAID, TITLE_SAID, type WordModels } from '../src/classify/relevance/words.ts';
import { ROLES } from '../src/classify/requirements/roles/role.ts';
import { SENDING } from '../src/classify/requirements/verdicts/elsewhere.ts';
import { WORK_MODES } from '../src/posting/posting.ts';
import { PATH_SLUGS, VERDICTS } from '../src/posting/taxonomy.ts';
import { ANNOUNCED } from '../src/text/announcement.ts';
import type { Linear } from '../src/text/linear.ts';
import type { Input } from './data.ts';

/** A value as YAML, one entry a line however long: as JSON, which is read in a tenth of the time. */
export function toYaml(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const round = (value: number): number => Math.round(value * 100) / 100 + 0;
const HOW = 'Written by tools/fit.ts from the inputs named here; do not edit by hand.';

/** The text of weights.yaml. */
export function weightsYaml(weights: Weights, inputs: readonly Input[]): string {
  const named = (names: readonly string[], values: Float64Array) =>
    Object.fromEntries(names.map((name, at) => [name, round(values[at] as number)]));
  const kinds = Object.fromEntries(
    WEIGHED.map(kind => [kind, { bias: round(weights.bias[kind]), ...named(KIND_FEATURES, weights.kinds[kind]) }]),
  );
  const { sureness, further } = weights;
  return toYaml({
    about: `What each kind of evidence adds to the log-odds of a kind of job, and of a path. ${HOW}`,
    inputs,
    kinds,
    paths: named(PATH_FEATURES, weights.paths),
    sureness: round(sureness),
    further: round(further),
  });
}

/** The text of trees.yaml. */
export function treesYaml(together: Together, inputs: readonly Input[]): string {
  const lines = Object.fromEntries(WEIGHED.map(kind => [kind, together[kind].map(tree => writeTree(tree, KIND_FEATURES))]));
  return toYaml({ about: `What several kinds of evidence add to the log-odds of a kind of job together. ${HOW}`, inputs, ...lines });
}

const CLASSES_OF_WORDS = { title: TITLE_SAID, kind: KIND_SAID, path: PATH_SLUGS };

/** The text of title-words.yaml, kind-words.yaml or path-words.yaml. */
export function wordsYaml(name: keyof WordModels, words: WordModels, inputs: readonly Input[]): string {
  const about = `What words and pairs of words speak for: of ${name === 'title' ? 'titles' : `texts, of the ${name}`}.`;
  return linearYaml(`${about} ${HOW}`, CLASSES_OF_WORDS[name], words[name], inputs);
}

/** The text of worth.yaml. */
export function worthYaml(worth: Linear, inputs: readonly Input[]): string {
  const about = 'What speaks for reading the page behind a title, and what for leaving it; the bar is in the bias.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-worth.ts')}`, WORTH, worth, inputs);
}

/** The text of arbiter.yaml. */
export function arbiterYaml(arbiter: Linear, inputs: readonly Input[]): string {
  const about = 'How far an answer about a credential is to be trusted, and what the words around what is named speak for.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-arbiter.ts')}`, VERDICTS, arbiter, inputs);
}

/** The text of roles.yaml. */
export function rolesYaml(roles: Linear, inputs: readonly Input[]): string {
  const about = 'What tells whether a posting asks an applicant for what it names, and with what force.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-roles.ts')}`, ROLES, roles, inputs);
}

const ABOUT_FACETS = {
  modes: 'What a sentence with words of the mode says of where the work is done.',
  years: 'What speaks for years being those that a job asks for at the least.',
  employment: 'What speaks for a type of employment being that of the job.',
  needs: 'What speaks for a named certificate being asked for or liked.',
};
const CLASSES_OF_FACETS = { modes: WORK_MODES, years: ['asked'], employment: ['so'], needs: NEEDS };

/** The text of modes.yaml, years.yaml, employment.yaml or needs.yaml. */
export function facetYaml(name: keyof FacetModels, learned: Linear, inputs: readonly Input[]): string {
  return linearYaml(
    `${ABOUT_FACETS[name]} ${HOW.replace('tools/fit.ts', 'tools/fit-facets.ts')}`,
    CLASSES_OF_FACETS[name],
    learned,
    inputs,
  );
}

/** The text of work-lines.yaml. */
export function workLinesYaml(lines: Linear, inputs: readonly Input[]): string {
  const about = 'What a line says that the holder of the job does, by its words as a whole.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-lines.ts')}`, WORK_SAID, lines, inputs);
}

/** The text of field-lines.yaml. */
export function fieldLinesYaml(lines: Linear, inputs: readonly Input[]): string {
  const about = 'In which field a line says that the employer or the job is, by its words as a whole.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-lines.ts')}`, FIELD_SAID, lines, inputs);
}

/** The text of headings.json, a term a line. */
export function headingsJson(headings: Linear, inputs: readonly Input[]): string {
  const about = `What a line announces of what follows it. ${HOW.replace('tools/fit.ts', 'tools/fit-headings.ts')}`;
  return toYaml(linearEntries(about, ANNOUNCED, headings, inputs));
}

/** The text of elsewhere.yaml. */
export function elsewhereYaml(elsewhere: Linear, inputs: readonly Input[]): string {
  const about = 'What tells that a sentence sends the reader elsewhere, or to later, for what is asked of applicants.';
  return linearYaml(`${about} ${HOW.replace('tools/fit.ts', 'tools/fit-roles.ts')}`, SENDING, elsewhere, inputs);
}

function linearYaml(...of: Parameters<typeof linearEntries>): string {
  return toYaml(linearEntries(...of));
}

function linearEntries(about: string, classes: readonly string[], { floor, bias, facts, words }: Linear, inputs: readonly Input[]) {
  const lines = (terms: Linear['facts']) =>
    Object.fromEntries([...terms].map(([term, weights]) => [term, told(classes, weights)] as const).filter(([, text]) => text !== ''));
  return { about, inputs, floor, bias: told(classes, bias), facts: lines(facts), words: lines(words) };
}

/** A weight smaller than this share of the word's largest is noise. */
const FAINT = 0.2;

function told(classes: readonly string[], weights: Float64Array): string {
  const most = Math.max(...weights.map(Math.abs));
  const parts = classes.flatMap((name, at) => {
    const weight = round(weights[at] as number);
    return weight === 0 || Math.abs(weight) < FAINT * most ? [] : [`${name} ${weight}`];
  });
  return parts.join(', ');
}
