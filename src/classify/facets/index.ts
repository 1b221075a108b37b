import type { Linear } from '../../text/linear.ts';
import type { Evidence, Facets } from '../classification.ts';
import type { PostingReading } from '../reading/posting.ts';
import { readCaseload } from './caseload.ts';
import { readCertifications } from './certifications/certifications.ts';
import { readDegree } from './degree.ts';
import { readEmploymentTypes } from './employment-type.ts';
import type { Finding } from './finding.ts';
import { readLifting } from './lifting.ts';
import { readMinYears } from './min-years.ts';
import { readPatientContact } from './patient-contact.ts';
import { readPay } from './pay.ts';
import { readSeniority } from './seniority.ts';
import { readStates } from './states.ts';
import { readTravel } from './travel.ts';
import { readWorkMode } from './work-mode.ts';

/** What tells, of all that a text may say of a facet, what it does say. */
export type FacetModels = { readonly modes: Linear; readonly years: Linear; readonly employment: Linear; readonly needs: Linear };

type FacetsRead = {
  facets: Facets;
  evidence: Partial<Record<keyof Facets, Evidence[]>>;
  /** The rule that read a facet. */
  rules: Partial<Record<keyof Facets, string>>;
};

/**
 * Everything a person decides by, read from one posting, with the words each value was read from. `null` (or an empty list) when the text
 * does not say. What the board states in fields of its own (`input.stated`) wins and carries no evidence.
 */
export function readFacets(posting: PostingReading, learned: FacetModels): FacetsRead {
  const found = {
    work_mode: readWorkMode(posting, learned.modes),
    min_years: readMinYears(posting, learned.years),
    pay: readPay(posting),
    employment_type: readEmploymentTypes(posting, learned.employment),
    caseload: readCaseload(posting),
    certifications: readCertifications(posting, learned.needs),
    patient_contact: readPatientContact(posting),
    travel_percent: readTravel(posting),
    states: readStates(posting),
    degree: readDegree(posting),
    lifting_pounds: readLifting(posting),
    seniority: readSeniority(posting),
  } satisfies { [F in keyof Facets]: Finding<NonNullable<Facets[F]>> | null };

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
    ...tracesOf(found),
  };
}

/** The words every facet was read from, and the rule that read them. */
function tracesOf(found: Record<keyof Facets, Finding<unknown> | null>): Pick<FacetsRead, 'evidence' | 'rules'> {
  const evidence: FacetsRead['evidence'] = {};
  const rules: FacetsRead['rules'] = {};
  for (const [facet, finding] of Object.entries(found) as [keyof Facets, Finding<unknown> | null][]) {
    if (finding && finding.evidence.length > 0) evidence[facet] = finding.evidence;
    if (finding?.rule) rules[facet] = finding.rule;
  }
  return { evidence, rules };
}
