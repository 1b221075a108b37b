import { EMPLOYMENT_TYPES, type EmploymentType } from '../../posting/posting.ts';
import type { Evidence } from '../classification.ts';
import { type Finding, type Piece, type Reading, spot } from './reading.ts';

// Written out in both cases, for boards that lose line ends glue the next heading on: "Job Type: Full-timePay".
const FULL = String.raw`(?<![a-z])(?:[Ff]ull|FULL)[- ]?(?:[Tt]ime|TIME)(?![a-z])`;
const PART = String.raw`(?<![a-z])(?:[Pp]art|PART)[- ]?(?:[Tt]ime|TIME)(?![a-z])`;
/** What is full-time or part-time without being this job: other people, study, the years demanded, what the benefits are for. */
const OTHERS = String.raw`(?! (?:employees?(?! for this)|staff|team members?|colleagues|associates|workers|faculty(?! position)|students?|graduate|study|work after|equivalent clinical|practice|higher|experience|education|enrollment|play coaches|coaches|benefits eligible employees|offers|equivalent (?:employ|staff)))`;

/** Type → wordings that declare it, in the order they are tried. */
const WORDINGS: Record<EmploymentType, readonly RegExp[]> = {
  full_time: [
    new RegExp(`${FULL}${OTHERS}`),
    /\bfull[- ]?time employees for this position\b/i,
    /\bfull-? ?(?:or|and|\/|&) ?part[- ]?time\b(?! (?:employees|staff|faculty|team))/i,
    /(?<![\w$\d.] ?)\bF\/?T\b(?![\w/]|\s?(?:of|high|tall|lb|lbs)\b)|\bFT\/PT\b|\bPT\/FT\b/,
    /\b1\.0 ?FTE\b|\bFTE:? ?1\.0\b/i,
  ],
  part_time: [
    new RegExp(`${PART}${OTHERS}`),
    /\bFT\s?(?:\/|or|and)\s?PT\b|\bPT\s?(?:\/|or|and)\s?FT\b|\bPT (?:position|role|job|hours|shift|schedule|or PRN)\b|\bPT\/PRN\b/,
    /\b0?\.[1-9] ?FTE\b|\bhalf[- ]time\b(?! (?:coach|show))|\b[1-9]\d ?% (?:time|FTE|effort)\b/i,
  ],
  per_diem: [
    /\bprn\b/i,
    /\bper[- ]diem\b(?! (?:rate|allowance|stipend|expense|reimburs|pay(?:ment)?s?\b|for (?:meals|travel)|meal))/i,
    /\bcasual (?:position|status|employee|pool)\b|\bon[- ]call\/?as[- ]needed (?:position|basis)\b|\bas[- ]needed basis position\b/i,
  ],
  contract: [
    /\b(?!(?:9|10|11|12)[- ]mo)\d{1,2}[- ](?:week|month|wk|mo)s? (?:[\w-]+ )?contract\b/i,
    /(?:W-?2|1099|C2C) ?Contract\b/,
    /\bduration:? ?\d{1,2} ?\+? ?months?\b/i,
    /\bcontract(?:ed|ual)?[- ](?:position|role|job|assignment|basis|opportunity|work\b|to[- ](?:hire|perm)|w-?2|1099|or (?:part|full|employ|w-?2|perm)|duration|length)/i,
    /\b(?:w-?2|1099|c2c|corp[- ]to[- ]corp|long[- ]term|short[- ]term|part[- ]time|full[- ]time|temporary|(?:employment |job |position |work )?type:?|status:?|basis:?) ?,? ?(?:\/|or|and)? ?contract\b(?! with)/i,
    /\bindependent contractors?\b|\b1099\b|\b(?:or|as a|on a) subcontract(?:or)?\b|\bas a contractor\b|\bcontractor (?:position|role|basis|status|agreement)\b|\bcontract(?:or)? or (?:part|full|employ|w-?2)/i,
    /(?:^|[;,]\s)contract\b(?=,|\s?[.;]?$|[.;]\s)|\b(?:\d{1,2}|thirteen)[- ](?:week|wk)s? (?:[\w-]+ )?assignment\b|\b(?:six[- ]month|thirteen[- ]week) contract\b|\b12[- ]month contract (?:through|via|with) (?:our|an?|the) (?:\w+ )?(?:partner|agency|firm|vendor)\b|\b(?:weeks|months) \(contract\)|\bon contract\b|\bcontract (?:engagement|reviewers?|consultants?|trainers?|researchers?|user|designers?|clinical|peer|item)\b|\bas an? 1099 contractor\b/i,
    /^contract\b,?(?=\s?$| (?:1099|w-?2|or\b|msw|ot\b|pt\b|slp|rn\b|physical|occupational|speech|social))|\bcontract option\b|\bcontract,? (?:w-?2|1099)\b/i,
    /\bcontract(?=\s(?:recruit|therapist|occupational|physical|speech|writer|msw|rn\b|social)|\))/i,
  ],
  temporary: [
    /(?<!\b(?:on|given|receive|offered) (?:a )?)\btemporary\b(?=\s?(?:$|[,.;:()/|–-])| (?:position|role|job|assignment|appointment|employment|contract|full|part|to\b|opportunity|coverage|need|with|until|for|through|,|work\b|status|intermittent))/i,
    /\bduration:? ?\d{1,2} ?\+? ?weeks?\b/i,
    /\btemp(?: |-)(?:position|role|job|to[- ](?:hire|perm)|assignment)/i,
    /\blocum(?:s| tenens)?\b/i,
    /\bseasonal\b(?=\s?(?:$|[,.;:()/|–-])| (?:position|role|job|assignment|employment|full|part|opportunity|work\b|contract))/i,
    /\b(?:fixed|limited)[- ]term\b|\b(?:maternity|parental|medical|fmla|family) leave (?:cover|coverage|replacement)\b|\b(?:maternity|leave|fmla) (?:cover|coverage|replacement)\b|\binterim (?:position|role|assignment)\b/i,
  ],
  internship: [
    /\b(?:this|our|paid|unpaid|summer|fall|spring) internship (?:is|position|provides|offers|will|runs)\b|\binternship (?:purpose|description|duration|position)\b|\bintern position\b|\bemployment type:? internship\b/i,
  ],
  freelance: [
    /(?<!\b(?:no|not|manage|managing|hire|hiring|with|coordinate|of) )\bfreelanc(?:e|er)\b(?! (?:writers|editors|staff|designers))/i,
  ],
};
const IN_TITLE: Partial<Record<EmploymentType, RegExp>> = {
  full_time: /\bfull[- ]?time\b|(?:^|[\s(,/–-])F\/?T(?=$|[\s),/–-])/i,
  part_time: /\bpart[- ]?time\b/i,
  per_diem: /\bprn\b|\bper[- ]diem\b|\bcasual\b/i,
  contract:
    /(?<!\bgeneral )\bcontract(?:or)?\b(?! (?:therap|rehab|manufactur|research org|food|manag|specialist\b.*manag|admin|negot|analyst|compliance|law))|\b1099\b/i,
  temporary: /\btemporary\b|\btemp\b(?! licen)|\blocums?\b|\bseasonal\b|\binterim\b/i,
  internship:
    /\bintern(?:ship)?s?\b(?! (?:med|coordinat|program|manag|direct|supervis))|\b(?:fieldwork|student) placement\b|\bextern(?:ship)?\b(?! (?:coordinat|program|manag|direct|supervis))|\bpracticum\b(?! (?:coordinat|manag|direct|supervis))|\bfieldwork (?:student|intern)\b/i,
  freelance: /\bfreelanc\w+/i,
};
/** "PT" in a title is a physical therapist, unless no therapist is meant and it stands alone like a schedule. */
const PT_SCHEDULE =
  /\bPT$|\bPT (?:[Nn]ights?|[Dd]ays|[Ee]venings?|[Ww]eekends?|[Mm]ornings?|[Aa]fternoons?|\d{1,2} ?(?:hrs?|hours))\b|\bPT\s?\/\s?PRN\b|(?:^|[(–—|,-]\s?)PT(?=\s?(?:$|[)–—|,-]))|\bFT\s?\/\s?PT\b|\bPT\s?\/\s?FT\b/;
const THERAPY = /\b(?:physical|occupational|speech|therap\w*|rehab\w*|OT|SLP|PTA|DPT|COTA)\b/i;

const QUIET = new Set(['about', 'eeo', 'duties']);
const OWN_WORDS =
  /(?:this|the) (?:is|role|position|job|opportunity)\b|(?:role|job|position|employment|work)[ -]?(?:type|description|status|schedule)|\bstatus:|\bschedule:/i;
const speaksOfIt = (piece: Piece) =>
  !QUIET.has(piece.section) || OWN_WORDS.test(piece.text) || (piece.section === 'duties' && piece.text.length <= 60);
const DENIED =
  /\b(?:no|not an?|isn['’]t an?|not)\s(?:\w+\s)?(?:freelanc\w*|contract(?:or|ors)?|temporary|part[- ]?time|agenc\w+|third part\w+)\b/i;
/** Full-time and part-time people, benefits and years that are not this job's. */
const OF_OTHERS =
  /\bfull[- ]time \([^)]{0,40}\) (?:employees|staff|team)\b|\b(?:years?|months?) (?:of|in) [^.;]{0,30}\b(?:full|part)[- ]?time\b|\b(?:full|part)[- ]?time (?:benefits?|insurance)\b|\b(?:available|offered) to (?:full|part)[- ]?time\b|\b(?:for|to|all|our|both|eligible|of|\d{2,}\+?) (?:regular )?(?:(?:full|part)[- ]?time)(?:,? (?:and|or|\/|&) (?:(?:full|part)[- ]?time|per diem|prn))* (?:employees?|staff|team members?|associates|colleagues|positions? (?:receive|are eligible))\b(?! for this)|\b(?:full|part)[- ]?time (?:graduate|experience will)|\bat a full-time pace\b|\bfull- and part-time faculty\b|\b(?:into|to) an? (?:part-time\/)?full[- ]time (?:role|position)\b|\bpossib\w+ of full[- ]time\b|\bup to full[- ]time\b|\b(?:FT|full[- ]time),? (?:PT|part[- ]time),? (?:and|or) (?:PRN|per diem) (?:schedules|shifts|positions|openings|jobs|roles) (?:exist|are available|across|may)\b|\bper[- ]diem (?:colleagues|staff|team|therapists|clinicians|nurses)\b|\b(?:full|part)[- ]time(?:,? (?:and|or|\/|&) (?:full|part)[- ]time)? (?:team members?|employees?|staff|associates)\b[^.;]{0,40}\beligible\b/gi;
/** The piece with what is said of other people blanked out, offsets kept. */
const ofThisJob = (piece: Piece): Piece => ({ ...piece, text: piece.text.replace(OF_OTHERS, others => ' '.repeat(others.length)) });

function declared(piece: Piece, type: EmploymentType): Evidence | null {
  for (const pattern of WORDINGS[type]) {
    const found = spot(piece, pattern);
    if (found && !DENIED.test(piece.text.slice(Math.max(0, found.start - piece.start - 24), found.end - piece.start))) return found;
  }
  return null;
}

/** How one is employed, as far as it is said: the board's own field wins. Weekly hours alone make no full-time job, benefits "for full-time employees" neither. */
export function readEmploymentTypes(reading: Reading): Finding<EmploymentType[]> {
  const stated = reading.input.stated?.employmentTypes ?? [];
  if (stated.length > 0) return { value: [...stated], evidence: [] };
  const pieces = reading.about('type').filter(speaksOfIt).map(ofThisJob);
  const value: EmploymentType[] = [];
  const evidence: Evidence[] = [];
  let contractor = false;
  for (const type of EMPLOYMENT_TYPES) {
    const found = titled(reading.title, type) ?? firstDeclared(pieces, type);
    if (!found) continue;
    // A contract of some weeks, or to fill in for somebody, is told by its being a contract.
    if (type === 'temporary' && value.includes('contract') && /interim|duration/i.test(found.text)) continue;
    // Freelance work is done on a contractor's papers; saying so twice tells nothing.
    if (type === 'freelance' && contractor) drop(value, evidence, 'contract');
    if (type === 'contract') contractor = /contractor|1099/i.test(found.text);
    value.push(type);
    evidence.push(found);
  }
  return { value, evidence };
}

function drop(value: EmploymentType[], evidence: Evidence[], type: EmploymentType): void {
  const at = value.indexOf(type);
  if (at < 0) return;
  value.splice(at, 1);
  evidence.splice(at, 1);
}

function titled(title: Piece | null, type: EmploymentType): Evidence | null {
  const pattern = IN_TITLE[type];
  if (!title || !pattern) return null;
  const found = spot(title, pattern);
  if (found || type !== 'part_time') return found;
  return THERAPY.test(title.text) && !/\bFT\s?\/\s?PT\b|\bPT\s?\/\s?FT\b/.test(title.text) ? null : spot(title, PT_SCHEDULE);
}

function firstDeclared(pieces: readonly Piece[], type: EmploymentType): Evidence | null {
  for (const piece of pieces) {
    const found = declared(piece, type);
    if (found) return found;
  }
  return null;
}
