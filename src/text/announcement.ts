import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SEP, type Token } from './lexer.ts';
import { chancesOf, type Hearing, type Linear, readWeights, weigh } from './linear.ts';
import { SECTIONS, type Section } from './reading-words.ts';

/** What a line announces of what follows it: a section, or nothing, as it is a name, an item or a piece of a sentence. */
export const ANNOUNCED = [...SECTIONS, 'nothing'] as const;

/** How a line stands: over a list, by itself, or before its content and a colon. */
export const FORMS = ['list', 'line', 'label'] as const;
export type Form = (typeof FORMS)[number];

/** Words of a line: tokens[first] up to, not including, tokens[last], and what stands before it. */
export type Line = {
  readonly tokens: readonly Token[];
  readonly first: number;
  readonly last: number;
  readonly form: Form;
  /** The section that is told when it comes; null: nobody knows. */
  readonly after: Section | null;
  /** Whether a heading stands right above. */
  readonly under: boolean;
};

/** Tells what a line announces, or null where that is nothing or too unsure. */
export type Announcer = (line: Line) => Section | null;

/** What stands beyond the first and the last word. */
const EDGE = '|';
/** Longer lines are of one length. */
const LONG = 6;
/** So many of the words that follow tell what they are. */
const FOLLOWING = 8;

const THEN = 'then ';

/** Hears a line: its form, its length, its capitals, its words and pairs of words, and the words that follow. */
export function hearLine(line: Line): Hearing {
  const { tokens, first, last } = line;
  const words = new Map<string, number>();
  let before = EDGE;
  for (let at = first; at <= last; at++) {
    const word = at === last ? EDGE : plain(tokens[at] as Token);
    if (at < last) words.set(word, at);
    words.set(`${before} ${word}`, at);
    before = word;
  }
  for (let at = last; at < Math.min(tokens.length, last + FOLLOWING); at++) words.set(`${THEN}${plain(tokens[at] as Token)}`, at);
  return { facts: factsOf(line), words };
}

function factsOf({ tokens, first, last, form, after, under }: Line): Set<string> {
  const own = tokens.slice(first, last);
  const next = tokens[last];
  const facts = new Set<string>([form, `${form} of ${Math.min(own.length, LONG)}`]);
  if (after) facts.add(`after ${after}`);
  if (under) facts.add(`${form} under a heading`);
  if (form !== 'label' && has(next, SEP.colon)) facts.add(`${form} with colon`);
  if (has(next, SEP.dollar)) facts.add('then money');
  if (own.every(({ upper }) => upper)) facts.add('capitals');
  else if (own.every(({ first, word }) => first || word.length <= SMALL)) facts.add('title');
  if (own.slice(1).some(({ sep }) => (sep & SEP.comma) !== 0)) facts.add('commas');
  return facts;
}

const has = (token: Token | undefined, flag: number): boolean => token !== undefined && (token.sep & flag) !== 0;

/** Shorter words have no capital in a title either. */
const SMALL = 3;

const plain = ({ word }: Token): string => (word.charCodeAt(0) >= 48 && word.charCodeAt(0) <= 57 ? '#' : word);

const content = readFileSync(new URL('./headings.json', import.meta.url), 'utf8');
/** One hash of what was learned, for the version that stamps what was classified. */
export const HEADINGS_HASH: string = createHash('sha256').update(content).digest('hex');

type Told = {
  readonly floor: number;
  readonly bias: string;
  readonly facts: Record<string, string>;
  readonly words: Record<string, string>;
};

/** What `tools/fit-headings.ts` has learned. JSON, as it is read at every start and by nobody's eyes. */
const learned = linearOf(JSON.parse(content) as Told);

function linearOf({ floor, bias, facts, words }: Told): Linear {
  const all = (terms: Record<string, string>) => new Map(Object.entries(terms).map(([term, text]) => [term, weightsOf(text)]));
  return { floor, bias: weightsOf(bias), facts: all(facts), words: all(words) };
}

function weightsOf(text: string): Float64Array {
  const weights = readWeights(text, ANNOUNCED);
  if (weights instanceof Float64Array) return weights;
  throw new Error(`headings.json: ${weights.wrong}; allowed: ${weights.allowed}`);
}

/** A line that announces something with less is read as part of what it stands in; most labels are names of fields, and take more. */
const SURE: Readonly<Record<Form, number>> = { list: 0.5, line: 0.5, label: 0.75 };

/** What the words of a line announce, as labelled lines have taught it; a line of unknown words, such as a name, announces nothing. */
export function announcedBy(line: Line): Section | null {
  const hearing = hearLine(line);
  if (![...hearing.words.keys()].some(term => !term.startsWith(THEN) && learned.words.has(term))) return null;
  const chances = chancesOf(weigh(hearing, learned));
  const announced = ANNOUNCED[chances.findIndex(chance => chance >= SURE[line.form])] ?? 'nothing';
  return announced === 'nothing' ? null : announced;
}
