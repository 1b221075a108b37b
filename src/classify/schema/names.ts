// The closed sets of names that rules use.

/** Where a phrase counts. `text` is every section but company talk, benefits, pay and legal text. */
export const PLACES = ['title', 'department', 'location', 'company', 'text', 'duty', 'requirement', 'anywhere'] as const;
export type RulePlace = (typeof PLACES)[number];

/**
 * Facts about the whole posting that rules gather. `link`: a tie to health, rehabilitation, disability or the training of clinicians;
 * `industry`: a tie to another field; `no-link`: the text denies one. `treats`: hands-on treating; `treats-most` and `treats-some`: how much of
 * it; `treating-share`: the same in figures; `no-treating`: the text rules it out. `deferred`: requirements are told somewhere else.
 * `treats-nobody`: the employer pays for care, judges it or makes what it is given with;
 * `manual-department`: none of our work is done there. Only the triage of titles asks for these two.
 */
export const SIGNALS = [
  'link',
  'rehab',
  'clinicians',
  'vendor',
  'treats',
  'treats-most',
  'treats-some',
  'treating-share',
  'no-treating',
  'deferred',
  'asks',
  'worth-reading',
  'treats-nobody',
  'manual-department',
  'industry',
  'no-link',
] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * Words that shape a statement. `license`, `licensed` and `study` bring what an applicant has; `business` makes a field before it an office that is
 * liked; `turn` begins a clause, `barrier` another thing; `or`, `and`, `into`, `of`, `one-of`, `reference`, `related`, `examples`, `only`, `higher`,
 * `instead`, `ends` are parts of lists. The others (`work`, `hire`, `acts`, `complement` ...) are heard by what is learned of roles alone.
 */
export const CUES = [
  'turn',
  'barrier',
  'complement',
  'license',
  'study',
  'work',
  'be',
  'seek',
  'hold',
  'must',
  'others',
  'business',
  'acts',
  'hire',
  'one-of',
  'reference',
  'same',
  'namely',
  'discipline',
  'related',
  'equivalent',
  'examples',
  'only',
  'lack',
  'licensed',
  'or',
  'and',
  'into',
  'of',
  'is',
  'higher',
  'have',
  'ends',
  'background',
  'instead',
  'role',
  'product',
] as const;
export type Cue = (typeof CUES)[number];

/**
 * What a requirement may ask for, beside credentials by name; capabilities.yaml says who carries what. First people and their licenses,
 * then levels of schooling, then fields of study, then what anybody may bring instead.
 */
export const ITEMS = [
  'therapist',
  'professional',
  'registered',
  'assistant',
  'any-assistant',
  'care-work',
  'other-license',
  'board',
  'nobody',
  'diploma',
  'associate',
  'bachelor',
  'master',
  'doctorate',
  'degree',
  'therapy-field',
  'clinical-field',
  'health-field',
  'other-field',
  'any-field',
  'lay',
] as const;
export type Item = (typeof ITEMS)[number];

/** Abbreviations with several senses. */
export const LETTERS = ['pt', 'ot', 'st', 'slp', 'atp', 'sms', 'caps', 'cpe'] as const;
/** What a word near such letters says: they are of the profession, they are not, or the posting spells the profession out. */
export const MEANINGS = ['profession', 'other', 'spelled'] as const;
export type Letters = (typeof LETTERS)[number];

/** Of whom or what a statement speaks. `post`: another job than this one. */
export const SUBJECTS = ['applicant', 'job', 'employer', 'team', 'customer', 'perk', 'law', 'post'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What a statement does with what it names. `told`: it only says so. */
export const FORCES = ['told', 'demanded', 'wished', 'denied', 'shut-out', 'let-in', 'deferred', 'unsettled'] as const;
export type Force = (typeof FORCES)[number];

/** Of which words a word of force speaks: those before it ("… preferred"), those after it ("must hold …"), or the nearest on either side. */
export const REACHES = ['left', 'right', 'both'] as const;
export type Reach = (typeof REACHES)[number];

/** Facets whose values rules read; the reader of each says in its own file what it makes of them. */
export const FACETS = [
  'work_mode',
  'min_years',
  'pay',
  'employment_type',
  'caseload',
  'certifications',
  'patient_contact',
  'travel_percent',
  'states',
  'degree',
  'lifting_pounds',
  'seniority',
] as const;
export type FacetName = (typeof FACETS)[number];
