import { OmbreError } from '../../errors.ts';
import { type Pattern, PatternError, readPattern, spellOut } from '../../text/matching/pattern.ts';
import type { RuleMatch } from '../reading/hit.ts';
import { type EffectKind, factOf, kindOf, type Rule, ruleFile, vocabularyFile } from '../schema/rule.ts';
import { versionOf } from '../version.ts';
import { type Fitted, isFitted, readFitted, withFits } from './fitted.ts';
import { matching } from './matching.ts';
import { hashOf, isVocabulary, loadSources, RULES_DIR } from './sources.ts';
import { type RuleSource, readYaml } from './yaml.ts';

/** Rules ready to match. `hash` is one of every rule file's content; `version` stamps what they decide, and covers the classifier's code too. */
export type CompiledRules = {
  readonly version: string;
  readonly hash: string;
  readonly rules: readonly Rule[];
  readonly vocabulary: ReadonlyMap<string, readonly string[]>;
  readonly match: RuleMatch;
} & Fitted;

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
      const rule: Rule = { ...row, file: source.file, kind: kindOf(row.effect) as EffectKind, fact: factOf(row.effect) };
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
  const hash = hashOf(sources);
  return {
    version: versionOf(hash),
    hash,
    rules,
    // A copy: what was read with the other one is forgotten with it.
    vocabulary: new Map(vocabulary),
    match: matching(patterns, ruleOfPhrase),
    ...readFitted(sources),
  };
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
