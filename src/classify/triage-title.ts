import { bestOf } from '../text/linear.ts';
import { type CompiledRules, defaultRules } from './compile/compile.ts';
import { Notes, Weigher } from './learned/ear.ts';
import { hearListed, type ListedTitle, namesMore, readTitle, standsApart, strongestRules, WORTH } from './relevance/title.ts';

/** The decision of the list stage about one title: read its detail page, or leave it. `reason` names the rule, or the word that says most. */
type TitleTriage = { keep: boolean; reason: string };

/**
 * Decides from what a list tells whether a posting may be non-clinical. Wide on purpose: a title is kept from a small chance on, as a request
 * more costs less than a job lost. One that says nothing at all is kept, and so is one that names a credential of ours beside other work.
 */
export function triageTitle(listed: ListedTitle, rules: CompiledRules = defaultRules()): TitleTriage {
  const reading = readTitle(listed, rules);
  if (reading.document.title.tokens.length === 0) return { keep: true, reason: 'no-title' };
  if (standsApart(reading)) return { keep: false, reason: 'triage.department.manual' };
  const { worth } = rules.model;
  const { path, against } = strongestRules(reading);
  const keep = namesMore(reading) || WORTH[bestOf(hearListed(reading, new Weigher(worth)).scores())] === 'read';
  return { keep, reason: (keep ? path : against)?.id ?? loudest(hearListed(reading, new Notes()).words.keys(), keep) };

  /** The word that says most for what was decided. */
  function loudest(words: Iterable<string>, keep: boolean): string {
    let loudest = { word: '', says: 0 };
    for (const word of words) {
      const [read = 0, leave = 0] = worth.words.get(word) ?? [];
      const says = keep ? read - leave : leave - read;
      if (says > loudest.says) loudest = { word, says };
    }
    return loudest.word === '' ? 'no-rule' : `worth.yaml: ${loudest.word}`;
  }
}
