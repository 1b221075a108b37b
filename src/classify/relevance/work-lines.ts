import { evidenceOf, type Segment } from '../../text/document.ts';
import type { Evidence } from '../../text/evidence.ts';
import { chancesOf, type Linear } from '../../text/linear.ts';
import type { Section } from '../../text/sections.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/linear-file.ts';
import { hearAlone, hitsOfSegments } from '../learned/sentences.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';

/** What a line says that the holder of the job does: nothing, hands-on treating, work of one of the paths, or another trade's. */
export const WORK_SAID = ['nothing', 'treats', 'works', 'trade'] as const;
/** What lines say of it by their words as a whole, learned from written ones. */
export const workLinesFile = linearFile('work-lines.yaml', WORK_SAID);

/** How likely the lines of a text say each of these, in the order of WORK_SAID: the surest line and how sure it is, and all lines together. */
export type WorkSaid = { readonly surest: readonly (Evidence | null)[]; readonly most: Float64Array; readonly sum: Float64Array };

const DUTIES: ReadonlySet<Section> = new Set(['summary', 'duties', 'other']);

/** The lines that may tell what is done, heard one after the other: a text may have tens of thousands. */
export function* hearWorkLines<E extends Ear>(posting: PostingReading, begin: Begin<E>): Generator<{ segment: Segment; heard: E }> {
  const { text } = posting.document;
  const found = hitsOfSegments(posting.hits);
  const subjects = subjectsOf(posting);
  for (const segment of text.segments) {
    if (segment.kind === 'heading' || !DUTIES.has(segment.section)) continue;
    const hits = found.get(segment) ?? [];
    const heard = hearAlone(text, segment, hits, begin());
    for (const hit of hits) hearWork(hit, heard);
    heard.fact(subjects.get(segment) ?? UNTOLD);
    yield { segment, heard };
  }
}

const UNTOLD = 'of nobody';

/** Of whom each line that says so speaks first. */
function subjectsOf({ fields }: PostingReading): Map<Segment, string> {
  const subjects = new Map<Segment, string>();
  for (const { segment, subject, subjectTold, parent } of fields.get('text')?.statements ?? [])
    if (!parent && !subjects.has(segment)) subjects.set(segment, subjectTold ? `of ${subject}` : UNTOLD);
  return subjects;
}

function hearWork({ rule: { kind, effect } }: RuleHit, ear: Ear): void {
  if (kind === 'path' && 'path' in effect) {
    ear.fact('a path');
    ear.fact(`path ${effect.path}`);
  } else if (kind === 'other') ear.fact('another trade');
  else if (kind === 'clinical') ear.fact('clinical');
}

/** What the lines of a posting say of the work. Linear in the text. */
export function readWorkLines(posting: PostingReading, learned: Linear): WorkSaid {
  const most = new Float64Array(WORK_SAID.length);
  const sum = new Float64Array(WORK_SAID.length);
  const surest: (Segment | null)[] = WORK_SAID.map(() => null);
  for (const { segment, heard } of hearWorkLines(posting, weigherOf(learned))) {
    const chances = chancesOf(heard.scores());
    for (let at = 0; at < WORK_SAID.length; at++) {
      const chance = chances[at] as number;
      sum[at] = (sum[at] as number) + chance;
      if (chance <= (most[at] as number)) continue;
      most[at] = chance;
      surest[at] = segment;
    }
  }
  const { text } = posting.document;
  return { most, sum, surest: surest.map(line => line && evidenceOf(text, line.first, line.last)) };
}
