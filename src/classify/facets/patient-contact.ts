import { BOILERPLATE, EMPLOYER_AND_LAW, type Section } from '../../text/sections.ts';
import type { Facets } from '../classification.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { findingOf, heard } from './heard.ts';

type Contact = NonNullable<Facets['patient_contact']>;

/** A plain denial beats whatever else is told, treating beats talking. */
const CONTACTS: readonly Contact[] = ['none', 'daily', 'some'];
/** Where contact is none of this job's: a denial is heard there too, but for what is said of the employer and the law. */
const NO_DUTIES: ReadonlySet<Section> = new Set([...BOILERPLATE, 'requirements', 'preferred']);

/** How much the job has to do with patients or clients: a denial anywhere in the job's own words wins, then the duties decide. */
export function readPatientContact(reading: PostingReading): Finding<Contact> | null {
  const all = heard(reading, 'patient_contact', layerOf);
  const moments = all.filter(({ value }) => value === MOMENT);
  const values = all.filter(one => isOfThisJob(one) && !moments.some(moment => endsIn(one, moment)));
  // Work by telephone alone is some contact, whatever care it speaks of.
  const byPhone = values.some(({ value }) => value === 'phone-only');
  for (const value of CONTACTS) {
    if (value === 'daily' && byPhone) continue;
    const found = values.find(one => one.value === value);
    if (found) return findingOf(value, found);
  }
  return null;
}

/** Words that only tell when: "on a phone, between two patients". */
const MOMENT = 'between';

/** Moments stand beside what is said of contact; only "between patients and families" takes one away. */
const layerOf = ({ value }: FacetValue): string => (String(value).startsWith(MOMENT) ? MOMENT : '');

/** Whether the people whom words of contact reach are those of a moment. */
function endsIn({ hit }: FacetValue, { hit: moment }: FacetValue): boolean {
  return hit.field === moment.field && hit.first < moment.first && hit.last > moment.first && hit.last <= moment.last;
}

function isOfThisJob({ value, hit, subject }: FacetValue): boolean {
  const { section } = hit.segment;
  if (hit.field.name === 'title') return value === 'none';
  if (value === 'none') return !EMPLOYER_AND_LAW.has(section) && subject !== 'customer' && subject !== 'law';
  return !NO_DUTIES.has(section) && (subject === 'job' || subject === 'applicant');
}
