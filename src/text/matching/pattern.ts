import { lex } from '../lexer.ts';

/**
 * The pattern language of the rules; docs/rules.md teaches it.
 *
 *   word word      these words, one after the other
 *   (a|b c)        one of these
 *   [word]         the words may be missing
 *   <name>         one of the phrases of that name in vocabulary.yaml
 *   pre-service    "pre-service", "pre service" or "preservice"
 *   ..3            up to three other words
 *   #              a number, in figures or words; a figure written out stands for itself
 *
 * Gaps stand outside brackets. A pattern becomes plain sequences, so that matching stays linear whatever a rule says. Words that may stand in
 * each other's place are one slot of a sequence, so that a phrase of three classes is one sequence and not the product of their words.
 */

/** One of these words. */
export type Slot = readonly string[];
export type Sequence = readonly Slot[];
/** What stands between two gaps: any of these sequences. */
export type Part = readonly Sequence[];
/** A pattern read: its parts, with up to `gaps[i]` words before part `i + 1`. */
export type Pattern = { readonly parts: readonly Part[]; readonly gaps: readonly number[] };

/** Thrown for a pattern that cannot be read; the loader adds file and line. */
export class PatternError extends Error {}

/** The word of a pattern that stands for any number. */
export const NUMBER_SLOT = '#';

const MOST_SEQUENCES = 6000;
const LONGEST_GAP = 8;

/** Reads one phrase of a rule. Throws PatternError. */
export function readPattern(phrase: string, vocabulary: ReadonlyMap<string, readonly string[]> = new Map()): Pattern {
  const gap = /\s\.\.(\d+)(?=\s)/g;
  const gaps = [...phrase.matchAll(gap)].map(match => Number(match[1]));
  for (const most of gaps) {
    if (most < 1 || most > LONGEST_GAP) throw new PatternError(`"${phrase}" has a gap of ${most} words; allowed: 1 to ${LONGEST_GAP}`);
  }
  const parts = phrase.split(/\s\.\.\d+(?=\s)/).map(part => readPart(part.trim(), vocabulary));
  if (parts.some(part => part.some(sequence => sequence.length === 0))) {
    throw new PatternError(`"${phrase}" has nothing before or after a gap, or may match no word at all`);
  }
  return { parts, gaps };
}

/** The word sequences a part stands for, or null when they are more than `most`. */
export function spellOut(part: Part, most: number): string[][] | null {
  const count = part.reduce((sum, sequence) => sum + sequence.reduce((product, slot) => product * slot.length, 1), 0);
  if (count > most) return null;
  const spelled = part.flatMap(sequence =>
    sequence.reduce<string[][]>((before, slot) => before.flatMap(words => slot.map(word => [...words, word])), [[]]),
  );
  return [...new Map(spelled.map(words => [words.join(' '), words])).values()];
}

/** What was read with a vocabulary already: many phrases have a part or a class in common, and equal parts are the same object. */
const readBefore = new WeakMap<ReadonlyMap<string, readonly string[]>, Map<string, Part>>();

function readOnce(vocabulary: ReadonlyMap<string, readonly string[]>, key: string, read: () => Part): Part {
  const known = readBefore.get(vocabulary) ?? new Map<string, Part>();
  readBefore.set(vocabulary, known);
  const before = known.get(key);
  if (before) return before;
  const part = read();
  known.set(key, part);
  return part;
}

function readPart(part: string, vocabulary: ReadonlyMap<string, readonly string[]>): Part {
  return readOnce(vocabulary, part, () => new PatternReader(part, vocabulary, 0).read());
}

/** Alternatives of one word each become one slot; the others stay sequences of their own. */
function gathered(alternatives: Part): Part {
  if (alternatives.length < 2) return alternatives;
  const words = new Set<string>();
  const others: Sequence[] = [];
  for (const sequence of alternatives) {
    if (sequence.length === 1) for (const word of sequence[0] as Slot) words.add(word);
    else others.push(sequence);
  }
  return words.size > 0 ? [[[...words]], ...others] : others;
}

const sequenceOf = (raw: string): Sequence => lex(raw).tokens.map(({ word }) => [word]);

class PatternReader {
  readonly #text: string;
  readonly #vocabulary: ReadonlyMap<string, readonly string[]>;
  readonly #depth: number;
  #at = 0;

  constructor(text: string, vocabulary: ReadonlyMap<string, readonly string[]>, depth: number) {
    this.#text = text;
    this.#vocabulary = vocabulary;
    this.#depth = depth;
  }

  read(): Part {
    const sequences = this.#alternatives('');
    if (this.#at < this.#text.length) throw new PatternError(`"${this.#text}" has a "${this.#text[this.#at]}" that closes nothing`);
    return sequences;
  }

  #alternatives(close: string): Part {
    let all = this.#sequence(close);
    while (this.#text[this.#at] === '|') {
      if (close === '') throw new PatternError(`"${this.#text}" has a | outside brackets`);
      this.#at++;
      all = all.concat(this.#sequence(close));
    }
    return gathered(all);
  }

  #sequence(close: string): Part {
    let sequences: Part = [[]];
    for (;;) {
      const mark = this.#text[this.#at];
      if (mark === undefined || mark === '|' || mark === ')' || mark === ']') {
        if (close !== '' && (mark ?? '') !== close && mark !== '|')
          throw new PatternError(`"${this.#text}" has a bracket that is not closed`);
        return sequences;
      }
      if (mark === ' ') this.#at++;
      else sequences = this.#product(sequences, this.#item(mark));
    }
  }

  #item(mark: string): Part {
    if (mark === '(' || mark === '[') {
      this.#at++;
      const close = mark === '(' ? ')' : ']';
      const inner = this.#alternatives(close);
      if (this.#text[this.#at] !== close) throw new PatternError(`"${this.#text}" has a ${mark} that is not closed`);
      this.#at++;
      return mark === '[' ? [[], ...inner] : inner;
    }
    if (mark === '<') return this.#reference();
    return this.#word();
  }

  #reference(): Part {
    const end = this.#text.indexOf('>', this.#at);
    const name = this.#text.slice(this.#at + 1, end);
    const phrases = end < 0 ? undefined : this.#vocabulary.get(name);
    if (!phrases) throw new PatternError(`"${this.#text}" names <${name}>, which vocabulary.yaml does not hold`);
    if (this.#depth > 4) throw new PatternError(`<${name}> refers to itself`);
    this.#at = end + 1;
    return readOnce(this.#vocabulary, `<${name}>`, () =>
      gathered(phrases.flatMap(phrase => new PatternReader(phrase, this.#vocabulary, this.#depth + 1).read())),
    );
  }

  #word(): Part {
    let end = this.#at;
    while (end < this.#text.length && !' |()[]<>'.includes(this.#text[end] as string)) end++;
    const raw = this.#text.slice(this.#at, end);
    this.#at = end;
    if (raw === NUMBER_SLOT) return [[[NUMBER_SLOT]]];
    const words = sequenceOf(raw);
    if (words.length === 0 || raw.includes('..'))
      throw new PatternError(`"${this.#text}" has "${raw}", which is no word; gaps stand between words and outside brackets`);
    if (!raw.includes('-') || words.length < 2) return [words];
    return [words, sequenceOf(raw.replaceAll('-', ''))];
  }

  #product(left: Part, right: Part): Part {
    if (left.length * right.length > MOST_SEQUENCES) {
      throw new PatternError(`"${this.#text}" stands for more than ${MOST_SEQUENCES} phrases; split it`);
    }
    if (left.length === 1 && left[0]?.length === 0) return right;
    return left.flatMap(a => right.map(b => [...a, ...b]));
  }
}
