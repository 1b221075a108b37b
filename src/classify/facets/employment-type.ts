import { EMPLOYMENT_TYPES, type EmploymentType } from '../../posting/posting.ts';
import { SEP } from '../lexer.ts';
import { numberOf } from '../numbers.ts';
import type { FacetValue, PostingReading } from '../read-posting.ts';
import { bySentence, type Finding, hasMark, heard, isLabel, isSetOff, type LayerOf, type Sentence, weightOf, wordsRead } from './heard.ts';

/** Rules of these weights read a label with its answer, or say it of this job; the others are bare words. */
const LABELLED = 4;
const OF_THIS_JOB = 2;

/** A post of at least nine tenths of the hours counts as full-time. */
const NEARLY_FULL = 0.9;

/** How much of the time one works: of these the plainest saying counts, of the other types every one. */
const SCHEDULES: ReadonlySet<EmploymentType> = new Set(['full_time', 'part_time', 'per_diem']);
const QUIET: ReadonlySet<string> = new Set(['about', 'eeo', 'benefits', 'pay', 'preferred']);
const OTHERS: ReadonlySet<string> = new Set(['customer', 'law', 'perk', 'post', 'team']);

type Said = { readonly type: EmploymentType; readonly plain: number; readonly value: FacetValue };

/** How one is employed, as far as it is said of this job: the board's own field wins, then the title and labels, then sentences, then bare words. */
export function readEmploymentTypes(reading: PostingReading): Finding<EmploymentType[]> {
  const stated = reading.input.stated?.employmentTypes ?? [];
  if (stated.length > 0) return { value: [...stated], evidence: [] };
  const values = heard(reading, 'employment_type', layerOf);
  const therapy = values.some(({ value }) => value === 'therapy');
  const said = bySentence(values).flatMap(sentence => saidIn(sentence, therapy));
  const plainest = Math.max(0, ...said.filter(({ type }) => SCHEDULES.has(type)).map(({ plain }) => plain));
  const kept = said.filter(({ type, plain }) => !SCHEDULES.has(type) || plain >= Math.min(plainest, LABELLED));
  return withoutPapers(EMPLOYMENT_TYPES.flatMap(type => kept.find(one => one.type === type) ?? []));
}

/** Every type has a layer of its own, as one may be employed in several ways; so do the words that only turn others. */
const layerOf: LayerOf = value => (weightOf(value) >= LABELLED ? `label ${value.value}` : String(value.value));

/** What a sentence says of this job, with how plainly: 4 in the title or under a label, 2 of this job or standing alone, 1 in passing. */
function saidIn(sentence: Sentence, therapy: boolean): Said[] {
  const labelled = sentence.some(value => weightOf(value) >= LABELLED && hasMark(value.hit));
  return sentence.flatMap(value => {
    const type = typeOf(value, therapy);
    const plain = type === null ? 0 : plainnessOf(value, labelled, sentence);
    return type !== null && plain > 0 ? [{ type, plain, value }] : [];
  });
}

function typeOf(value: FacetValue, therapy: boolean): EmploymentType | null {
  if (value.value === 'pt') return !therapy && (isSetOff(value.hit) || value.hit.last - value.hit.first > 1) ? 'part_time' : null;
  if (value.value === 'ft') return value.hit.field.tokens[value.hit.first]?.upper && isSetOff(value.hit) ? 'full_time' : null;
  if (value.value === 'share') return typeOfShare(value);
  return EMPLOYMENT_TYPES.find(type => type === value.value) ?? null;
}

/** "0.6 FTE", ".8 FTE", "75% time"; more than one post is the employer's count. */
function typeOfShare({ hit: { field, first, last } }: FacetValue): EmploymentType | null {
  const at = field.tokens.findIndex(({ word }, index) => index >= first && index < last && numberOf(word) !== null);
  const token = field.tokens[at];
  if (!token) return null;
  const figure = numberOf(token.word) ?? 0;
  const percent = ((field.tokens[at + 1]?.sep ?? 0) & SEP.percent) !== 0;
  const share = percent ? figure / 100 : (token.sep & SEP.dot) !== 0 ? Number(`0.${token.word}`) : figure;
  if (share <= 0 || share > 1 || (!percent && last - first === 2 && isTime(field.tokens[last - 1]?.word))) return null;
  return share < NEARLY_FULL ? 'part_time' : 'full_time';
}

const isTime = (word: string | undefined): boolean => word !== 'fte' && word !== 'wte';

function plainnessOf(value: FacetValue, labelled: boolean, sentence: Sentence): number {
  const { hit, subject } = value;
  const weight = weightOf(value);
  const alone = isSetOff(hit) && !isLabel(hit);
  if (hit.field.name !== 'text') return weight > 1 || value.value !== 'contract' || alone || hit.first === 0 ? LABELLED : 0;
  if (labelled && (weight < LABELLED || hasMark(hit))) return LABELLED;
  if (weight >= LABELLED || subject === 'customer' || subject === 'law') return 0;
  const quiet = QUIET.has(hit.segment.section) || OTHERS.has(subject);
  const every = sentence.some(other => other.value === 'every');
  if (sentence.some(other => other.value === 'all-jobs') || (every && (weight < OF_THIS_JOB || quiet))) return 0;
  if (weight >= OF_THIS_JOB) return OF_THIS_JOB;
  if (SCHEDULES.has(value.value as EmploymentType) || value.value === 'ft') return alone && !quiet ? OF_THIS_JOB : alone || !quiet ? 1 : 0;
  return alone && (hit.first === hit.segment.first || hit.last - hit.first < sentence.length) ? OF_THIS_JOB : 0;
}

/** Freelance work is done on a contractor's papers; saying so twice tells nothing. */
function withoutPapers(said: readonly Said[]): Finding<EmploymentType[]> {
  const freelance = said.some(({ type }) => type === 'freelance');
  const kept = said.filter(({ type }) => type !== 'contract' || !freelance);
  return { value: kept.map(({ type }) => type), evidence: kept.map(({ value }) => wordsRead(value)) };
}
