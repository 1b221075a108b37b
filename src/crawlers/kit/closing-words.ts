import type { CheerioAPI } from 'cheerio';
import { toText } from '../../posting/html.ts';
import { loadHtml } from './html.ts';
import { takeAway } from './take-away.ts';

const NOUN = '(?:position|job|role|posting|vacancy|requisition|opening|listing|opportunity)(?: (?:posting|listing|opening|opportunity))?';
/** "The job (that) you are trying to apply for" (Phenom), "the position you were looking for" (HRM Direct). */
const SOUGHT =
  "(?: (?:that )?you(?: are| were|['’]re| have)? (?:trying to (?:apply for|view|reach)|looking for|requested|selected|applied (?:for|to)))?";
const NO_LONGER =
  'no longer (?:available|open|active|posted|online|listed|exists|accepting (?:new )?(?:applications|applicants|candidates))';
const STATE = [
  NO_LONGER,
  '(?:has|have) (?:now |already |since |recently )?(?:been )?(?:filled|closed|removed|withdrawn|expired)',
  '(?:is|was) (?:now |already |currently )?(?:filled|closed|removed|withdrawn|expired)',
  "(?:could not|cannot|can['’]t) be found",
  '(?:was |is )?not found',
  "(?:does not|doesn['’]t|did not) exist",
  'expired',
].join('|');
/** What follows must not say more: "closed on federal holidays", "closed to the public" and "removed from the floor" are other matters. */
const DAY =
  '(?:sun|mon|tues|wednes|thurs|fri|satur)day\\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \\d|\\d|today|yesterday';
const MORE = `(?: (?:now|already|here|at (?:this|the) (?:time|moment)|on (?:this|our) (?:web)?site|(?:on|as of|since) (?:${DAY})[^,;]*))?`;
const END = `${MORE}(?=\\s*(?:$|[,;:()|–—]|- | (?:and|or|but|because|due|as|since)\\b))`;
const IS = `(?: (?:is|are|either|has been))*`;

/** Said of some posting, or of none in particular. */
const SAID = new RegExp(`\\b(?:${NOUN}${SOUGHT}${IS} (?:${STATE})|${NO_LONGER})${END}`, 'i');
/** Said of the posting whose page it is, in a sentence that begins with it or comes to it after a pause. */
const OF_THIS = new RegExp(
  `^(?:(?:.{0,80}(?:[,:;!–—]|- | (?:that|but|as|because)) ?)?(?:this|the) (?:requested |selected )?${NOUN}${SOUGHT}|(?:error:? |sorry[,:]? |oops[,:]? )?${NOUN})${IS} (?:${STATE})${END}`,
  'i',
);
const HAS_STATE = new RegExp(STATE, 'i');
/** A condition, or a day to come: "until such time as the position is filled", "if the job is no longer available". */
const TO_COME = /\b(?:until|till|when|whenever|once|if|after|before|unless|whether|should|may|might|in case)\b/i;

const HIDDEN =
  'script, style, template, noscript, [hidden], [aria-hidden="true"], dialog:not([open]), [role="dialog"], [role="alertdialog"], ' +
  '.modal, .hidden, .hide, .d-none, [style*="display:none" i], [style*="display: none" i]';
/** A page with less text says little besides its closing words. */
const SHORT = 600;
/** So much of a page is read for them, and of a sentence. */
const MOST_TEXT = 20_000;
const LONGEST = 400;

/**
 * Whether a page says that its posting is closed: `page`, in its title or first heading, or where it says little else; `sentence`, somewhere in a
 * longer page; null, nowhere. What is hidden is not said, and a sentence on another job, a day to come or opening hours is no such word.
 */
export function closingOf($: CheerioAPI): 'page' | 'sentence' | null {
  if (!HAS_STATE.test(squeezed($.root().text())) && !HAS_STATE.test($('meta[property="og:title"]').attr('content') ?? '')) return null;
  const shown = loadHtml($.html());
  takeAway(shown(HIDDEN).toArray());
  const heads = [
    shown('meta[property="og:title"]').attr('content') ?? '',
    ...shown('title, h1')
      .toArray()
      .map(head => shown(head).text()),
  ];
  if (heads.flatMap(sentences).some(says(SAID))) return 'page';
  // Squeezed first: a long run of spaces costs the cleaning of HTML its square.
  const text = cutAt(MOST_TEXT, toText(squeezed(shown('body').html() ?? '')));
  const told = sentences(text);
  if (text.length <= SHORT && told.some(says(SAID))) return 'page';
  return told.some(says(OF_THIS)) ? 'sentence' : null;
}

/** Whether a sentence has these words, and no condition in front of them. */
function says(words: RegExp): (sentence: string) => boolean {
  return sentence => {
    const found = words.exec(sentence);
    return found !== null && !TO_COME.test(sentence.slice(0, found.index + found[0].length));
  };
}

function sentences(text: string): string[] {
  return text.split(/\n+|(?<=[.!?])\s+/).map(sentence => cutAt(LONGEST, squeezed(sentence)).replace(/^- |[.!?\s]+$/g, ''));
}

/** What is cut off ends with a sign that closing words do not end with. */
const cutAt = (most: number, words: string) => (words.length > most ? `${words.slice(0, most)} …` : words);

const squeezed = (words: string) => words.replace(/\s+/g, ' ').trim();
