import { evidenceOf, type Segment } from '../../text/document.ts';
import type { Evidence } from '../../text/evidence.ts';
import { chancesOf, type Hearing, type Linear, weigh } from '../../text/linear.ts';
import type { Section } from '../../text/sections.ts';
import { linearFile } from '../learned/linear-file.ts';
import { hearAlone, hitsOfSegments } from '../learned/sentences.ts';
import { type Speller, spell, spellerOf } from '../learned/spelling.ts';
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
export function* hearWorkLines(posting: PostingReading, speller: Speller = spell): Generator<{ segment: Segment; hearing: Hearing }> {
  const { text } = posting.document;
  const found = hitsOfSegments(posting.hits);
  const subjects = subjectsOf(posting);
  for (const segment of text.segments) {
    if (segment.kind === 'heading' || !DUTIES.has(segment.section)) continue;
    const hits = found.get(segment) ?? [];
    const { facts, words } = hearAlone(text, segment, hits, speller);
    yield { segment, hearing: { facts: new Set([...facts, ...hits.flatMap(workOf), subjects.get(segment) ?? UNTOLD]), words } };
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

function workOf({ rule: { kind, effect } }: RuleHit): string[] {
  if ('path' in effect) return ['a path', `path ${effect.path}`];
  if ('other' in effect) return ['another trade'];
  return kind === 'clinical' ? ['clinical'] : [];
}

/** What the lines of a posting say of the work. Linear in the text. */
export function readWorkLines(posting: PostingReading, learned: Linear): WorkSaid {
  const most = new Float64Array(WORK_SAID.length);
  const sum = new Float64Array(WORK_SAID.length);
  const surest: (Segment | null)[] = WORK_SAID.map(() => null);
  for (const { segment, hearing } of hearWorkLines(posting, spellerOf(learned.words))) {
    for (const [at, chance] of chancesOf(weigh(hearing, learned)).entries()) {
      sum[at] = (sum[at] as number) + chance;
      if (chance <= (most[at] as number)) continue;
      most[at] = chance;
      surest[at] = segment;
    }
  }
  const { text } = posting.document;
  return { most, sum, surest: surest.map(line => line && evidenceOf(text, line.first, line.last)) };
}
