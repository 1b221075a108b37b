import { EMPLOYMENT_TYPES, type EmploymentType } from '../../posting/posting.ts';
import type { Linear } from '../../text/linear.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { hearAround, hearLines, hearPlace } from './choice/around.ts';
import { choose, type Option } from './choice/choose.ts';
import type { Finding } from './finding.ts';
import { bySentence, hasMark, isLabel, isSetOff, type Sentence } from './heard.ts';
import { marksOf, weightOf } from './marks.ts';
import { typeOfShare } from './share-of-time.ts';

/** What speaks for a type of employment being that of this job, learned from labelled postings. */
export const employmentFile = linearFile('employment.yaml', ['so']);

/** How one is employed, as far as it is said of this job: the board's own field wins; else each type is told by the words that name it. */
export function readEmploymentTypes(posting: PostingReading, learned: Linear): Finding<EmploymentType[]> {
  const stated = posting.input.stated?.employmentTypes ?? [];
  if (stated.length > 0) return { value: [...stated], evidence: [] };
  const options = Map.groupBy(hearEmployment(posting, weigherOf(learned)), ({ value }) => value);
  const chosen = EMPLOYMENT_TYPES.flatMap(type => choose(options.get(type) ?? []) ?? []);
  // Freelance work is done on a contractor's papers; saying so twice tells nothing.
  const isFreelance = chosen.some(({ value }) => value === 'freelance');
  const told = chosen.filter(({ value }) => value !== 'contract' || !isFreelance);
  const finding = { value: told.map(({ value }) => value), evidence: told.map(({ hit }) => evidenceOfHit(hit)) };
  return told[0] ? { ...finding, rule: told[0].hit.rule.id } : finding;
}

/** Values of rules that stand for a type. */
const STANDS_FOR: Readonly<Record<string, EmploymentType>> = { pt: 'part_time', ft: 'full_time', traveler: 'contract' };

function typeOf(value: FacetValue): EmploymentType | null {
  const name = String(value.value);
  if (name.startsWith('share') || name === 'percent') return typeOfShare(value);
  return STANDS_FOR[name] ?? EMPLOYMENT_TYPES.find(type => type === name) ?? null;
}

type Named<E> = Option<EmploymentType, E> & { readonly hit: RuleHit };

/** Words that name a type, with the words of rules in the same sentence, and how plainly they stand there. */
type Mention = { readonly type: EmploymentType; readonly value: FacetValue; readonly sentence: Sentence; readonly way: Way };
const WAYS = ['in the title', 'labelled', 'by itself', 'in passing'] as const;
type Way = (typeof WAYS)[number];

/** Every place where a text names a type of employment, with what stands around it. */
export function hearEmployment<E extends Ear>(posting: PostingReading, begin: Begin<E>): Named<E>[] {
  const mentions = bySentence(marksOf(posting, 'employment_type')).flatMap(mentionsIn);
  const plainest = plainestOf(mentions);
  return mentions.map(({ type, value, sentence, way }) => {
    const ear = begin();
    hearPlace(ear, { ...value.hit, statement: value.statement });
    hearAround(ear, value.hit);
    hearLines(ear, posting.document, value.hit.segment);
    hearName(ear, type, value, way);
    for (const other of sentence) if (other !== value) hearOf(ear, type, `${touch(value, other) ? 'in' : 'beside'} ${other.value}`);
    for (const [other, its] of plainest) hearOf(ear, type, other === type ? `itself ${its}` : `${other} ${its} elsewhere`);
    return { value: type, heard: ear, of: 0, hit: shortestOf(type, value, sentence) };
  });
}

function mentionsIn(sentence: Sentence): Mention[] {
  const isLabelled = sentence.some(value => weightOf(value) >= LABELLED && hasMark(value.hit) && !isLabel(value.hit));
  return sentence.flatMap((value): Mention[] => {
    const type = typeOf(value);
    // Of phrases of one type within each other the longest names it.
    if (!type || sentence.some(other => other !== value && typeOf(other) === type && isLonger(other, value))) return [];
    const inTitle = value.hit.field.name !== 'text';
    return [
      { type, value, sentence, way: inTitle ? 'in the title' : isLabelled ? 'labelled' : isSetOff(value.hit) ? 'by itself' : 'in passing' },
    ];
  });
}

const touch = ({ hit: a }: FacetValue, { hit: b }: FacetValue): boolean => a.first < b.last && b.first < a.last;

function isLonger(one: FacetValue, other: FacetValue): boolean {
  const [a, b] = [one.hit.last - one.hit.first, other.hit.last - other.hit.first];
  return touch(one, other) && (a > b || (a === b && weightOf(one) > weightOf(other)));
}

/** The words that name the type within a phrase that tells more: "full-time" of "$30 an hour, full-time". */
function shortestOf(type: EmploymentType, { hit }: FacetValue, sentence: Sentence): RuleHit {
  const within = sentence.filter(other => typeOf(other) === type && other.hit.first >= hit.first && other.hit.last <= hit.last);
  return within.reduce((a, { hit: b }) => (b.last - b.first < a.last - a.first ? b : a), hit);
}

/** The plainest way in which every type is named. */
function plainestOf(mentions: readonly Mention[]): ReadonlyMap<EmploymentType, Way> {
  const plainest = new Map<EmploymentType, Way>();
  for (const way of WAYS) for (const one of mentions) if (one.way === way && !plainest.has(one.type)) plainest.set(one.type, way);
  return plainest;
}

/** Rules of this weight read a label with its answer. */
const LABELLED = 4;

/** Hears a fact by itself, and as one of the type. */
function hearOf(ear: Ear, type: EmploymentType, fact: string): void {
  ear.fact(fact);
  ear.fact(`${type} ${fact}`);
}

/** Hears what names the type, and where. */
function hearName(ear: Ear, type: EmploymentType, value: FacetValue, way: Way): void {
  const { hit } = value;
  ear.fact(`is ${type}`);
  ear.fact(`is ${value.value} ${weightOf(value)}`);
  ear.fact(`${type} in ${hit.field.name === 'text' ? hit.segment.section : hit.field.name}`);
  hearOf(ear, type, way);
  if (isLabel(hit)) ear.fact('asked for');
  if (hasMark(hit)) ear.fact('with its label');
}
