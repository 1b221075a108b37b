/** The taxonomy: paths, their roles, credentials and verdicts. The slugs are a public contract (feeds, API, rules). */

export const CREDENTIALS = ['OT', 'OTA', 'PT', 'PTA', 'SLP'] as const;
export type Credential = (typeof CREDENTIALS)[number];

/** What a posting says about one credential, from the strongest yes to no answer. */
export const VERDICTS = ['named', 'preferred', 'implied', 'open', 'barred', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The verdicts under which a holder of the credential may apply. */
export const MAY_APPLY: readonly Verdict[] = ['named', 'preferred', 'implied', 'open'];

/** The field an employer is in, as a row of the registry may say it; rules/employer.yaml tells what each is worth. */
export const EMPLOYER_DOMAINS = [
  'health-insurer',
  'hospital',
  'therapy-provider',
  'care-provider',
  'clinician-staffing',
  'device-maker',
  'health-software',
  'disability-services',
  'other',
] as const;
export type EmployerDomain = (typeof EMPLOYER_DOMAINS)[number];

export const RELEVANCES = ['nonclinical', 'clinical', 'other'] as const;
/** `nonclinical`: of one of the paths. `clinical`: hands-on therapy. `other`: everything else. */
export type Relevance = (typeof RELEVANCES)[number];

type PathRow = { readonly name: string; readonly roles: readonly string[] };

/** Path slug → name people read, and its roles. The order is the order people see. */
export const PATHS = {
  recruiting: { name: 'Recruiting', roles: ['therapy-recruiter', 'travel-recruiter', 'talent-acquisition'] },
  writing: { name: 'Writing', roles: ['medical-writer', 'content-editor', 'copywriter'] },
  education: {
    name: 'Education',
    roles: ['faculty', 'fieldwork-coordinator', 'con-ed-instructor', 'subject-matter-expert', 'tutor'],
  },
  consulting: { name: 'Consulting', roles: ['accessibility-consultant', 'ada-specialist', 'practice-consultant', 'inclusive-design'] },
  management: { name: 'Rehab management', roles: ['director-of-rehab', 'rehab-manager', 'clinic-director', 'regional-manager'] },
  'rehab-liaison': { name: 'Rehab liaison', roles: ['clinical-liaison', 'intake-coordinator', 'admissions-liaison'] },
  'ux-product': { name: 'UX and product', roles: ['ux-researcher', 'ux-designer', 'product-manager', 'human-factors'] },
  'assistive-technology': {
    name: 'Assistive technology',
    roles: ['atp', 'seating-mobility-specialist', 'at-specialist', 'dme-consultant'],
  },
  'home-safety': { name: 'Home safety', roles: ['home-modification', 'home-safety-assessor'] },
  'utilization-review': {
    name: 'Utilization review',
    roles: ['utilization-reviewer', 'pre-service-coordinator', 'appeals-reviewer'],
  },
  'care-coordination': {
    name: 'Care coordination',
    roles: [
      'skilled-inpatient-care-coordinator',
      'transitional-care-coordinator',
      'cross-market-care-coordinator',
      'home-health-care-coordinator',
      'case-manager',
    ],
  },
  ergonomics: { name: 'Ergonomics', roles: ['office-ergonomics', 'industrial-ergonomics', 'injury-prevention', 'work-evaluator'] },
  'business-owner': { name: 'Business owner', roles: ['kids-gym', 'wellness-practice', 'franchise'] },
  sales: { name: 'Sales', roles: ['medical-device-sales', 'business-development', 'account-management'] },
  'health-tech': {
    name: 'Health technology',
    roles: ['clinical-specialist', 'clinical-manager', 'clinical-trainer', 'customer-success', 'implementation'],
  },
  informatics: { name: 'Informatics', roles: ['ehr-analyst', 'clinical-informatics', 'data-analyst'] },
  'compliance-quality': {
    name: 'Compliance and quality',
    roles: ['documentation-auditor', 'quality-improvement', 'mds-coordinator', 'coding-billing'],
  },
  research: { name: 'Research', roles: ['research-coordinator', 'outcomes-researcher'] },
  'case-law-disability': {
    name: 'Disability and case work',
    roles: ['disability-specialist', 'vocational-rehab', 'life-care-planner'],
  },
} as const satisfies Record<string, PathRow>;

export type Path = keyof typeof PATHS;
export const PATH_SLUGS = Object.keys(PATHS) as Path[];

/** Role slug → the path it belongs to. Role slugs are unique over all paths. */
export const ROLE_PATH: ReadonlyMap<string, Path> = new Map(
  PATH_SLUGS.flatMap(path => PATHS[path].roles.map(role => [role, path] as const)),
);
export const ROLE_SLUGS = [...ROLE_PATH.keys()];

/** Roles whose names are letters, or are written in a way no rule would find. */
const ROLE_NAMES: Readonly<Record<string, string>> = {
  atp: 'ATP',
  'at-specialist': 'AT specialist',
  'ada-specialist': 'ADA specialist',
  'dme-consultant': 'DME consultant',
  'ehr-analyst': 'EHR analyst',
  'mds-coordinator': 'MDS coordinator',
  'ux-researcher': 'UX researcher',
  'ux-designer': 'UX designer',
  'con-ed-instructor': 'Continuing-education instructor',
  'kids-gym': 'Kids’ gym',
  'coding-billing': 'Coding and billing',
  'pre-service-coordinator': 'Pre-service coordinator',
};

/** A role as people read it. */
export function roleName(slug: string): string {
  const text = slug.replaceAll('-', ' ');
  return ROLE_NAMES[slug] ?? text.charAt(0).toUpperCase() + text.slice(1);
}
