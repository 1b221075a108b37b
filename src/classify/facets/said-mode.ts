import { WORK_MODES, type WorkMode } from '../../posting/posting.ts';
import { evidenceOf, type Segment } from '../../text/document.ts';
import { bestOf, chancesOf, type Linear } from '../../text/linear.ts';
import { EMPLOYER_AND_LAW, type Section } from '../../text/sections.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { hearAlone, hitsOfSegments } from '../learned/sentences.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { heard, isLabel } from './heard.ts';

/** What a sentence may say of where the work is done, first that it says nothing of it. */
export const MODES_SAID = ['nothing', ...WORK_MODES] as const;
/** What sentences say of it by their words as a whole, learned from written and labelled ones. */
export const sayingsFile = linearFile('sayings.yaml', MODES_SAID);

/** How sure a sentence must be to stand for what no rule has found; by the figures of sets left out. */
const SURE = 0.7;
/** What the employer gives and is says little of this job. */
const QUIET: ReadonlySet<Section> = new Set([...EMPLOYER_AND_LAW, 'benefits']);

/** A sentence of the text, heard. */
type Sentence<E> = { readonly segment: Segment; readonly heard: E };

/** The sentences in which rules hear words of the mode, whatever these come to; without such words none was found to tell it. */
export function hearSentences<E extends Ear>(posting: PostingReading, begin: Begin<E>): Sentence<E>[] {
  const values = Map.groupBy(heard(posting, 'work_mode'), ({ hit }) => hit.segment);
  if (values.size === 0) return [];
  const { text } = posting.document;
  const found = hitsOfSegments(posting.hits);
  return text.segments
    .filter(segment => values.has(segment) && segment.kind !== 'heading' && !QUIET.has(segment.section))
    .map(segment => {
      const ear = hearAlone(text, segment, found.get(segment) ?? [], begin());
      // Words before a colon ask for the mode; what stands behind it answers.
      for (const { value, hit } of values.get(segment) ?? []) ear.fact(`mode ${value}${isLabel(hit) ? ' asked for' : ''}`);
      return { segment, heard: ear };
    });
}

/** Where the work is done by the surest sentence, for a posting in which no rule finds it. */
export function readSaidMode(posting: PostingReading, learned: Linear): Finding<WorkMode> | null {
  let surest: { readonly mode: WorkMode; readonly segment: Segment; readonly chance: number } | null = null;
  for (const { segment, heard } of hearSentences(posting, weigherOf(learned))) {
    const chances = chancesOf(heard.scores());
    const best = bestOf(chances);
    const [mode, chance] = [WORK_MODES[best - 1], chances[best] as number];
    if (mode && chance >= (surest?.chance ?? SURE)) surest = { mode, segment, chance };
  }
  if (!surest) return null;
  const { mode, segment } = surest;
  return { value: mode, evidence: [evidenceOf(posting.document.text, segment.first, segment.last)] };
}
