/** The numerals of English: a closed set of the language, like its digits. */
const NUMERALS = new Map(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    dozen: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
  }),
);

/** First letters of numerals: nearly every word is none, and is asked for. */
const STARTS: ReadonlySet<number> = new Set([...NUMERALS.keys()].map(numeral => numeral.charCodeAt(0)));

/** Figures as the lexer folds them ("1200.50" of "1,200.50"), with a "k" for thousands. */
const FIGURES = /^\d+(?:\.\d+)?k?$/;
const read = new Map<string, number | null>();
const READ_CACHE = 20_000;

/** The number a folded word stands for, in figures or as a numeral, or null. */
export function numberOf(word: string): number | null {
  const code = word.charCodeAt(0);
  if (code < 48 || code > 57) return STARTS.has(code) ? (NUMERALS.get(word) ?? null) : null;
  const known = read.get(word);
  if (known !== undefined) return known;
  const number = FIGURES.test(word) ? Number.parseFloat(word) * (word.endsWith('k') ? 1000 : 1) : null;
  if (read.size < READ_CACHE) read.set(word, number);
  return number;
}
