import type { Facets } from '../classification.ts';
import { clauseAt, evidenceIn, type Finding, type Piece, type Reading, WISH } from './reading.ts';

type Degree = NonNullable<Facets['degree']>;
type Found = { rank: number; at: number; length: number };

/** From the least to the most; rank 0 is school, which is no degree. */
const LADDER: readonly (readonly [number, RegExp])[] = [
  [
    0,
    /\b(?:high school (?:diploma|graduate|degree|education)|h\.?s\.? diploma|ged\b|diploma or equiv\w*|no degree (?:is )?(?:required|needed|necessary))/gi,
  ],
  [
    1,
    /\bassociate['’]?s?(?:['’]s)? (?:degree|of (?:applied )?(?:science|arts)|in\b|or\b|level)|\bA\.?A\.?S\b|\b(?:ADN|associate degree)\b/gi,
  ],
  [
    2,
    /\b(?:bachelor['’]?s?\b|bachelors\b|baccalaureate\b|undergraduate degree|B\.?S\.?N\b|B\.?S\.?\/?B\.?A\.?\b|B\.S\.|B\.A\.|BS\b(?= (?:in|degree|or|\+|required|with))|BA\b(?= (?:in|degree|or|required|with))|four[- ]year degree|4[- ]year (?:college )?degree|college degree|(?<!\b(?:master|doctor|associate)\S{0,4}\s|doctoral\s|graduate\s|advanced\s|terminal\s|high school\s)degree in\b|university degree)/gi,
  ],
  [
    3,
    /\b(?:master['’]?s?(?: degree|['’]s| of| in| or| level| required| prepared)|masters\b|M\.?S\.?N\b|MBA\b|MPH\b|MHA\b|MSOT\b|MOT\b|MSPT\b|MPT\b|M\.S\.|M\.A\.|MS\b(?= (?:in|degree|or|CCC))|graduate degree|advanced degree)/gi,
  ],
  [
    4,
    /\b(?:doctor(?:ate|al)\b(?! (?:capstone|students?|program\b))|doctor of (?:physical|occupational|philosophy|education)|Ph\.?\s?D\b\.?|Ed\.?D\b|DPT\b|OTD\b|ScD\b|DHSc\b|DNP\b)/gi,
  ],
];
const NAMES: readonly (Degree | null)[] = [null, 'associate', 'bachelor', 'master', 'doctorate'];
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay', 'duties', 'preferred']);
const OTHERS =
  /\b(?:students?|program director|our|accredited master|classes|toward|pursuing (?:a )?(?:higher|further)|tuition|courses?|curricul\w*|entry-level)\b/i;
const DEMAND =
  /^\W*(?:master|bachelor|associate|doctor|ph\.?d|bs\b|ba\b)|\b(?:degree|required|must|minimum|graduate of|education|hold|holding|qualif\w*|diploma)\b/i;

/** The least degree that lets one apply: of alternatives the lowest, wishes aside; null when school is enough or nothing is said. */
export function readDegree(reading: Reading): Finding<Degree> | null {
  let least: { found: Found; piece: Piece } | null = null;
  for (const piece of reading.about('degree')) {
    if (QUIET.has(piece.section)) continue;
    if (piece.section !== 'requirements' && (!DEMAND.test(piece.text) || OTHERS.test(piece.text))) continue;
    for (const found of degreesOf(piece)) {
      if (least && least.found.rank <= found.rank) continue;
      least = { found, piece };
    }
  }
  const name = least ? NAMES[least.found.rank] : null;
  return least && name ? { value: name, evidence: [evidenceIn(least.piece, least.found.at, least.found.length)] } : null;
}

function degreesOf(piece: Piece): Found[] {
  return LADDER.flatMap(([rank, pattern]) =>
    [...piece.text.matchAll(pattern)]
      .map(match => ({ rank, at: match.index, length: match[0].length }))
      .filter(found => !isWish(piece.text, found.at + found.length, found.at)),
  );
}

/** "Bachelor's required, Master's preferred": a wish counts for the degree it directly follows or leads. */
function isWish(text: string, end: number, at: number): boolean {
  const clause = clauseAt(text, at);
  const behind = text.slice(end, Math.min(clause.start + clause.text.length, end + 70)).split(/,|\b(?:required|and|but)\b/i)[0] ?? '';
  const before = text.slice(Math.max(clause.start, at - 24), at);
  return WISH.test(behind) || /\b(?:preferr?ed|preferably|prefer|ideally|desired)\b[\s:,(]*(?:an? )?$/i.test(before);
}
