import type { Evidence, Facets } from '../classification.ts';
import type { PostingReading } from '../read-posting.ts';
import { readCaseload } from './caseload.ts';
import { readCertifications } from './certifications.ts';
import { readDegree } from './degree.ts';
import { readEmploymentTypes } from './employment-type.ts';
import { readLifting } from './lifting.ts';
import { readMinYears } from './min-years.ts';
import { readPatientContact } from './patient-contact.ts';
import { readPay } from './pay.ts';
import { type Finding, readPieces } from './reading.ts';
import { readSeniority } from './seniority.ts';
import { readStates } from './states.ts';
import { readTravel } from './travel.ts';
import { readWorkMode } from './work-mode.ts';

/**
 * Everything a person decides by, read from one posting, with the words each value was read from. `null` (or an empty list) when the text
 * does not say. What the board states in fields of its own (`input.stated`) wins and carries no evidence.
 */
export function readFacets(posting: PostingReading): { facets: Facets; evidence: Partial<Record<keyof Facets, Evidence[]>> } {
  const reading = readPieces(posting.document, posting.input);
  const found = {
    work_mode: readWorkMode(posting),
    min_years: readMinYears(posting),
    pay: readPay(posting),
    employment_type: readEmploymentTypes(posting),
    caseload: readCaseload(reading),
    certifications: readCertifications(posting),
    patient_contact: readPatientContact(reading),
    travel_percent: readTravel(posting),
    states: readStates(posting),
    degree: readDegree(posting),
    lifting_pounds: readLifting(posting),
    seniority: readSeniority(reading),
  } satisfies { [F in keyof Facets]: Finding<NonNullable<Facets[F]>> | null };

  const evidence: Partial<Record<keyof Facets, Evidence[]>> = {};
  for (const [facet, finding] of Object.entries(found) as [keyof Facets, Finding<unknown> | null][]) {
    if (finding && finding.evidence.length > 0) evidence[facet] = finding.evidence;
  }
  return {
    facets: {
      work_mode: found.work_mode?.value ?? null,
      min_years: found.min_years?.value ?? null,
      pay: found.pay?.value ?? null,
      employment_type: found.employment_type.value,
      caseload: found.caseload.value,
      certifications: found.certifications.value,
      patient_contact: found.patient_contact?.value ?? null,
      travel_percent: found.travel_percent?.value ?? null,
      states: found.states.value,
      degree: found.degree?.value ?? null,
      lifting_pounds: found.lifting_pounds?.value ?? null,
      seniority: found.seniority?.value ?? null,
    },
    evidence,
  };
}
