import { numberOf } from './numbers.ts';
import { NUMBER_SLOT, type Slot } from './pattern.ts';

/** The letter of a word that fits no slot. */
export const NO_LETTER = 0;

/** What words are to a set of phrases: every word they know is a letter, and a letter fits some of their slots. */
export class Alphabet {
  readonly #slots = new Map<string, number>();
  readonly #objects = new Map<Slot, number>();
  readonly #letters = new Map<string, number>();
  readonly #slotsOf: number[][] = [[]];
  readonly #lettersOf: number[][] = [];
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
    for (const word of slot) this.#fit(this.#add(word), added);
    return added;
  }

  #add(word: string): number {
    const known = this.#letters.get(word);
    if (known !== undefined) return known;
    const letter = this.#slotsOf.push([]) - 1;
    this.#letters.set(word, letter);
    return letter;
  }

  #fit(letter: number, slot: number): void {
    (this.#slotsOf[letter] as number[]).push(slot);
    (this.#lettersOf[slot] as number[]).push(letter);
  }

  /** Called once, after the last slot: a number that phrases write out fits the slots of any number too. */
  close(): void {
    this.#objects.clear();
    this.#number = this.#letters.get(NUMBER_SLOT) ?? NO_LETTER;
    const ofAny = this.#slotsOf[this.#number] as number[];
    for (const [word, letter] of this.#letters) {
      if (numberOf(word) === null) continue;
      const own = new Set(this.#slotsOf[letter]);
      for (const slot of ofAny) if (!own.has(slot)) this.#fit(letter, slot);
    }
  }

  get size(): number {
    return this.#slotsOf.length;
  }

  get slots(): number {
    return this.#lettersOf.length;
  }

  slotsOf(letter: number): readonly number[] {
    return this.#slotsOf[letter] as readonly number[];
  }

  lettersOf(slot: number): readonly number[] {
    return this.#lettersOf[slot] as readonly number[];
  }

  /** The letter of a folded word. */
  letterOf(word: string): number {
    return this.#letters.get(word) ?? (numberOf(word) === null ? NO_LETTER : this.#number);
  }
}
