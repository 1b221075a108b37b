import { evidenceIn, type Finding, type Reading, spot } from './reading.ts';

const NONE = /\bno (?:heavy )?lifting\b/i;
const POUNDS = /(?<![\d.$])(\d{1,3})\s?(?:\+\s?)?(?:lbs?\b\.?|pounds?\b|#)/gi;
const WORK = /\b(?:lift\w*|carry\w*|push\w*|pull\w*|exert\w*|force|transfer\w*|move|moving|handle)\b/i;
/** More than anybody is asked to lift alone; such figures are of patients, equipment or vehicles. */
const MOST = 150;

/** The heaviest weight the job asks one to lift, carry, push or pull, in pounds; 0 for "no lifting". */
export function readLifting(reading: Reading): Finding<number> | null {
  let heaviest: Finding<number> | null = null;
  const pieces = reading.about('lifting').filter(({ section }) => section !== 'about' && section !== 'eeo');
  for (const piece of pieces) {
    if (!WORK.test(piece.text)) continue;
    for (const match of piece.text.matchAll(POUNDS)) {
      const pounds = Number(match[1]);
      if (pounds === 0 || pounds > MOST || (heaviest && heaviest.value >= pounds)) continue;
      heaviest = { value: pounds, evidence: [evidenceIn(piece, match.index, match[0].length)] };
    }
  }
  if (heaviest) return heaviest;
  for (const piece of pieces) {
    const none = spot(piece, NONE);
    if (none) return { value: 0, evidence: [none] };
  }
  return null;
}
