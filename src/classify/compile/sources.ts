import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, OmbreError } from '../../errors.ts';
import { HEADINGS_HASH } from '../../text/announcement.ts';
import { READING_HASH } from '../../text/reading-words.ts';
import { CAPABILITIES_HASH } from '../requirements/capabilities.ts';
import type { RuleSource } from './yaml.ts';

export const RULES_DIR = fileURLToPath(new URL('../rules', import.meta.url));

/** Classes of words that rules name: `vocabulary.yaml`, and one file per kind of words in the folder `words`. */
export const isVocabulary = ({ file }: RuleSource): boolean => file === 'vocabulary.yaml' || file.startsWith('words/');

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

/** One hash of everything that decides beside the code: rule files, headings and capabilities. */
export function hashOf(sources: readonly RuleSource[]): string {
  const hash = createHash('sha256').update(READING_HASH).update(HEADINGS_HASH).update(CAPABILITIES_HASH);
  for (const { file, content } of [...sources].sort((a, b) => (a.file < b.file ? -1 : 1))) hash.update(`${file}\0${content}\0`);
  return hash.digest('hex').slice(0, 16);
}
