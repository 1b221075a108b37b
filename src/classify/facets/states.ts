import type { Evidence } from '../classification.ts';
import { evidenceIn, type Finding, type Piece, type Reading } from './reading.ts';

const STATES: Record<string, string> = {
  ...{ alabama: 'AL', alaska: 'AK', arizona: 'AZ', arkansas: 'AR', california: 'CA', colorado: 'CO', connecticut: 'CT', delaware: 'DE' },
  ...{ florida: 'FL', georgia: 'GA', hawaii: 'HI', idaho: 'ID', illinois: 'IL', indiana: 'IN', iowa: 'IA', kansas: 'KS', kentucky: 'KY' },
  ...{ louisiana: 'LA', maine: 'ME', maryland: 'MD', massachusetts: 'MA', michigan: 'MI', minnesota: 'MN', mississippi: 'MS' },
  ...{ missouri: 'MO', montana: 'MT', nebraska: 'NE', nevada: 'NV', 'new hampshire': 'NH', 'new jersey': 'NJ', 'new mexico': 'NM' },
  ...{ 'new york': 'NY', 'north carolina': 'NC', 'north dakota': 'ND', ohio: 'OH', oklahoma: 'OK', oregon: 'OR', pennsylvania: 'PA' },
  ...{ 'rhode island': 'RI', 'south carolina': 'SC', 'south dakota': 'SD', tennessee: 'TN', texas: 'TX', utah: 'UT', vermont: 'VT' },
  ...{
    virginia: 'VA',
    washington: 'WA',
    'west virginia': 'WV',
    wisconsin: 'WI',
    wyoming: 'WY',
    'district of columbia': 'DC',
    'puerto rico': 'PR',
  },
};
const CODES = new Set(Object.values(STATES));
/** Codes that are also words or other abbreviations when written in capitals; they count only beside another code or a licence word. */
const AMBIGUOUS = new Set([
  'IN',
  'OR',
  'ME',
  'OK',
  'HI',
  'PA',
  'MA',
  'MS',
  'LA',
  'ID',
  'DE',
  'CO',
  'AL',
  'MD',
  'OH',
  'VA',
  'PR',
  'MO',
  'CT',
  'DC',
  'NE',
]);
const NAMES = Object.keys(STATES)
  .sort((a, b) => b.length - a.length)
  .join('|');
const PLACE = new RegExp(`\\b(?:(${NAMES})|(${[...CODES].join('|')}))\\b`, 'gi');

const LICENSE = /\blicens(?:e|es|ed|ure|ing)\b|\blicences?\b|\bregistration\b/i;
/** Words that limit where the holder of a remote job may live. */
const LIMIT =
  /\b(?:must |should |to |you )?(?:resid(?:e|es|ing|ents?)|liv(?:e|es|ing)|be (?:located|based)|located|based)\b[^.;]{0,30}\b(?:in|within|of|one of)\b|\bresidents? of\b|\bopen to (?:candidates|applicants|residents)\b|\bavailable (?:only )?in\b|\bremote,? (?:in|within|from|-|–|—|\()/i;
const NOT_LICENCE = /\b(?:driver['’]?s?['’]?|driving|real estate|cosmetology|business|vehicle)\s(?:operator['’]?s\s)?licen[cs]e/i;
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay']);
const REACH = 90;

/** States a licence must be held in, or a remote job is limited to, as USPS codes in the order told. */
export function readStates(reading: Reading): Finding<string[]> {
  const value: string[] = [];
  const evidence: Evidence[] = [];
  const add = (piece: Piece, cue: RegExp) => {
    const match = cue.exec(piece.text);
    if (!match) return;
    for (const { code, at, length } of placesIn(piece.text, match.index, match.index + match[0].length)) {
      if (value.includes(code)) continue;
      value.push(code);
      evidence.push(evidenceIn(piece, at, length));
    }
  };
  for (const piece of reading.about('states')) {
    if (QUIET.has(piece.section)) continue;
    if (!NOT_LICENCE.test(piece.text)) add(piece, LICENSE);
    if (piece.section !== 'duties') add(piece, LIMIT);
  }
  for (const piece of [reading.title, reading.location]) {
    if (!piece) continue;
    // "Remote, USA; San Mateo, CA" limits the remote part to no state.
    for (const part of piece.text.matchAll(/[^;/]+/g)) {
      if (/\bremote\b/i.test(part[0])) add({ ...piece, start: piece.start + part.index, text: part[0] }, /\bremote\b/i);
    }
  }
  return { value, evidence };
}

/** Places named within reach of a cue and not past the end of its sentence. */
function placesIn(text: string, from: number, to: number): { code: string; at: number; length: number }[] {
  const start = Math.max(0, from - REACH);
  const near = text.slice(start, to + REACH);
  const found = [...near.matchAll(PLACE)].flatMap(match => {
    const name = match[1]?.toLowerCase();
    const written = match[2];
    if (name) return [{ code: STATES[name] as string, at: start + match.index, length: match[0].length, sure: true }];
    if (!written || written !== written.toUpperCase()) return [];
    return [{ code: written, at: start + match.index, length: written.length, sure: !AMBIGUOUS.has(written) }];
  });
  return found.filter((place, nth) => {
    if (/^\s(?:state )?(?:university|college)/i.test(text.slice(place.at + place.length, place.at + place.length + 16))) return false;
    // Before the cue only what stands right at it: "Texas OT license", not "our Texas team works with licensed therapists".
    if (
      place.at < from &&
      !/^(?:[\s,/&]|or\b|and\b|state\b|[A-Z]\w*|['’]s\b|occupational|physical|speech|therap\w*|language|pathology|nursing|professional|registered|clinical|practical|drug|compact)*$/.test(
        text.slice(place.at + place.length, from),
      )
    )
      return false;
    if (name(text, place.at, /\b(?:university|college|city) (?:of )?$/i)) return false;
    if (place.sure) return true;
    const beside = [found[nth - 1], found[nth + 1]].some(other => other && Math.abs(other.at - place.at) <= 6);
    const licensed = /^\s(?:state )?(?:OT|PT|SLP|RN|PTA|OTA|COTA|license|licence|licensure)\b/i.test(
      text.slice(place.at + 2, place.at + 14),
    );
    return licensed || (beside && place.code !== 'OR');
  });
}

function name(text: string, at: number, before: RegExp): boolean {
  return before.test(text.slice(Math.max(0, at - 16), at));
}
