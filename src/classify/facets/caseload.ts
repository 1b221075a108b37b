import { BOILERPLATE } from '../../text/sections.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { NO_WORK } from '../reading/subject.ts';
import type { Finding } from './finding.ts';
import { bySentence, findingOf, heard, isPercent, type LayerOf } from './heard.ts';
import { weightOf } from './marks.ts';

/** Rules of this weight speak of the holder of the job; the others wherever no employer is spoken of. */
const OF_THE_HOLDER = 2;

const layerOf: LayerOf = ({ value }) => String(value);

/**
 * Whether the holder of the job also treats patients. It says so of treating jobs too: the door of the classifier keeps it for
 * nonclinical postings only.
 */
export function readCaseload(reading: PostingReading): Finding<boolean> {
  const values = heard(reading, 'caseload', layerOf).filter(({ hit }) => hit.field.name === 'text');
  const sentences = bySentence(values).filter(sentence => sentence.every(({ value }) => value !== 'denied'));
  const found = sentences.flat().find(isOwn);
  return found ? findingOf(true, found) : { value: false, evidence: [] };
}

function isOwn(value: FacetValue): boolean {
  const { hit, subject } = value;
  const { section } = hit.segment;
  if (BOILERPLATE.has(section) || NO_WORK.has(subject)) return false;
  if (value.value === 'percent') return hasPercent(hit);
  if (weightOf(value) >= OF_THE_HOLDER) return true;
  // A verb that opens a line speaks of the job, whoever is named later in it.
  return section !== 'requirements' && (subject !== 'employer' || section === 'duties' || hit.first === hit.segment.first);
}

/** Whether a figure in the words is a percentage. */
const hasPercent = ({ field, first, last }: RuleHit): boolean =>
  field.tokens.slice(first, last).some((_, at) => isPercent(field, first + at));
