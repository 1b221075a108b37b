import { fold, lex, SEP, type Token } from './lexer.ts';

/** What a part of a posting speaks about. `other`: nobody can tell. */
export const SECTIONS = ['summary', 'duties', 'requirements', 'preferred', 'benefits', 'about', 'eeo', 'pay', 'other'] as const;
export type Section = (typeof SECTIONS)[number];

/** Whole headings, as people write them over the parts of a posting. */
const HEADINGS: Record<Exclude<Section, 'other'>, string> = {
  summary: `summary | job summary | position summary | overview | job overview | position overview | description | job description | position description |
    the role | about the role | about the job | about the position | about this role | about this position | the position | the opportunity | the job | role overview |
    role summary | general summary | purpose | job purpose | position purpose | introduction | general description | position | what it is | in short | at a glance | the work |
    essential information | job details | the offer in brief | about the opportunity | your opportunity | your role | the challenge | position information`,
  duties: `duties | responsibilities | duties and responsibilities | essential functions | essential duties | essential duties and responsibilities | key responsibilities |
    job duties | job responsibilities | primary responsibilities | principal duties | principal responsibilities | core responsibilities | main responsibilities |
    major responsibilities | major duties | roles and responsibilities | role and responsibilities | what you will do | what you'll do | what you do | what you will be doing |
    what you'll be doing | you will | you'll | in this role | in this role you will | your responsibilities | your day | a day in the life | day to day | the day to day | key duties |
    key work | key accountabilities | accountabilities | essential job functions | essential job duties | functions | primary duties | position responsibilities |
    what you'll own | how you will make an impact | how you'll make an impact | the impact you will have | you'll write | in the job | what fills the day | the day | job functions |
    your impact | what the job is | what you get to do | scope of work | responsible for | specific duties | typical duties | work performed | tasks | your tasks | day to day responsibilities |
    position duties | essential responsibilities | key functions | general duties | what success looks like | success profile | deliverables | scope of responsibilities`,
  requirements: `requirements | required | qualifications | minimum qualifications | required qualifications | basic qualifications | job requirements | position requirements |
    minimum requirements | key requirements | basic requirements | eligibility | eligibility requirements | who you are | what you have | you have | you bring | what you bring |
    what you'll bring | what you will bring | what you need | what you'll need | you need | you'll need | must have | must haves | need to have | what we look for |
    what we are looking for | background | required background | what we're looking for | looking for | who we are looking for | who we're looking for | about you | ideal candidate | the ideal candidate | your profile | your background |
    your experience | education | education and experience | education and training | education requirements | experience | required experience | required skills |
    experience and skills | skills | skills and experience | knowledge skills and abilities | knowledge and skills | license | licensure | licenses | license requirements |
    licensure requirements | licenses and certifications | licensure and certification | licenses certifications | certification | certifications | credentials | skills and qualifications | qualifications and skills |
    qualifications and experience | education and qualifications | minimum education | minimum experience | conditions of employment | specialized experience | competencies |
    candidate profile | candidate requirements | experience required | education required | required education | required licenses | required license | required certifications |
    minimum acceptable education and experience | who can apply | who may apply | who should apply | you are | what it takes | what you'll bring to the team | requirements and qualifications |
    qualifications and requirements | essential qualifications | job qualifications | position qualifications | the must haves | we need | what makes you a fit | is this you | are you | essential |
    minimum qualifications and requirements | physical demands | physical requirements | working conditions | education license | education experience | who makes a good fit | you should have | what we need | what we require | you must have | to be considered | to qualify | what you must have | educational requirements | qualification`,
  preferred: `preferred | preferred qualifications | preferred requirements | preferred experience | preferred skills | desired | desired qualifications | desired skills | desirable |
    additional desirable qualifications | nice to have | nice to haves | nice | bonus | bonus points | bonus points if | bonus if | a plus | pluses | plus | good to have | it would be great if |
    it'd be lovely if | it would be nice if | ideally | you might have | you may have | you may also have | also nice | preferred but not required | assets | advantages | what would be a plus | extra credit |
    preferred education | preferred licenses | additional qualifications | helpful | not required but | even better | brownie points | would be great | icing on the cake`,
  benefits: `benefits | perks | perks and benefits | benefits and perks | what we offer | we offer | what you get | what you'll get | why join us | why us | why work with us | why work here | offer | our offer |
    the offer | total rewards | rewards | our benefits | benefits include | benefit highlights | employee benefits | what's in it for you | why you'll love working here | why you will love it | the perks |
    benefits overview | benefits summary | what we give you | what you can count upon | what you can count on | we provide | why join | here is what we offer | additional benefits | perks of joining`,
  about: `about us | about the company | who we are | our company | company overview | company description | our mission | our story | our culture | our values | our team | about our company | a bit about us |
    about the organization | about the university | about the place | about the town | about the college | about the department | about the team | about the hospital | the company | the organization | company profile |
    mission | culture | our history | our commitment | our community | the university | our organization | where you'll work | the team | about the area | location overview | about our team`,
  eeo: `equal opportunity employer | equal opportunity | eeo | eeo statement | equal employment opportunity | diversity | diversity and inclusion | diversity equity and inclusion | accommodation | accommodations |
    reasonable accommodation | disclaimer | notice | privacy notice | legal | legal notice | e-verify | background check | pre employment screening | our commitment to diversity | inclusion | affirmative action | disclosures | fine print | important notice | non discrimination | nondiscrimination | vaccination policy | ada statement`,
  pay: `pay | salary | compensation | pay range | salary range | hourly rate | pay rate | rate of pay | wage | wages | compensation range | money | comp | hiring range | base pay | base salary | compensation and benefits | pay and benefits |
    salary and benefits | pay transparency | compensation details | salary information | pay information | hours and pay | money and time | fees | earnings | rate | estimated pay | remuneration | expected salary`,
};

/** One word of a short heading nobody listed that still tells what follows; the first section with a hit wins. */
const HEADING_WORDS: [Section, string][] = [
  ['preferred', 'preferred desired desirable nice bonus plus asset helpful ideally advantage'],
  [
    'requirements',
    'requirement required require qualification qualify qualified education experience skill license licensure credential certification competency must eligibility knowledge candidate bring minimum',
  ],
  ['duties', 'responsibility duty function responsible accountability task doing'],
  ['pay', 'salary compensation wage pay'],
  ['benefits', 'benefit perk reward offer'],
  ['eeo', 'equal eeo diversity inclusion discrimination disclaimer privacy notice accommodation'],
  ['about', 'about mission culture history story value community'],
  ['summary', 'summary overview purpose'],
];

/** Words of a sentence that tell its section wherever it stands. */
const CUES: [Section, string][] = [
  [
    'eeo',
    `equal opportunity | equal employment | equal access | eoe | eeo | without regard to | affirmative action | protected veteran | protected veterans | do not discriminate | does not discriminate |
    regardless of race | on the basis of race | sexual orientation | gender identity | race color | color religion | protected by law | protected status | reasonable accommodation | reasonable accommodations |
    minorities females | prohibits discrimination | prohibit discrimination | drug free workplace | individuals with disabilities | persons with disabilities are encouraged | disability veteran`,
  ],
  [
    'benefits',
    `401 k | 403 b | 401k | 403b | paid time off | pto | health insurance | dental | life insurance | medical insurance | health and dental | tuition reimbursement | tuition assistance | retirement plan | benefits package |
    benefit package | full benefits | comprehensive benefits | paid holidays | sign on bonus | signing bonus | continuing education allowance | vacation days | parental leave | license fees | ceu allowance | employee discount | wellness program`,
  ],
];

const joined = (words: readonly string[]): string => words.join(' ');
const phrasesOf = (list: string): string[] => list.split('|').map(phrase => joined(lex(phrase).tokens.map(token => token.word)));

const HEADING_BY_PHRASE: ReadonlyMap<string, Section> = new Map(
  Object.entries(HEADINGS).flatMap(([section, list]) => phrasesOf(list).map(phrase => [phrase, section as Section] as const)),
);
/** Headings longer than this are not looked for inside a line. */
export const LONGEST_HEADING = 8;
const SECTION_BY_WORD: readonly [Section, ReadonlySet<string>][] = HEADING_WORDS.map(([section, list]) => [
  section,
  new Set(list.split(' ').map(fold)),
]);
const CUE_BY_FIRST = new Map<string, { section: Section; words: string[] }[]>();
for (const [section, list] of CUES) {
  for (const phrase of phrasesOf(list)) {
    const words = phrase.split(' ');
    const first = words[0] as string;
    CUE_BY_FIRST.set(first, [...(CUE_BY_FIRST.get(first) ?? []), { section, words }]);
  }
}

/** First words of known headings: what begins with no such word is none. */
const HEADING_STARTS: ReadonlySet<string> = new Set([...HEADING_BY_PHRASE.keys()].map(phrase => phrase.split(' ')[0] as string));

/** Whether a known heading begins with this word. */
export function startsHeading(word: string): boolean {
  return HEADING_STARTS.has(word);
}

/** The section a known heading names, or null. `words` are folded words. */
export function sectionOfHeading(words: readonly string[]): Section | null {
  return HEADING_BY_PHRASE.get(joined(words)) ?? null;
}

/** The section a short line that looks like a heading probably names, or null. */
export function guessHeading(words: readonly string[]): Section | null {
  const known = sectionOfHeading(words);
  if (known) return known;
  if (words[0] === 'who' || words[0] === 'this')
    return words[1] === 'we' ? 'about' : words.includes('for') || words[0] === 'who' ? 'requirements' : null;
  for (const [section, telling] of SECTION_BY_WORD) if (words.some(word => telling.has(word))) return section;
  return null;
}

/** The section the words of a sentence tell by themselves (legal text, benefits), or null. */
export function sectionOfSentence(tokens: readonly Token[], first: number, last: number): Section | null {
  for (let at = first; at < last; at++) {
    for (const cue of CUE_BY_FIRST.get((tokens[at] as Token).word) ?? []) {
      if (at + cue.words.length <= last && cue.words.every((word, offset) => tokens[at + offset]?.word === word)) return cue.section;
    }
  }
  return null;
}

/** Whether a run of words is written as a heading: all capitals, or every long word with a capital. */
export function looksLikeTitle(tokens: readonly Token[], first: number, last: number): boolean {
  let long = 0;
  let capital = 0;
  for (let at = first; at < last; at++) {
    const token = tokens[at] as Token;
    if (token.word.length <= 3 && !token.first) continue;
    long++;
    if (token.first) capital++;
  }
  return long > 0 && capital === long;
}

/** The flag of a token's separator. */
export function has(sep: number, flag: keyof typeof SEP): boolean {
  return (sep & SEP[flag]) !== 0;
}
