import type { ClassifierInput, Evidence } from '../classification.ts';
import type { Document, Field, Segment } from '../document.ts';
import { fold } from '../lexer.ts';
import type { Section } from '../sections.ts';

/** A value with the words it was read from; readers return null when the text does not say. */
export type Finding<T> = { value: T; evidence: Evidence[] };

/** What facets ask about. A piece of text is shown to a facet only when it holds one of the topic's words. */
export const TOPICS = {
  remote:
    'remote remotely telework teleworking telecommute telecommuting telecommuter home wfh virtual virtually anywhere phone kitchen li online',
  hybrid: 'hybrid',
  place: 'onsite site office person campus field inoffice located based class',
  share:
    'day half balance rest remainder remaining partially partly part some occasional semi mix combination blend split bedside once twice monday tuesday wednesday thursday friday week',
  span: 'year yr month mo',
  novice: 'graduate grad newly entry cf cfs fellow fellowship none welcome',
  experience: 'experience background',
  denial: 'no not all less without',
  type: 'full fulltime part parttime ft pt prn diem perdiem contract contractor subcontract subcontractor 1099 freelance freelancer temporary temp locum seasonal interim intern internship casual fte appointment effort duration fixed limited half maternity leave fmla',
  caseload: 'caseload treat treating treatment productivity billable patient productive',
  contact:
    'patient client caregiver family treatment treat caseload telephonic telephonically bedside clinical nonclinical hand member visit phone',
  travel: 'travel traveling travelling overnight',
  states: 'license licensed licensure compact reside residing resident live living located residency remote registration certification',
  degree:
    'degree bachelor baccalaureate master doctorate doctoral doctor phd edd bs ba bsc msc ms ma mba mph mha associate bsn msn dpt otd aas diploma ged undergraduate mot msot mpt mspt graduate',
  lifting: 'lift lifting pound lb carry carrying exert push pull',
  level: 'entry seniority',
} as const;
export type Topic = keyof typeof TOPICS;

const BIT = Object.fromEntries(Object.keys(TOPICS).map((topic, at) => [topic, 1 << at])) as Record<Topic, number>;

/** Folded word → the topics it raises. */
const TOPICS_OF_WORD = new Map<string, number>();
function raise(word: string, topic: Topic): void {
  TOPICS_OF_WORD.set(word, (TOPICS_OF_WORD.get(word) ?? 0) | BIT[topic]);
}
for (const [topic, words] of Object.entries(TOPICS)) {
  for (const word of words.split(' ').filter(Boolean)) raise(fold(word), topic as Topic);
}

/** Adds words that raise a topic; for facets whose words stand in a table of their own. */
export function raiseTopic(topic: Topic, words: Iterable<string>): void {
  for (const word of words) raise(fold(word), topic);
}

/** Pieces are never longer than this, so a pattern run over one costs a bounded time whatever the posting. */
const LONGEST_WORDS = 240;
const LONGEST_PIECE = 2_400;
/** Pieces looked at per topic; a posting has a few dozen. */
const MOST_PIECES = 600;

/** A sentence, list item or heading, or a part of one when it is very long. `text` starts at `start` of the field. */
export type Piece = {
  readonly field: Field;
  readonly start: number;
  readonly text: string;
  /** Its tokens: `field.tokens[first]` up to, not including, `field.tokens[last]`. */
  readonly first: number;
  readonly last: number;
  readonly section: Section;
  readonly kind: Segment['kind'];
  readonly block: number;
  /** Place among all pieces of its field. */
  readonly index: number;
};

export type Reading = {
  readonly document: Document;
  readonly input: ClassifierInput;
  readonly title: Piece | null;
  readonly location: Piece | null;
  /** All pieces of the text, in order. */
  readonly pieces: readonly Piece[];
  /** The pieces of the text that hold a word of each of the topics, in order. */
  about(...topics: Topic[]): readonly Piece[];
};

/** Cuts a document into pieces once for all facets, and notes which topics each piece raises. Linear in the tokens. */
export function readPieces(document: Document, input: ClassifierInput): Reading {
  const raised: number[] = [];
  const pieces = cut(document.text, raised);
  const byTopics = new Map<number, readonly Piece[]>();
  return {
    document,
    input,
    title: cut(document.title, [])[0] ?? null,
    location: cut(document.location, [])[0] ?? null,
    pieces,
    about(...topics) {
      const bits = topics.reduce((sum, topic) => sum | BIT[topic], 0);
      const known = byTopics.get(bits);
      if (known) return known;
      const found = pieces.filter((_, at) => ((raised[at] ?? 0) & bits) === bits).slice(0, MOST_PIECES);
      byTopics.set(bits, found);
      return found;
    },
  };
}

function cut(field: Field, raised: number[]): Piece[] {
  const pieces: Piece[] = [];
  for (let nth = 0; nth < field.segments.length; nth++) {
    const head = field.segments[nth]!;
    const next = field.segments[nth + 1];
    // A label stays with what it labels: "Travel required: 25%", "Preferred: two years".
    const labelled = head.kind === 'heading' && next?.block === head.block && next.kind !== 'heading';
    if (labelled) nth++;
    const { last, section, kind, block } = labelled ? next : head;
    const first = head.first;
    for (let from = first; from < last; from += LONGEST_WORDS) {
      const to = Math.min(last, from + LONGEST_WORDS);
      let topics = 0;
      for (let at = from; at < to; at++) topics |= topicsOf(field.tokens[at]!.word);
      raised.push(topics);
      const start = field.tokens[from]!.start;
      const end = Math.min(withMarks(field, to - 1), start + LONGEST_PIECE);
      pieces.push({ field, start, text: field.raw.slice(start, end), first: from, last: to, section, kind, block, index: pieces.length });
    }
  }
  return pieces;
}

/** A figure with its unit glued on, "2yrs" or "40lbs". */
const GLUED = /^\d+(?:yrs?|years?|months?|mos?|lbs?|days?)$/;

function topicsOf(word: string): number {
  const known = TOPICS_OF_WORD.get(word);
  if (known !== undefined) return known;
  return word.charCodeAt(0) <= 57 && GLUED.test(word) ? BIT.span | BIT.lifting | BIT.share : 0;
}

/** End of a token with the marks that cling to it, such as the % of "50%"; a segment itself ends with its last word. */
function withMarks({ raw, tokens }: Field, at: number): number {
  const end = tokens[at]!.end;
  const limit = Math.min(tokens[at + 1]?.start ?? raw.length, end + 3);
  if (raw.startsWith(' %', end)) return end + 2;
  let marks = end;
  while (marks < limit && '%#+).'.includes(raw[marks] as string)) marks++;
  return marks;
}

/** The evidence of `length` UTF-16 units at offset `at` of a piece. */
export function evidenceIn(piece: Piece, at: number, length: number): Evidence {
  const start = piece.start + at;
  const end = start + length;
  return { field: piece.field.name, start, end, text: piece.field.raw.slice(start, end) };
}

/** The first match of a pattern in a piece as evidence, or null. */
export function spot(piece: Piece, pattern: RegExp): Evidence | null {
  const match = pattern.exec(piece.text);
  if (!match?.[0]) return null;
  const lead = match[0].length - match[0].trimStart().length;
  return evidenceIn(piece, match.index + lead, match[0].trim().length);
}

/** The part of a piece around `at` that no semicolon, full stop or bullet interrupts, and the offset it starts at. */
export function clauseAt(text: string, at: number): { start: number; text: string } {
  let start = 0;
  let end = text.length;
  for (const match of text.matchAll(/[;•·|]|[.!?](?=\s|[A-Z][a-z])|\s[-–]\s/g)) {
    if (match.index < at) start = match.index + match[0].length;
    else {
      end = match.index;
      break;
    }
  }
  return { start, text: text.slice(start, end) };
}

/** Words that make a demand a wish. */
export const WISH =
  /\b(?:preferr?ed|preferably|prefer(?:ence|s)?|desired|desirable|ideal(?:ly)?|a (?:big |huge |strong |definite )?(?:plus|bonus|benefit)|(?:is|are|considered) (?:a )?(?:plus|bonus)|nice to have|good to have|also nice|advantage(?:ous)?|helpful|(?:an )?asset|optional|welcome|beneficial|bonus points|highly valued|not required|but not (?:required|necessary)|recommended)\b/i;
/** Words that make it a demand. */
export const DEMAND = /\b(?:required|requires?|must|mandatory|minimum|necessary|at least|need(?:ed)?)\b/i;
