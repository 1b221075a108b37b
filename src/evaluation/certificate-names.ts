import type { Certification } from '../classify/classification.ts';

/** How many certifications of a posting were read right, said by the guess, and told by the label. */
export type CertificationCounts = { right: number; said: number; real: number };

/** Compares two lists of certifications by name and need; each is matched once, names written alike before those that mean the same. */
export function compareCertifications(expected: readonly Certification[], got: readonly Certification[]): CertificationCounts {
  const [real, said] = [cardsOf(expected), cardsOf(got)];
  const left = [...real];
  const take = (isSame: (card: Certification) => boolean): boolean => {
    const at = left.findIndex(isSame);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const others = said.filter(one => !take(card => keyOf(card) === keyOf(one)));
  for (const one of others) take(card => card.need === one.need && isSameCertificate(card.name, one.name));
  return { right: real.length - left.length, said: said.length, real: real.length };
}

/** "CPR/AED": readers write one card or two; a stroke in brackets is no name's. */
const STROKE = /\/(?![^()]*\))/;

function cardsOf(certifications: readonly Certification[]): Certification[] {
  const cards = certifications.flatMap(({ name, need }) => name.split(STROKE).map(part => ({ name: part, need })));
  return [...new Map(cards.map(card => [keyOf(card), card])).values()];
}

const keyOf = ({ name, need }: Certification): string => `${plainName(name)}: ${need}`;

/** "Board certified", "certificate", "credential" and the like: readers write them or leave them out. */
const GENERIC = /\b(?:board )?(?:certifi(?:cate|cation|ed)|credential(?:ed)?|licen[cs]e)s?\b/g;
/** Function words between the words of a name, and at the head of what "certificate in ..." leaves. */
const SMALL = /\b(?:in|of|for|and|the|an?)\b/g;
/** A plural; letters keep theirs ("BLS"), which are short. */
const PLURAL = /\b(\p{L}{3,}[^s\P{L}])s\b/gu;
/** A belt is told by its color, whatever school it is of. */
const BELT = /^.*?((?:master )?\S+ belt)$/;

/** A certification's name without case, number, brackets, punctuation, and the words that only say that it is one. */
export function plainName(name: string): string {
  const plain = wordsOf(name.replaceAll(/\([^()]*\)/g, ' ')).join(' ');
  const bare = plain.replaceAll(GENERIC, ' ').replaceAll(SMALL, ' ').replaceAll(/\s+/g, ' ').trim();
  return (bare || plain).replaceAll(PLURAL, '$1').replace(BELT, '$1');
}

/** Whether two names of one posting are of one certificate: written alike, as its letters, or with and without the letters of who gives it. */
export function isSameCertificate(a: string, b: string): boolean {
  if (plainName(a) === plainName(b)) return true;
  return [
    [a, b],
    [b, a],
  ].some(([letters = '', full = '']) => isLettersOf(letters, full) || isWithoutGiver(letters, full));
}

/** "CPE" of "Board Certified Professional Ergonomist", and letters that the name itself tells in brackets. */
function isLettersOf(letters: string, full: string): boolean {
  const written = plainName(letters).toUpperCase();
  if (!/^[A-Z-]{2,}$/.test(written) || !letters.includes(written)) return false;
  if (full.includes(`(${written})`)) return true;
  const words = wordsOf(full.replaceAll(/\([^()]*\)/g, ' ')).join(' ');
  return [words, words.replace(/^board /, '')].some(of => initialsOf(of) === written);
}

const initialsOf = (words: string): string =>
  words
    .replaceAll(SMALL, ' ')
    .split(' ')
    .map(word => word.charAt(0).toUpperCase())
    .join('');

/** "ATP" of "RESNA ATP": all that stands before is letters. */
function isWithoutGiver(name: string, full: string): boolean {
  const [short, long] = [plainName(name), plainName(full)];
  if (!long.endsWith(` ${short}`)) return false;
  const givers = long.slice(0, -short.length).trim().split(' ');
  return givers.every(word => word.length > 1 && full.includes(word.toUpperCase()));
}

const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? [];
