import { type Filter, parseQuery } from '../feed/filter.ts';
import { aCredential, CREDENTIAL_SHORT } from '../feed/verdict-words.ts';
import { PATHS } from '../posting/taxonomy.ts';

/** More paths than this would fill a subject. */
const MOST_PATHS = 2;
const MODES: Record<Filter['work_mode'][number], string> = { remote: 'remote', hybrid: 'hybrid', onsite: 'on-site' };

/**
 * The jobs a filter asks for, as headlines and subjects name them: `remote sales jobs for a COTA`. Only values of known sets are in it and never
 * a text that somebody typed, because a confirmation goes to an address nobody has proven yet. The whole filter is told elsewhere in the mail.
 */
export function jobsInWords(query: string, one = false): string {
  const { work_mode, path, credential } = parseQuery(query);
  const names = path.length <= MOST_PATHS ? path.map(slug => inSentence(PATHS[slug].name)) : [];
  const who = credential.length === 1 ? aCredential(credential[0]!) : either(credential.map(name => CREDENTIAL_SHORT[name]));
  return [either(work_mode.map(mode => MODES[mode])), either(names), one ? 'job' : 'jobs', who && `for ${who}`].filter(Boolean).join(' ');
}

/** Several of which one is enough: `OT, COTA or PT`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A name of a path within a sentence; `UX` stays as it is. */
function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
