import { countKnown, idOf, isNumber, know, type Word } from '../words.ts';
import { NUMBER_SLOT, type Slot } from './pattern.ts';

/** The letter of a word that fits no slot. */
export const NO_LETTER = 0;

/** What words are to a set of phrases: every word they know is a letter, and a letter fits some of their slots. */
export class Alphabet {
  readonly #slots = new Map<string, number>();
  readonly #objects = new Map<Slot, number>();
  readonly #slotsOf: number[][] = [[]];
  readonly #lettersOf: number[][] = [];
  /** Number of a word → its letter. */
  readonly #ofWords = new Map<number, number>();
  #letters = new Uint32Array(0);
  /** The letter of every number that no phrase writes out. */
  #number = NO_LETTER;

  /** The number of a slot; slots of the same words share it. */
  slotOf(slot: Slot): number {
    const before = this.#objects.get(slot);
    if (before !== undefined) return before;
    const key = slot.length === 1 ? (slot[0] as string) : [...slot].sort().join(' ');
    const known = this.#slots.get(key) ?? this.#addSlot(key, slot);
    this.#objects.set(slot, known);
    return known;
  }

  #addSlot(key: string, slot: Slot): number {
    const added = this.#lettersOf.push([]) - 1;
    this.#slots.set(key, added);
    for (const word of slot) this.#fit(this.#addWord(word), added);
    return added;
  }

  #addWord(word: string): number {
    if (word === NUMBER_SLOT) {
      if (this.#number === NO_LETTER) this.#number = this.#addLetter();
      return this.#number;
    }
    const id = know(word);
    const before = this.#ofWords.get(id);
    if (before !== undefined) return before;
    const letter = this.#addLetter();
    this.#ofWords.set(id, letter);
    return letter;
  }

  #addLetter(): number {
    return this.#slotsOf.push([]) - 1;
  }

  #fit(letter: number, slot: number): void {
    (this.#slotsOf[letter] as number[]).push(slot);
    (this.#lettersOf[slot] as number[]).push(letter);
  }

  /** Called once, after the last slot: a number that phrases write out fits the slots of any number too. */
  close(): void {
    this.#objects.clear();
    for (const [id, letter] of this.#ofWords) {
      if (!isNumber(id)) continue;
      const own = new Set(this.#slotsOf[letter]);
      for (const slot of this.#slotsOf[this.#number] as number[]) if (!own.has(slot)) this.#fit(letter, slot);
    }
    this.#tell();
  }

  /** Tells the letters of all words known by now; others may come to be looked for later. */
  #tell(): void {
    const letterOfOther = (id: number) => (isNumber(id) ? this.#number : NO_LETTER);
    this.#letters = Uint32Array.from({ length: countKnown() }, (_, id) => this.#ofWords.get(id) ?? letterOfOther(id));
  }

  letterOf(word: Word): number {
    const id = idOf(word);
    if (id >= this.#letters.length) this.#tell();
    return this.#letters[id] as number;
  }

  /** How many letters there are. */
  get size(): number {
    return this.#slotsOf.length;
  }

  /** How many slots there are. */
  get slots(): number {
    return this.#lettersOf.length;
  }

  slotsOf(letter: number): readonly number[] {
    return this.#slotsOf[letter] as readonly number[];
  }

  lettersOf(slot: number): readonly number[] {
    return this.#lettersOf[slot] as readonly number[];
  }
}
