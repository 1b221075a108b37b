import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, OmbreError } from '../../errors.ts';
import type { Field } from '../../text/document.ts';
import { Matcher } from '../../text/matching/matcher.ts';
import { type Pattern, PatternError, readPattern, spellOut } from '../../text/matching/pattern.ts';
import { READING_HASH } from '../../text/reading-words.ts';
import { SECTIONS, type Section } from '../../text/sections.ts';
import type { RuleHit, RuleMatch } from '../reading/hit.ts';
import { CAPABILITIES_HASH } from '../requirements/capabilities.ts';
import { type EffectKind, kindOf, type Rule, type RulePlace, ruleFile, vocabularyFile } from '../schema/rule.ts';
import { versionOf } from '../version.ts';
import { type Fitted, isFitted, readFitted, shippedFits } from './fitted.ts';
import { type RuleSource, readYaml } from './yaml.ts';

/** Rules ready to match. `hash` is one of every rule file's content; `version` stamps what they decide, and covers the classifier's code too. */
export type CompiledRules = {
  readonly version: string;
  readonly hash: string;
  readonly rules: readonly Rule[];
  readonly vocabulary: ReadonlyMap<string, readonly string[]>;
  readonly match: RuleMatch;
} & Fitted;

export type { RuleSource };

/** Classes of words that rules name: `vocabulary.yaml`, and one file per kind of words in the folder `words`. */
const VOCABULARY = 'vocabulary.yaml';
const WORDS = 'words';
const isVocabulary = ({ file }: RuleSource): boolean => file === VOCABULARY || file.startsWith(`${WORDS}/`);
const RULES_DIR = fileURLToPath(new URL('../rules', import.meta.url));
let defaults: CompiledRules | undefined;

/** The rules Ombre ships with, compiled once. */
export function defaultRules(): CompiledRules {
  defaults ??= loadRules(RULES_DIR);
  return defaults;
}

/** The version of those rules, for who asks for no more: compiling them takes half a second. */
export function defaultVersion(): string {
  return versionOf(hashOf(withFits(loadSources())));
}

/** Reads and compiles a folder of rule files. Throws E_RULE naming file, line and field. */
export function loadRules(folder: string = RULES_DIR): CompiledRules {
  return compileRules(loadSources(folder));
}

/** The rule files of a folder, by name. Throws E_RULE when there are none. */
export function loadSources(folder: string = RULES_DIR): RuleSource[] {
  let files: string[];
  try {
    files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /^(?:words\/)?[^/]+\.yaml$/.test(file));
  } catch (error) {
    throw new OmbreError('E_RULE', `the folder ${folder} cannot be read`, { cause: error });
  }
  if (files.length === 0) throw new OmbreError('E_RULE', `the folder ${folder} holds no .yaml file`);
  return files.sort().map(file => {
    try {
      return { file, content: readFileSync(join(folder, file), 'utf8') };
    } catch (error) {
      throw new OmbreError('E_RULE', `the file ${join(folder, file)} cannot be read: ${messageOf(error)}`, { cause: error });
    }
  });
}

/** Compiles rule files given as text. Throws E_RULE naming file, line and field. */
export function compileRules(own: readonly RuleSource[]): CompiledRules {
  const sources = withFits(own);
  const vocabulary = readVocabulary(sources.filter(isVocabulary));
  const rules: Rule[] = [];
  const patterns: Pattern[] = [];
  const ruleOfPhrase: Rule[] = [];
  const ids = new Map<string, string>();
  for (const source of sources) {
    if (isVocabulary(source) || isFitted(source)) continue;
    const { value, where } = readYaml(source, ruleFile);
    for (const [index, row] of value.rules.entries()) {
      const rule: Rule = { ...row, file: source.file, kind: kindOf(row.effect) as EffectKind };
      const at = (field: string, ...rest: number[]) => where(['rules', index, field, ...rest]);
      const twin = ids.get(rule.id);
      if (twin) throw new OmbreError('E_RULE', `${at('id')}: id ${rule.id} is taken already in ${twin}`);
      ids.set(rule.id, source.file);
      rules.push(rule);
      for (const [number, phrase] of rule.phrases.entries()) {
        patterns.push(compilePhrase(phrase, vocabulary, () => at('phrases', number)));
        ruleOfPhrase.push(rule);
      }
    }
  }
  const match = matching(patterns, ruleOfPhrase);
  const rulesHash = hashOf(sources);
  return {
    version: versionOf(rulesHash),
    hash: rulesHash,
    rules,
    // A copy: what was read with the other one is forgotten with it.
    vocabulary: new Map(vocabulary),
    match,
    ...readFitted(sources),
  };
}

/** With the fits Ombre ships, where a file of that name is not given. */
function withFits(own: readonly RuleSource[]): RuleSource[] {
  return [...own, ...shippedFits().filter(({ file }) => !own.some(source => source.file === file))];
}

function hashOf(sources: readonly RuleSource[]): string {
  const hash = createHash('sha256').update(READING_HASH).update(CAPABILITIES_HASH);
  for (const { file, content } of [...sources].sort((a, b) => (a.file < b.file ? -1 : 1))) hash.update(`${file}\0${content}\0`);
  return hash.digest('hex').slice(0, 16);
}

/** The classes of words of all vocabulary files; a name is given once. */
function readVocabulary(sources: readonly RuleSource[]): Map<string, readonly string[]> {
  const vocabulary = new Map<string, readonly string[]>();
  const files = new Map<string, string>();
  for (const source of sources) {
    const { value, where } = readYaml(source, vocabularyFile);
    for (const [name, phrases] of Object.entries(value)) {
      const twin = files.get(name);
      if (twin) throw new OmbreError('E_RULE', `${where([name])}: the class ${name} is given already in ${twin}`);
      vocabulary.set(name, phrases);
      files.set(name, source.file);
    }
  }
  return vocabulary;
}

/** A phrase that stands for more word sequences than this is none that could be written out. */
const MOST_SPELLED = 20_000;

/** The phrases of the rules that have no gap, spelled out word for word: what other ways of matching are measured with. */
export function plainPhrases({ rules, vocabulary }: CompiledRules): { rule: Rule; words: readonly string[] }[] {
  const words = new Map(vocabulary);
  return rules.flatMap(rule =>
    rule.phrases.flatMap(phrase => {
      const { parts, gaps } = readPattern(phrase, words);
      const spelled = gaps.length > 0 ? null : spellOut(parts[0] ?? [], MOST_SPELLED);
      return (spelled ?? []).map(sequence => ({ rule, words: sequence }));
    }),
  );
}

function compilePhrase(phrase: string, vocabulary: ReadonlyMap<string, readonly string[]>, where: () => string): Pattern {
  try {
    return readPattern(phrase, vocabulary);
  } catch (error) {
    if (error instanceof PatternError) throw new OmbreError('E_RULE', `${where()}: ${error.message}`);
    throw error;
  }
}

const BOILERPLATE: ReadonlySet<Section> = new Set(['about', 'eeo', 'benefits', 'pay']);
const FIELDS: readonly Field['name'][] = ['title', 'text', 'location', 'department'];
/** One bit for every field that is a single line, and one for every section of the text. */
const bitOf = (field: Field['name'], section: Section): number =>
  field === 'text' ? 1 << (FIELDS.length + SECTIONS.indexOf(section)) : 1 << FIELDS.indexOf(field);

/** The bits of the fields that are a single line. */
const LINES = (1 << FIELDS.length) - 1;

/** The bits of the fields and sections a rule looks in. */
function placesOf(rule: Rule): number {
  let places = 0;
  for (const field of FIELDS) {
    for (const section of SECTIONS) if (rule.where.some(place => stands(place, field, section))) places |= bitOf(field, section);
  }
  return places;
}

function stands(place: RulePlace, field: Field['name'], section: Section): boolean {
  if (place === 'title' || place === 'department' || place === 'location') return field === place;
  if (field !== 'text') return false;
  if (place === 'anywhere') return true;
  if (place === 'text') return !BOILERPLATE.has(section);
  if (place === 'company') return section === 'about' || section === 'summary' || section === 'other';
  if (place === 'requirement') return section === 'requirements' || section === 'preferred' || section === 'summary' || section === 'other';
  return section === 'duties' || section === 'summary' || section === 'other';
}

/** The matching of a rule set: lines such as titles and running text each by the phrases that may stand there. */
function matching(patterns: readonly Pattern[], ruleOfPhrase: readonly Rule[]): CompiledRules['match'] {
  const places = ruleOfPhrase.map(placesOf);
  const part = (wanted: number) => {
    const phrases = [...patterns.keys()].filter(phrase => ((places[phrase] as number) & wanted) !== 0);
    const matcher = new Matcher(
      phrases.map(phrase => patterns[phrase] as Pattern),
      Int32Array.from(phrases, phrase => places[phrase] as number),
    );
    return { matcher, rules: phrases.map(phrase => ruleOfPhrase[phrase] as Rule) };
  };
  const lines = part(LINES);
  const text = part(~LINES);
  return field => {
    const { matcher, rules } = field.name === 'text' ? text : lines;
    const hits: RuleHit[] = [];
    matcher.match(
      field,
      ({ section }) => bitOf(field.name, section),
      (phrase, segment, first, last) => hits.push({ nth: hits.length, rule: rules[phrase] as Rule, field, segment, first, last }),
    );
    return hits;
  };
}
