import { BOILERPLATE } from '../../text/sections.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { NO_WORK } from '../reading/subject.ts';
import type { Subject } from '../schema/names.ts';
import type { Finding } from './finding.ts';
import { bySentence, findingOf, heard, isPercent, type LayerOf, type Sentence } from './heard.ts';
import { weightOf } from './marks.ts';

/** Rules of this weight speak of the holder of the job; the others wherever nobody else is spoken of. */
const OF_THE_HOLDER = 2;
const OTHER_PEOPLE: ReadonlySet<Subject> = new Set(['customer', 'team']);
/** Values that say that the holder treats, beside those that turn what a sentence says. */
const TREATING: ReadonlySet<unknown> = new Set(['treats', 'share', 'percent', 'caseload', 'opening']);

const layerOf: LayerOf = ({ value }) => (TREATING.has(value) && value !== 'percent' ? 'treating' : String(value));

/**
 * Whether the holder of the job also treats patients. It says so of treating jobs too: the door of the classifier keeps it for
 * nonclinical postings only. A caseload of cases is none.
 */
export function readCaseload(reading: PostingReading): Finding<boolean> {
  const values = heard(reading, 'caseload', layerOf);
  const title = values.filter(({ hit }) => hit.field.name === 'title');
  if (title.some(({ value }) => value === 'denied')) return { value: false, evidence: [] };
  const ofCases = title.some(({ value }) => value === 'cases');
  for (const sentence of bySentence(values.filter(({ hit }) => hit.field.name === 'text'))) {
    const found = treatingIn(sentence, ofCases);
    if (found) return findingOf(true, found);
  }
  return { value: false, evidence: [] };
}

function treatingIn(sentence: Sentence, ofCases: boolean): FacetValue | null {
  if (sentence.some(({ value }) => value === 'denied')) return null;
  const cases = ofCases || sentence.some(({ value }) => value === 'cases');
  return sentence.find(value => TREATING.has(value.value) && isOwn(value, cases)) ?? null;
}

function isOwn(value: FacetValue, cases: boolean): boolean {
  const { hit, subject } = value;
  const { section } = hit.segment;
  if (BOILERPLATE.has(section) || section === 'preferred' || NO_WORK.has(subject)) return false;
  if (value.value === 'percent') return hasPercent(value);
  if (weightOf(value) >= OF_THE_HOLDER) return true;
  const opens = hit.first === hit.segment.first;
  if (section === 'requirements' || (OTHER_PEOPLE.has(subject) && !opens)) return false;
  if (value.value === 'opening') return opens;
  if (value.value === 'caseload') return !cases;
  // A verb that opens a line speaks of the job, whoever is named later in it.
  return subject !== 'employer' || section === 'duties' || opens;
}

/** Whether a figure in the words, or the second of a range that ends them ("20-25%"), is a percentage. */
function hasPercent({ hit: { field, first, last } }: FacetValue): boolean {
  for (let at = first; at <= last; at++) if (isPercent(field, at)) return true;
  return false;
}
