import { evidenceIn, type Finding, type Reading, spot } from './reading.ts';

const NONE =
  /\b(?:no|zero) (?:overnight |required )?travel(?:l?ing)?\b(?! (?:pay|time|reimb))|\btravel(?:l?ing)?(?: required| requirements?| percentage)?(?: is|:)? ?(?:not required|none\b|no\b|n\/a|0\s?%)|\bnot required to travel\b/i;
const SHARE = String.raw`(\d{1,3})\s?%?(?:\s?(?:-|[\u2010-\u2015\u2212]|to)\s?(\d{1,3}))?\s?(?:%|percent\b)`;
const AFTER = new RegExp(`\\btravel(?:s|l?ing|ed)?\\b[^;%\n]{0,40}?${SHARE}`, 'i');
const BEFORE = new RegExp(`${SHARE}[^.;,%]{0,40}?\\btravel(?:l?ing)?\\b`, 'i');
const QUIET = new Set(['about', 'eeo', 'benefits']);

/** Share of the time spent travelling, in percent; the upper end of a range, 0 for "no travel". */
export function readTravel(reading: Reading): Finding<number> | null {
  const pieces = reading.about('travel').filter(piece => !QUIET.has(piece.section));
  for (const piece of pieces) {
    for (const pattern of [AFTER, BEFORE]) {
      const match = pattern.exec(piece.text);
      const share = match && Number(match[2] ?? match[1]);
      if (match && share !== null && share <= 100) return { value: share, evidence: [evidenceIn(piece, match.index, match[0].length)] };
    }
  }
  for (const piece of pieces) {
    const none = spot(piece, NONE);
    if (none) return { value: 0, evidence: [none] };
  }
  return null;
}
