import { EMPLOYMENT_TYPES, type EmploymentType } from '../../posting/posting.ts';
import { SEP } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { bySentence, hasMark, heard, isLabel, isPercent, isSetOff, type LayerOf, type Sentence } from './heard.ts';
import { weightOf } from './marks.ts';

/** Rules of these weights read a label with its answer, or say it of this job; the others are bare words. */
const LABELLED = 4;
const OF_THIS_JOB = 2;

/** Below nine tenths of the hours a post is part-time; from there to all of them it is neither. */
const NEARLY_FULL = 0.9;

/** How much of the time one works: of these the plainest saying counts, of the other types every one. */
const SCHEDULES: ReadonlySet<EmploymentType> = new Set(['full_time', 'part_time', 'per_diem']);

type Said = { readonly type: EmploymentType; readonly plain: number; readonly value: FacetValue };

/** How one is employed, as far as it is said of this job: the board's own field wins, then the title and labels, then sentences, then bare words. */
export function readEmploymentTypes(reading: PostingReading): Finding<EmploymentType[]> {
  const stated = reading.input.stated?.employmentTypes ?? [];
  if (stated.length > 0) return { value: [...stated], evidence: [] };
  const values = heard(reading, 'employment_type', layerOf);
  const therapy = values.some(({ value }) => value === 'therapy');
  const said = bySentence(values).flatMap(sentence => saidIn(sentence, therapy));
  const plainest = greatest(said.filter(({ type }) => SCHEDULES.has(type)));
  const kept = said.filter(({ type, plain }) => !SCHEDULES.has(type) || plain >= Math.min(plainest, LABELLED));
  return withoutPapers(EMPLOYMENT_TYPES.flatMap(type => kept.find(one => one.type === type) ?? []));
}

/** Every type has a layer of its own, as one may be employed in several ways; so do the words that only turn others. */
const layerOf: LayerOf = value => (weightOf(value) >= LABELLED ? `label ${value.value}` : String(value.value));

/** What a sentence says of this job, with how plainly: 4 in the title or under a label, 2 of this job or standing alone, 1 in passing. */
function saidIn(sentence: Sentence, therapy: boolean): Said[] {
  const ofAll = sentence.some(({ value }) => value === 'all-jobs');
  const labelled = sentence.some(value => weightOf(value) >= LABELLED && hasMark(value.hit) && !isLabel(value.hit));
  const said = sentence.flatMap((value): Said[] => {
    const type = typeOf(value, therapy);
    const plain = type === null ? 0 : plainnessOf(value, { labelled, ofAll, values: sentence.length });
    return type !== null && plain > 0 ? [{ type, plain, value }] : [];
  });
  // "Full-time (36 hours) or two part-time posts": what one sentence names together is equally plain.
  const plainest = greatest(said);
  return [...said, ...joinedTo(said, sentence)].map(one => ({ ...one, plain: plainest }));
}

/** Schedules that a list goes on to: "Part-time or PRN", "Full Time / Part Time / PRN". */
function joinedTo(said: readonly Said[], sentence: Sentence): Said[] {
  const ends = new Set(said.map(({ value }) => value.hit.last));
  return sentence.flatMap((value): Said[] => {
    const { first, last } = value.hit;
    const type = EMPLOYMENT_TYPES.find(one => one === value.value);
    if (!type || !SCHEDULES.has(type) || said.some(one => one.value === value) || !(ends.has(first) || ends.has(first - 1))) return [];
    ends.add(last);
    return [{ type, plain: 1, value }];
  });
}

const greatest = (said: readonly Said[]): number => said.reduce((most, { plain }) => Math.max(most, plain), 0);

function typeOf(value: FacetValue, therapy: boolean): EmploymentType | null {
  const { hit } = value;
  switch (value.value) {
    case 'pt':
      return !therapy && ((isSetOff(hit) && hit.first > 0) || hit.last - hit.first > 1) ? 'part_time' : null;
    case 'ft':
      return hit.field.tokens[hit.first]?.upper ? 'full_time' : null;
    case 'share':
    case 'share-first':
    case 'share-last':
    case 'percent':
      return typeOfShare(value);
    case 'traveler':
      return hit.first === 0 ? 'contract' : null;
    default:
      return EMPLOYMENT_TYPES.find(type => type === value.value) ?? null;
  }
}

/** "0.6 FTE", ".8 FTE", "75% time"; more than one post is the employer's count. */
function typeOfShare({ value, hit: { field, first, last } }: FacetValue): EmploymentType | null {
  let at = value === 'share-last' ? last - 1 : first;
  while (at < last && numberOf(field.tokens[at]?.word ?? '') === null) at++;
  const token = at < last ? field.tokens[at] : undefined;
  const percent = isPercent(field, at);
  if (!token || (value === 'percent' && !percent)) return null;
  const figure = (token.sep & SEP.dot) !== 0 ? Number(`0.${token.word}`) : (numberOf(token.word) ?? 0);
  const share = percent ? figure / 100 : figure;
  if (!(share > 0 && share <= 1) || (value === 'share-last' && share === 1)) return null;
  return share < NEARLY_FULL ? 'part_time' : share === 1 ? 'full_time' : null;
}

/** What a sentence holds beside a value: a label, words that speak of all jobs, and other values. */
type Around = { readonly labelled: boolean; readonly ofAll: boolean; readonly values: number };

function plainnessOf(value: FacetValue, { labelled, ofAll, values }: Around): number {
  const { hit } = value;
  if (hit.field.name !== 'text') return LABELLED;
  if (onlyAsks(value, labelled)) return 0;
  if (labelled) return LABELLED;
  const weight = weightOf(value);
  if (weight >= LABELLED || ofAll) return 0;
  return weight >= OF_THIS_JOB ? OF_THIS_JOB : plainnessOfWords(value, values);
}

/** "Full/Part Time: Full-Time", "Reg/Temp: Regular", but not "Part-time: 20 hours". */
function onlyAsks(value: FacetValue, labelled: boolean): boolean {
  return isLabel(value.hit) && (labelled || !(weightOf(value) >= OF_THIS_JOB || isSchedule(value)));
}

const isSchedule = ({ value }: FacetValue): boolean => SCHEDULES.has(value as EmploymentType);

/** How plainly bare words say it, by where they stand. */
function plainnessOfWords(value: FacetValue, values: number): number {
  const { hit } = value;
  const alone = isSetOff(hit);
  if (isSchedule(value) || value.value === 'ft') return alone ? OF_THIS_JOB : 1;
  const listed = (alone || hit.last - hit.first > 1) && (answers(hit) || (alone && values > 1));
  return listed || (alone && isPaid(hit)) ? OF_THIS_JOB : 0;
}

/** "$400 a day, freelance, from anywhere": without the pay, words set off so may name what is sold or read. */
function isPaid({ field: { tokens }, first, segment }: RuleHit): boolean {
  return tokens.slice(segment.first, first).some(({ sep }) => (sep & SEP.dollar) !== 0);
}

/** The first words of a sentence, or those that answer a label. */
function answers({ field, first, segment }: RuleHit): boolean {
  return first === segment.first || ((field.tokens[first]?.sep ?? 0) & (SEP.colon | SEP.open | SEP.dash)) !== 0;
}

/** Freelance work is done on a contractor's papers; saying so twice tells nothing. */
function withoutPapers(said: readonly Said[]): Finding<EmploymentType[]> {
  const isFreelance = said.some(({ type }) => type === 'freelance');
  const kept = said.filter(({ type }) => type !== 'contract' || !isFreelance);
  const finding = { value: kept.map(({ type }) => type), evidence: kept.map(({ value }) => evidenceOfHit(value.hit)) };
  return kept[0] ? { ...finding, rule: kept[0].value.rule.id } : finding;
}
