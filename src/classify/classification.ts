import type { EmploymentType, Pay, WorkMode } from '../posting/posting.ts';
import type { Credential, EmployerDomain, Path, Relevance, Verdict } from '../posting/taxonomy.ts';
import type { Evidence } from '../text/evidence.ts';

export type { Evidence };

export type VerdictOf = {
  verdict: Verdict;
  rule: string;
  evidence: Evidence[];
  /** 0 to 1: how often answers as sure as this one were right about whether the holder may apply. Null where it is not told who may. */
  confidence: number | null;
};
export type PathOf = { path: Path; role: string | null; rule: string; evidence: Evidence[] };
/** One part of the decision: what it adds to the log-odds of the answer, and the rules and words it comes from. */
export type Reason = { part: string; weight: number; told: string[] };
export type Certification = { name: string; need: 'required' | 'preferred' };

/** What a person decides by. `null` when the text does not say: never guessed. */
export type Facets = {
  work_mode: WorkMode | null;
  min_years: number | null;
  pay: Pay | null;
  employment_type: EmploymentType[];
  caseload: boolean;
  certifications: Certification[];
  patient_contact: 'none' | 'some' | 'daily' | null;
  travel_percent: number | null;
  /** USPS codes of the states a licence must be held in or a remote job is limited to. */
  states: string[];
  degree: 'associate' | 'bachelor' | 'master' | 'doctorate' | null;
  lifting_pounds: number | null;
  seniority: 'entry' | 'mid' | 'senior' | 'lead' | 'manager' | 'director' | 'executive' | null;
};

/** What the classifier reads. `text` is plain text as `posting/html.ts` makes it; `truncated` marks a teaser or a cut body. */
export type ClassifierInput = {
  title: string;
  text: string;
  company?: string | null;
  location?: string | null;
  department?: string | null;
  /** The employer's field, as whoever knows the employer says it. */
  domain?: EmployerDomain | null;
  truncated?: boolean;
  /** What the board said in fields of its own; wins over the text. */
  stated?: { workMode?: WorkMode | null; pay?: Pay | null; employmentTypes?: EmploymentType[] };
};

export type Classification = {
  relevance: Relevance;
  /** 0 to 1: how often answers as sure as this one have turned out to be right. */
  confidence: number;
  /** What the relevance was decided by, the heaviest part first. */
  reasons: Reason[];
  /** Rule that decided the relevance, and its words. */
  rule: string;
  evidence: Evidence[];
  /** Primary first; empty unless nonclinical. */
  paths: PathOf[];
  /** Null unless nonclinical. */
  verdicts: Record<Credential, VerdictOf> | null;
  facets: Facets;
  facetEvidence: Partial<Record<keyof Facets, Evidence[]>>;
  /** The rule that read a facet; none for what the board states in a field of its own. */
  facetRules: Partial<Record<keyof Facets, string>>;
  rulesVersion: string;
};
