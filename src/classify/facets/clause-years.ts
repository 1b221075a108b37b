import type { Piece } from './reading.ts';

/** Where a clause or list entry begins: at the start of the sentence, behind a colon or semicolon, behind a label. */
const OPENS = /(?:^\W*|[;:(]\s?|\s[-–—]\s|\b(?:either|preferably not less than)\s)$/i;
/** Behind a comma or "and" only what stands beside a credential is one more demand: "RN, two years bedside", "CEAS and a year of this". */
const JOINS = /(?:,\s?|,?\s(?:and|or|plus|with)\s)$/i;
const CREDENTIAL = [
  /\b(?:licen[cs]\w*|certif\w*|credential\w*|degree|diploma|bachelor\w*|associate['’]s|master['’]?s|doctor\w*|ged|registration|therapists?|pathologists?|nurses?|clinicians?|assistants?|background)\b/i,
  /\b(?:RN|LPN|LVN|BSN|MSN|OTR|OTR\/L|OTs?|PTs?|SLPs?|PTAs?|COTAs?|COTA\/L|OTAs?|CCCs?(?:-SLP)?|LCSW|LMSW|MSW|CMA|CNA|CEAS|CCM|ATP|CPE|BS|BA|MS|MA|MBA|PhD)\b/,
];
/** Who has or needs them: "You have four years", "who holds a licence, has a year of practice". */
const HAS =
  /\b(?:has|have|having|holds?|with|needs?|needed|brings?|bringing|wants?|seeks?|require[sd]?|requiring|(?:just|only|about|roughly|some))\s$/i;

/** Whom one treats or serves has symptoms and coverage, not experience. */
const OF_OTHERS =
  /\b(?:patients?|clients|children|kids|adults|people|members|residents|students|veterans|families|survivors|participants|workers|employees|customers|company|firm|grant|study)\s(?:[\w-]+\s){0,3}$/i;

/** What follows when a span of time is a stretch of one's work: a preposition, a further clause, a noun of the field. */
const OF_WORK =
  /^(?:\s(?:or more\s)?(?:of|in|as|with|within|on|at|past|post|beyond|doing|working|selling|teaching|treating|managing|practi[cs]ing|coding|writing|recruiting|running an?|leading)\b|\s?(?:$|[.;,)]))/i;
const BARE_NOUN = /^\s(?:(?:[a-z]+|[A-Z][\w&/+-]*)\b)/;
/** What shows that it is something else: a length, a date, a promise, a story. */
const OTHER_SPAN =
  /^(?:\s(?:to|for|after|before|from|later|down|ahead|into|until|till|since|ago|on average|strong|straight|young|new|guaranteed|left|long|apart|maternity|parental|paternity|medical|cover\w*|leave|fixed|temp\w*|full|part|w-?2|1099|travel|assign\w*|guarantee\w*|renew\w*|exten\w*|option\w*|initial\w*|in our\b|with (?:an? )?(?:option|possib\w*|renew\w*|exten\w*|pay\b|benefits|full|our\b|us\b|the (?:company|team|same))|in (?:advance|a row|length|duration|total|the making|business|operation|prison|jail)|in\b(?=[,.])|at (?:the|our) (?:company|firm)|of (?:the|our|company|employer|support|funding|parental|maternity|tuition|coverage|severance|malpractice|cash|stable|steady|continuous growth|records?|data|claims|statements|tax|supervision|salary|base|housing|pto|vacation|sick|vesting|symptoms?|cme|ceus?|runway|therapy|treatment|life|marriage|data|mentoring|follow[- ]up)|is|are|was|were|will|can|may|and you|you|we|they|he|she|it|our|this|that|when|while|if|because|which|who|running\b(?! an? (?:clinic|team|department|business|practice|program|crew|store|office)\b)|starting|beginning|or (?:older|longer|over|less|until))\b|\s?[,;]?\s?(?:renewable|non-?renewable|extendable|with option|then|and then|after which|you|we|we['’]ve)\b|\s?[,(]\s?(?:full|part|w-?2|1099|contract|temporary|starting|beginning|possib\w*|with (?:an? )?(?:option|possib\w*)))/i;
/** A piece that speaks of the length of the job, of study or of history. */
const LENGTH =
  /\b(?:duration|term|length|temporary|contract|interim|assignment|locum|internship|residency|fellowship|program (?:is|runs|lasts)|lease|warranty|founded|since (?:19|20)\d\d|history|anniversary)\b/i;

/** Whether the words around a span tell of a length, a promise or a story, or of what patients and customers have. */
export function isOtherSpan(before: string, after: string): boolean {
  return OTHER_SPAN.test(after) || (HAS.test(before) && OF_OTHERS.test(before));
}

/**
 * Whether a span of years is a demand by its place alone, with no word such as "experience" near it: "Two years in human factors.",
 * "RN; two years bedside", "has a year of recent practice". `at` and `end` are offsets of the span in the piece.
 */
export function opensDemand(piece: Piece, at: number, end: number): boolean {
  const { text } = piece;
  const before = text.slice(Math.max(0, at - 160), at);
  const clause = before.split(/;\s/).at(-1) ?? '';
  const after = text.slice(end, end + 60);
  if (isOtherSpan(before, after) || LENGTH.test(clause)) return false;
  const ofWork = OF_WORK.test(after);
  const has = HAS.test(before);
  const joined = JOINS.test(before) && (CREDENTIAL.some(word => word.test(before)) || text.slice(at, end).includes('+'));
  if (!OPENS.test(before) && !joined && !has) return false;
  if (ofWork) return true;
  return BARE_NOUN.test(after) && (joined || has || /^[^,.;]{1,40}(?:[,.;]|$)/.test(after));
}
