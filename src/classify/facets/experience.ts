import type { Evidence } from '../classification.ts';
import { isOtherSpan, opensDemand } from './clause-years.ts';
import { evidenceIn, type Piece } from './reading.ts';

const NUMBERS: Record<string, number> = {
  ...{ zero: 0, a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ couple: 2, eleven: 11, twelve: 12, fifteen: 15, eighteen: 18, twenty: 20 },
};
export const NUMBER = String.raw`(?:\d{1,2}(?:\.\d)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty)`;
export const DASH = String.raw`\s?(?:-|[\u2010-\u2015\u2212]|to|or)\s?`;
/** A number of years or months, or a range of them; boards that lose line ends glue the next word on ("3 yearsBachelor's"). */
export const SPAN = new RegExp(
  `(?<![\\w$,-]|\\d\\.)(?<low>${NUMBER})\\s?(?:\\(\\s?\\d{1,2}\\s?\\)\\s?)?\\+?(?:${DASH}(?<high>${NUMBER})\\s?(?:\\(\\s?\\d{1,2}\\s?\\)\\s?)?\\+?)?\\s?(?:(?:or more|plus|full|calendar|additional|recent|full[- ]time|continuous|progressive|consecutive|minimum|such|solid|combined|total)\\s){0,2}-?(?<unit>years?|yrs?|months?|mos)(?:\\b(?!-)|(?=(?-i:[A-Z])))`,
  'gi',
);
/** A form's field: "Years of experience: 5". */
const FIELD =
  /\b(?<unit>years)(?: of)? (?:related |relevant |work |clinical )?experience(?: required| needed)?\s?[:=]\s?(?<low>\d{1,2})(?!\d)/gi;
const A_YEAR =
  /\b(?:at least|minimum(?: of)?|least) an? (?<unit>year|month)\b|\ba (?<low>couple)(?: of)? (?<units>years)\b|(?<=^\W*|[;:,]\s|\b(?:and|with|has|have|having|needs?|brings?|or|plus|least)\s)an? (?<full>year)(?: or (?:more|two|so))?(?=\s(?:of|in|as|with|past|at|doing|working|post)\b)/gi;

/** Words behind a span of time that make it something else than experience. */
const NOT_EXPERIENCE_AFTER =
  /^['’]?s?[\s,]{0,2}(?:\)?\s)?(?:old\b|of age\b|ago\b|in business|in a row|(?:and|or) (?:older|over|under|younger|above)|to \d+ years|warranty|contract|term\b|assignment|commitment|appointment|program\b|degree|college|university|institution|residency|lease|anniversary|tenure|duration|from (?:date|hire|start|the date)|of (?:hire|employment|start|your|service\b|progressively higher|graduate (?:education|study|school)|undergraduate|college|university|education(?! (?:and|or|&) experience)|full-time (?:graduate|study)|study|schooling|academic|research training|age\b|paid\b|training\b(?! (?:experience|and))|mentor(?:ship|ing)\b|leave\b|severance|growth\b|success\b|innovation|history|excellence|orientation\b|onboarding\b(?! experience)|free\b)|(?:paid|mentorship|training|orientation|onboarding)\b|(?:service|work) guarantee|out of|after (?:hire|graduation|starting)|per\b|each\b|at a time|probation)/i;
/** Words before it that do. */
const NOT_EXPERIENCE_BEFORE =
  /(?:\b(?:ages?|aged|within|every|first|next|last|past|previous|after|under|until|up to|during|in|over the|through|celebrating|nearly|almost|since|per|(?<!no )less than|no more than|term|renewable|lasts?|runs?|takes?|duration:?)(?:\s(?:a|an|the|of|about|approximately|your))?|\bages?\b[^,;.]{0,24})\s?[(:]?\s?$/i;
const HISTORY_BEFORE =
  /(?<!\b(?:licensed|practic\w+|worked|held|certified|employed|registered|experience|asks?|look|looks|looking|calls?)\s)\bfor (?:over |more than |nearly |almost |about |the (?:last|past) )?$/i;
const WORK = /\b(?:experience|experienced|exp|practice|background|minimum|at least|required?|requires|must|need|equivalent|comparable)\b/i;
/** A sentence that lists what one must have, whatever part it stands in. */
const ASKS =
  /\b(?:licen[cs]ed?|licensure|degree|diploma|certif\w*|ability to|we want|ideal (?:person|hire)|you need|to qualify|candidates?)\b/i;
/** The employer's own years: "our company has more than 20 years experience". */
const OURS =
  /\b(?:company|we|our|firm|organization|inc|llc|team|group|agency|founder|owner)\b(?!.*\b(?:require|need|want|seek|look|ask|prefer)\w*)[^.;]{0,40}\b(?:has|have|with|brings?|offers?|boasts?|for)\b[^.;]{0,20}$|\b(?:hospital|(?<!\b(?:active|clinical|current|recent) )practice|clinic|center|provider|leader|system|university|college|school|startup|brand) (?:with|of) (?:over |more than |nearly )?$/i;
/** Who is looked for: "therapists with 4+ years in acute rehab". */
const SOMEONE = /\b(?:with|need|look(?:ing)?|want|you|someone|candidates?|applicants?|bring|have)\b[^.;]{0,24}$/i;
/** Whom one leads or treats: "supervise staff with two years of practice". */
const OF_STAFF =
  /\b(?:staff|clinicians|therapists|students|employees|patients|clients|residents|members|colleagues) (?:with|who have|having) (?:\w+ ){0,2}$/i;
/** Nobody is asked for more; longer spans are ages and histories. */
const LONGEST_DEMAND = 15;
const OURS_AFTER = /^[^.;]{0,40},\s(?:our|we|the company)\b/i;
const EXEMPT = /\bexempt\b|\bmay (?:be )?(?:substitut|waive)\w*/i;
/** Parts of a posting in which years are rarely a demand. */
export const QUIET = new Set(['about', 'eeo', 'benefits', 'pay']);
/** Years of experience one piece demands: `at` to `end` of its text. */
export type Demand = { piece: Piece; years: number; at: number; end: number; evidence: Evidence };

function yearsOf(match: RegExpMatchArray): number {
  const low = (match.groups?.low ?? 'one').toLowerCase();
  const count = NUMBERS[low] ?? Number(low);
  return /^mo/i.test(match.groups?.unit ?? '') ? Math.round((count / 12) * 100) / 100 : count;
}

const WISHED =
  /\b(?:preferr?ed|preferably|prefer|desired|desirable|ideal|a plus|a bonus|nice to have|advantage(?:ous)?|helpful|an asset|strongly encouraged|beneficial)\b/i;

/** Whether the words around a span of time only wish for it. A wish behind a comma belongs to what stands there ("two years at least, clinic preferred"). */
function isWish(text: string, at: number, end: number, next: number): boolean {
  const behind = text.slice(end, Math.min(text.length, next, end + 160));
  const clause = behind.split(/[;.•](?:\s|$)/)[0] ?? '';
  const wish = WISHED.exec(clause);
  const demand = /\b(?:required|must|minimum|mandatory)\b/i.exec(clause);
  if (wish && !(demand && demand.index < wish.index)) {
    const between = clause.slice(0, wish.index);
    const lastComma = between.lastIndexOf(',');
    const ofPlace = /^\s(?:in|with|at|from|within|on)\b/.test(clause.slice(wish.index + wish[0].length)) && lastComma >= 0;
    if (ofPlace) return false;
    // "in home health, hospice or SNF preferred" is one list, wished for as a whole.
    const list =
      !/\b(?:at least|minimum)\b/i.test(text.slice(Math.max(0, at - 24), at)) &&
      /^[^,]{0,40}\b(?:in|at)\s[^,]+,/i.test(between) &&
      /\b(?:or|and)\b/i.test(between.slice(lastComma + 1)) &&
      !/^\s?and\b.*\b(?:is|are|strongly|highly)\b/i.test(between.slice(lastComma + 1));
    if (list) return true;
    if (lastComma < 0 || /^[\s,]*(?:strongly |highly |is |are |but |not |though |also )*$/i.test(between.slice(lastComma + 1))) return true;
  }
  const before = (
    text
      .slice(Math.max(0, at - 60), at)
      .split(/[;.•*|](?:\s|$)|\s[-–]\s|\brequired\b/i)
      .at(-1) ?? ''
  ).replace(/\([^)]{0,30}$/, '');
  return /\b(?:preferr?ed|preferably|ideally|prefer|desired|nice to have|bonus|desirable|would love(?: it)? if)\b(?:\W{1,3}\w+){0,5}\W{0,4}$/i.test(
    before,
  );
}

/** The years of experience a piece demands; ages, histories, study and wishes are none. */
export function demandsOf(piece: Piece): Demand[] {
  const { text, section } = piece;
  const spans = [...text.matchAll(SPAN), ...text.matchAll(A_YEAR), ...text.matchAll(FIELD)].sort((a, b) => a.index - b.index);
  return spans.flatMap((match, nth) => {
    const at = match.index;
    const end = at + match[0].length;
    const before = text.slice(Math.max(0, at - 60), at);
    if (
      /-\s?(?:year|yr|month)/i.test(match[0]) &&
      !/^s?\s(?:of\s)?(?:[\w-]+\s){0,3}(?:experience|minimum)\b/i.test(text.slice(end, end + 60))
    )
      return [];
    const after = text.slice(end, end + 60);
    if (yearsOf(match) > LONGEST_DEMAND) return [];
    if (NOT_EXPERIENCE_AFTER.test(after) || NOT_EXPERIENCE_BEFORE.test(before)) return [];
    if (HISTORY_BEFORE.test(before) && !/^\W*experience\b/i.test(text)) return [];
    const near = (before.split(/[;.]\s/).at(-1) ?? '') + (after.replace(/^\./, '').split(/[;.](?:\s|$)/)[0] ?? '');
    const demanding = section === 'requirements' || section === 'preferred';
    if (EXEMPT.test(after.split(/[;.](?:\s|$)/)[0] ?? '') || OURS.test(before.split(/[;.]\s/).at(-1) ?? '') || OURS_AFTER.test(after))
      return [];
    const leads = at <= 2 && /\+|\d\s?[-–]\s?\d/.test(match[0]);
    const ofSomeone =
      section !== 'duties' &&
      /^(?:\s(?:of|in|as|with|working|selling)\b|\s?[,.;]|\s?$)/i.test(after) &&
      SOMEONE.test(before) &&
      !isOtherSpan(before, after);
    if (!demanding && !leads && !ofSomeone && !WORK.test(near) && !ASKS.test(text) && !opensDemand(piece, at, end)) return [];
    if (section === 'duties' && OF_STAFF.test(before)) return [];
    // The employer's own history ("over 10 years in project management") stands in these parts too; a demand there begins its sentence.
    if (QUIET.has(section) && !/(?:^\W*|\b(?:minimum(?: of)?|at least|must have|requires?)\s|[a-z]\.?)$/.test(before)) return [];
    if (section === 'preferred' && !/\brequired\b|\bminimum\b|\bmust\b/i.test(near)) return [];
    if (isWish(text, at, end, spans[nth + 1]?.index ?? text.length)) return [];
    return [{ piece, years: yearsOf(match), at, end, evidence: evidenceIn(piece, at, match[0].length) }];
  });
}
