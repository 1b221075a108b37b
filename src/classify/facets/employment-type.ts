import { EMPLOYMENT_TYPES, type EmploymentType } from '../../posting/posting.ts';
import { SEP } from '../lexer.ts';
import { numberOf } from '../numbers.ts';
import type { FacetValue, PostingReading } from '../read-posting.ts';
import { bySentence, type Finding, hasMark, heard, isSetOff, type LayerOf, weightOf, wordsRead } from './heard.ts';

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
const layerOf: LayerOf = ({ value }) => String(value);

/** What a sentence says of this job, with how plainly: 4 in the title or under a label, 2 of this job or standing alone, 1 in passing. */
function saidIn(sentence: readonly FacetValue[], therapy: boolean): Said[] {
  const every = sentence.some(({ value }) => value === 'every');
  const labelled = sentence.some(value => weightOf(value) >= LABELLED && hasMark(value.hit));
  return sentence.flatMap(value => {
    const type = typeOf(value, therapy);
    const plain = type === null ? 0 : plainnessOf(value, labelled, every);
    return type !== null && plain > 0 ? [{ type, plain, value }] : [];
  });
}

function typeOf(value: FacetValue, therapy: boolean): EmploymentType | null {
  if (value.value === 'pt') return !therapy && (isSetOff(value.hit) || value.hit.last - value.hit.first > 1) ? 'part_time' : null;
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

function plainnessOf(value: FacetValue, labelled: boolean, every: boolean): number {
  const { hit, subject } = value;
  const weight = weightOf(value);
  if (hit.field.name === 'title') return weight > 1 || value.value !== 'contract' || isSetOff(hit) || hit.first === 0 ? LABELLED : 0;
  if (labelled && (weight >= LABELLED ? hasMark(hit) : true)) return LABELLED;
  if (weight >= LABELLED) return 0;
  if (weight < OF_THIS_JOB && (every || QUIET.has(hit.segment.section) || OTHERS.has(subject))) {
    return isSetOff(hit) && !every && subject === 'job' ? 1 : 0;
  }
  if (every && weight === OF_THIS_JOB && QUIET.has(hit.segment.section)) return 0;
  if (weight >= OF_THIS_JOB) return subject === 'customer' || subject === 'law' ? 0 : OF_THIS_JOB;
  if (isSetOff(hit)) return OF_THIS_JOB;
  return SCHEDULES.has(value.value as EmploymentType) ? 1 : 0;
}

/** Freelance work is done on a contractor's papers; saying so twice tells nothing. */
function withoutPapers(said: readonly Said[]): Finding<EmploymentType[]> {
  const freelance = said.some(({ type }) => type === 'freelance');
  const kept = said.filter(({ type }) => type !== 'contract' || !freelance);
  return { value: kept.map(({ type }) => type), evidence: kept.map(({ value }) => wordsRead(value)) };
}
