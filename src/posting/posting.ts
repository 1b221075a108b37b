/** The domain: what a posting is once it has been read from a board and normalised. Nothing here touches the network or the clock. */

export const WORK_MODES = ['remote', 'hybrid', 'onsite'] as const;
export type WorkMode = (typeof WORK_MODES)[number];

export const PAY_INTERVALS = ['hour', 'day', 'week', 'month', 'year', 'visit'] as const;
export type PayInterval = (typeof PAY_INTERVALS)[number];

/** Base pay as stated, in major units of `currency` (ISO 4217). One figure: min = max. "Up to X": min null. "From X": max null. */
export type Pay = { min: number | null; max: number | null; currency: string; interval: PayInterval };

export const EMPLOYMENT_TYPES = ['full_time', 'part_time', 'per_diem', 'contract', 'temporary', 'internship', 'freelance'] as const;
export type EmploymentType = (typeof EMPLOYMENT_TYPES)[number];

/** A place as the board wrote it (`raw`) and what could be read from it. `region` is a USPS code in the US, `country` ISO 3166-1 alpha-2. */
export type Place = { raw: string; city: string | null; region: string | null; country: string | null };

/**
 * A date fact. `value` is ISO 8601: a full instant (`precision: 'time'`), a day `YYYY-MM-DD` or a month `YYYY-MM`.
 * `from` says which statement of the source it comes from, such as `greenhouse.first_published`.
 */
export type DateFact = { value: string; precision: 'time' | 'day' | 'month'; from: string };

/** One posting, normalised. `text` is what the classifier reads and what evidence spans point into. */
export type Posting = {
  /** The board's own stable key; unique within one source. */
  key: string;
  title: string;
  company: string | null;
  department: string | null;
  /** The employer's requisition number, where the board tells it. */
  requisition: string | null;
  places: Place[];
  workMode: WorkMode | null;
  pay: Pay | null;
  employmentTypes: EmploymentType[];
  postedAt: DateFact | null;
  closesAt: DateFact | null;
  /** The board itself says it takes no more applications. */
  closed: boolean;
  url: string;
  applyUrl: string | null;
  /** Sanitised HTML of the whole body. */
  html: string;
  /** Plain text of `html` with list structure kept. Empty when the board shows no body. */
  text: string;
};
