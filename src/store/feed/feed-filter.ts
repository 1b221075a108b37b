import type { EmploymentType, PayInterval, WorkMode } from '../../posting/posting.ts';
import type { Credential, Path, Verdict } from '../../posting/taxonomy.ts';

/** What is left out unless it is asked for: hands-on work, what has closed, and what takes none of the five. In their canonical order. */
export const INCLUDES = ['barred', 'clinical', 'closed'] as const;

/** A moment as the reader said it: so many hours before now, or a fixed instant (ISO 8601, UTC). */
export type Since = { hours: number } | { instant: string };

/** Where a page ended: `firstSeen` to the microsecond, as Postgres keeps it, so that nothing between two postings is skipped. */
export type Cursor = { firstSeen: string; id: string };

/** A place and the cities within so many miles of it, each `city,ST` in lower case as `postings.place_keys` has them. */
type Near = { place: string; miles: number; keys: string[] };

/**
 * Which postings are wanted. Values of one field are alternatives, fields narrow each other, an empty list or null asks nothing.
 * "At most" fields keep the postings that state no number: they do not ask for more.
 */
export type FeedFilter = {
  path: Path[];
  role: string[];
  credential: Credential[];
  /** What at least one of `credential` (of all five when none is given) must be told. */
  verdict: Verdict[];
  work_mode: WorkMode[];
  /** Words, "phrases" and -exclusions in the syntax of websearch_to_tsquery. */
  q: string | null;
  /** First seen by Ombre since. */
  since: Since | null;
  /** Posted by the employer since; postings without a date are left out. */
  posted_since: Since | null;
  /** USPS codes: a place there, or a remote job that may be done from there. */
  state: string[];
  near: Near | null;
  /** Least pay in US dollars per `pay_interval`; the top of the stated range counts. */
  pay_min: number | null;
  pay_interval: Exclude<PayInterval, 'visit'>;
  employment_type: EmploymentType[];
  /** Only jobs that fit beside a clinical job. */
  beside: boolean;
  max_years: number | null;
  /** Asks for one of these certifications, required or preferred; lower case. */
  certification: string[];
  /** Requires none of these certifications; lower case, `any` for none at all. */
  without_certification: string[];
  patient_contact: ('none' | 'some' | 'daily')[];
  max_lifting: number | null;
  /** Employers, lower case. */
  company: string[];
  /** Slugs of sources. */
  source: string[];
  include: (typeof INCLUDES)[number][];
  /** Null where it is left to who asks. */
  limit: number | null;
  cursor: Cursor | null;
};

/** The kinds of job that fit beside a clinical job. */
export const BESIDE: readonly EmploymentType[] = ['part_time', 'per_diem', 'contract', 'freelance', 'temporary'];
