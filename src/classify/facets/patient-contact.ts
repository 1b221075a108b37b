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
  const values = heard(reading, 'patient_contact').filter(isOfThisJob);
  for (const contact of CONTACTS) {
    const found = values.find(({ value }) => value === contact);
    if (found) return findingOf(contact, found);
  }
  return null;
}

function isOfThisJob({ value, hit, subject }: FacetValue): boolean {
  const { section } = hit.segment;
  if (hit.field.name === 'title') return value === 'none';
  if (value === 'none') return !EMPLOYER_AND_LAW.has(section) && subject !== 'customer' && subject !== 'law';
  return !NO_DUTIES.has(section) && (subject === 'job' || subject === 'applicant');
}
