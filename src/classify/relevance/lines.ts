import { evidenceOf, readLine, type Segment } from '../../text/document.ts';
import type { Evidence } from '../../text/evidence.ts';
import { chancesOf, type Linear } from '../../text/linear.ts';
import type { Section } from '../../text/sections.ts';
import { type Begin, type Ear, type Weigher, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { hearAlone, hearWords, hitsOfSegments } from '../learned/sentences.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';

/** What a line says that the holder of the job does: nothing, hands-on treating, work of one of the paths, or another trade's. */
export const WORK_SAID = ['nothing', 'treats', 'works', 'trade'] as const;
/** In which field a line says that the employer or the job is: in none, health care and what serves it, its neighbors such as drug makers, another. */
export const FIELD_SAID = ['nothing', 'care', 'science', 'industry'] as const;

/** What lines say of the work by their words as a whole, learned from written ones. */
export const workLinesFile = linearFile('work-lines.yaml', WORK_SAID);
/** What lines and names say of the field, likewise. */
export const fieldLinesFile = linearFile('field-lines.yaml', FIELD_SAID);
export type LineModels = { readonly work: Linear; readonly field: Linear };

/** How likely the lines of a text say each of some classes, in their order: the surest line and how sure it is, and all lines together. */
type Said = { readonly surest: readonly (Evidence | null)[]; readonly most: Float64Array; readonly sum: Float64Array };
/** What the lines of a posting say of the work and of the field, and what the employer's name says of the field. */
export type LinesSaid = { readonly work: Said; readonly field: Said; readonly name: NameSaid };
/** An employer's name, and how likely it says each of FIELD_SAID. */
type NameSaid = { readonly text: string; readonly chances: Float64Array };

/** Sections whose lines tell what is done, and those that tell the field. */
const OF_WORK: ReadonlySet<Section> = new Set(['summary', 'duties', 'other']);
const OF_FIELD: ReadonlySet<Section> = new Set([...OF_WORK, 'about']);

/** What the lines of a posting say. Linear in the text. */
export function readLines(posting: PostingReading, { work, field }: LineModels): LinesSaid {
  // An employer that is not told is in the fields employers are in.
  const name = posting.input.company ?? '';
  return {
    work: readSaid(posting, hearWorkLines(posting, weigherOf(work)), WORK_SAID.length),
    field: readSaid(posting, hearFieldLines(posting, weigherOf(field)), FIELD_SAID.length),
    name: { text: name, chances: chancesOf(hearName(name, weigherOf(field)()).scores()) },
  };
}

/** A line as it is heard. */
type Line<E> = { readonly segment: Segment; readonly heard: E };

/** The lines that may tell what is done, one after the other: a text may have tens of thousands. Heard with what rules find in them. */
export function* hearWorkLines<E extends Ear>(posting: PostingReading, begin: Begin<E>): Generator<Line<E>> {
  const found = hitsOfSegments(posting.hits);
  const subjects = subjectsOf(posting);
  for (const segment of linesOf(posting, OF_WORK)) {
    const hits = found.get(segment) ?? [];
    const heard = hearAlone(posting.document.text, segment, hits, begin());
    for (const hit of hits) hearWork(hit, heard);
    heard.fact(subjects.get(segment) ?? UNTOLD);
    yield { segment, heard };
  }
}

/** The lines that may tell the field, likewise, by their words alone: what rules find in them tells no more. */
export function* hearFieldLines<E extends Ear>(posting: PostingReading, begin: Begin<E>): Generator<Line<E>> {
  for (const segment of linesOf(posting, OF_FIELD)) {
    const heard = begin();
    hearWords(posting.document.text, segment, heard);
    yield { segment, heard };
  }
}

const linesOf = ({ document }: PostingReading, sections: ReadonlySet<Section>): Segment[] =>
  document.text.segments.filter(({ kind, section }) => kind !== 'heading' && sections.has(section));

/** Hears the name of an employer. */
export function hearName<E extends Ear>(name: string, ear: E): E {
  ear.fact('a name');
  const field = readLine('title', name);
  for (const segment of field.segments) hearWords(field, segment, ear);
  return ear;
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

function readSaid({ document: { text } }: PostingReading, lines: Iterable<Line<Weigher>>, classes: number): Said {
  const most = new Float64Array(classes);
  const sum = new Float64Array(classes);
  const surest = new Array<Segment | null>(classes).fill(null);
  for (const { segment, heard } of lines) {
    const chances = chancesOf(heard.scores());
    for (let at = 0; at < classes; at++) {
      const chance = chances[at] as number;
      sum[at] = (sum[at] as number) + chance;
      if (chance <= (most[at] as number)) continue;
      most[at] = chance;
      surest[at] = segment;
    }
  }
  return { most, sum, surest: surest.map(line => line && evidenceOf(text, line.first, line.last)) };
}
