import { evidenceOf, type Field, readLine, type Segment } from '../../text/document.ts';
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
/** In which field a line says that the employer or the job is: in none, health care and what serves it, its neighbors such as drug makers, another. */
export const FIELD_SAID = ['nothing', 'care', 'science', 'industry'] as const;

/** What lines say by their words as a whole, learned from written ones. */
export const workLinesFile = linearFile('work-lines.yaml', WORK_SAID);
export const fieldLinesFile = linearFile('field-lines.yaml', FIELD_SAID);
export type LineModels = { readonly work: Linear; readonly field: Linear };

/** How likely the lines of a text say each of some classes, in their order: the surest line and how sure it is, and all lines together. */
export type Said = { readonly surest: readonly (Evidence | null)[]; readonly most: Float64Array; readonly sum: Float64Array };
/** What the lines of a posting say of the work and of the field, and the employer's name of the field. */
export type LinesSaid = { readonly work: Said; readonly field: Said; readonly name: Float64Array };

/** Sections whose lines tell what is done, and those that tell the field besides. */
const DUTIES: ReadonlySet<Section> = new Set(['summary', 'duties', 'other']);
const OF_FIELD: ReadonlySet<Section> = new Set([...DUTIES, 'about']);

/** Whether a line may tell what is done; the others tell the field alone. */
export const tellsWork = ({ section }: Segment): boolean => DUTIES.has(section);

type Line = { readonly segment: Segment; readonly hearing: Hearing };

/** The lines that may tell what is done and in which field, heard one after the other: a text may have tens of thousands. */
export function* hearLines(posting: PostingReading, speller: Speller = spell): Generator<Line> {
  const { text } = posting.document;
  const found = hitsOfSegments(posting.hits);
  const subjects = subjectsOf(posting);
  for (const segment of text.segments) {
    if (segment.kind === 'heading' || !OF_FIELD.has(segment.section)) continue;
    const hits = found.get(segment) ?? [];
    const { facts, words } = hearAlone(text, segment, hits, speller);
    yield { segment, hearing: { facts: new Set([...facts, ...hits.flatMap(workOf), subjects.get(segment) ?? UNTOLD]), words } };
  }
}

/** The name of an employer, heard. */
export function hearName(name: string, speller: Speller = spell): Hearing {
  const field = readLine('title', name);
  const words = field.segments.flatMap(segment => [...hearAlone(field, segment, [], speller).words]);
  return { facts: new Set(['a name']), words: new Map(words) };
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

const spellers = new WeakMap<LineModels, Speller>();

/** Tells the terms that either model knows. */
function spellerOfBoth(models: LineModels): Speller {
  const speller = spellers.get(models) ?? spellerOf(new Map([...models.work.words, ...models.field.words]));
  spellers.set(models, speller);
  return speller;
}

/** What the lines of a posting say. Linear in the text. */
export function readLines(posting: PostingReading, models: LineModels): LinesSaid {
  const speller = spellerOfBoth(models);
  const [work, field] = [gather(WORK_SAID), gather(FIELD_SAID)];
  for (const { segment, hearing } of hearLines(posting, speller)) {
    if (tellsWork(segment)) work.add(segment, chancesOf(weigh(hearing, models.work)));
    field.add(segment, chancesOf(weigh(hearing, models.field)));
  }
  // An employer that is not told is in the fields employers are in.
  const name = chancesOf(weigh(hearName(posting.input.company ?? '', speller), models.field));
  const { text } = posting.document;
  return { work: work.told(text), field: field.told(text), name };
}

function gather(classes: readonly string[]) {
  const most = new Float64Array(classes.length);
  const sum = new Float64Array(classes.length);
  const surest: (Segment | null)[] = classes.map(() => null);
  return {
    add(segment: Segment, chances: Float64Array): void {
      for (const [at, chance] of chances.entries()) {
        sum[at] = (sum[at] as number) + chance;
        if (chance <= (most[at] as number)) continue;
        most[at] = chance;
        surest[at] = segment;
      }
    },
    told: (text: Field): Said => ({ most, sum, surest: surest.map(line => line && evidenceOf(text, line.first, line.last)) }),
  };
}
