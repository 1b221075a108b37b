import type { Facets } from '../classification.ts';
import { type Finding, type Reading, spot } from './reading.ts';

type Seniority = NonNullable<Facets['seniority']>;

/** Who a "manager" manages is not people in these titles. */
const NO_PEOPLE = String.raw`(?<!\b(?:case|care|account|accounts|product|project|program|territory|success|relationship|risk|claims|utilization|contract|content|community|engagement|partner|sales|market access|benefits|data|field case|disability|nurse case|office|practice relations) )`;

/** Rank → wordings in a title, the highest first. */
const IN_TITLE: readonly (readonly [Seniority, RegExp])[] = [
  [
    'executive',
    /\b(?:vice president|[se]?vp\b|president|chief (?:\w+ ){1,3}officer|c[eofmts]o\b|cno\b|executive director|managing director)/i,
  ],
  ['director', /\b(?:director|dor\b|head of|dean|department chair|administrator)\b/i],
  ['manager', new RegExp(`${NO_PEOPLE}\\bmanager\\b|\\b(?:supervisor|supervisory|team manager|superintendent|chief)\\b`, 'i')],
  ['lead', /\b(?:lead|team leader|principal|staff (?:engineer|designer|researcher))\b(?![- ](?:gen|risk|safe|based|paint))/i],
  ['senior', /\b(?:senior|sr\b\.?|advanced practice|III\b|level 3)/i],
  ['mid', /\b(?:mid[- ]level|intermediate|II\b|level 2)\b/i],
  ['entry', /\b(?:entry[- ]level|junior|jr\b\.?|trainee|intern\b|internship|new grad(?:uate)?s?|apprentice|level 1|early career)/i],
];
const IN_TEXT: readonly (readonly [Seniority, RegExp])[] = [
  ['entry', /\b(?:seniority(?: level)?|career level|experience level):? ?(?:entry)/i],
  ['mid', /\b(?:seniority(?: level)?|career level|experience level):? ?(?:mid|associate)/i],
  ['director', /\b(?:seniority(?: level)?|career level):? ?director/i],
  ['executive', /\b(?:seniority(?: level)?|career level):? ?executive/i],
  ['entry', /\b(?:this is )?an? entry[- ]level (?:position|role|job|opportunity)\b/i],
];

/** Who works for an executive or a director is none. */
const AIDE = /\b(?:executive assistant|assistant to|chief of staff|office of (?:the )?(?:c[eofmts]o|chief)|secretary)\b/i;

/** The rank the title gives, else the one the text states outright. "Case manager" and "account manager" lead no people. */
export function readSeniority(reading: Reading): Finding<Seniority> | null {
  const aide = reading.title !== null && AIDE.test(reading.title.text);
  for (const [value, pattern] of IN_TITLE) {
    if (aide && (value === 'executive' || value === 'director')) continue;
    const found = reading.title && spot(reading.title, pattern);
    if (found) return { value, evidence: [found] };
  }
  for (const piece of reading.about('level')) {
    for (const [value, pattern] of IN_TEXT) {
      const found = spot(piece, pattern);
      if (found) return { value, evidence: [found] };
    }
  }
  return null;
}
