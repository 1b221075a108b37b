import type { Alphabet } from './alphabet.ts';
import type { Sequence } from './pattern.ts';

/** The node where all sequences begin. */
const ROOT = 0;
/** Ends a list of children or of parts. */
const END = -1;

/** Sequences of slots, by their beginnings. Nodes are numbers, their children and parts chained lists in arrays of numbers. */
export class Trie {
  readonly #alphabet: Alphabet;
  readonly #slot: number[] = [END];
  readonly #depth: number[] = [0];
  readonly #child: number[] = [END];
  readonly #sibling: number[] = [END];
  readonly #end: number[] = [END];
  readonly #parts: number[] = [];
  readonly #nextEnd: number[] = [];
  /** Slot → the child of the root, which has thousands. */
  readonly #first = new Map<number, number>();

  constructor(alphabet: Alphabet) {
    this.#alphabet = alphabet;
  }

  /** Adds a sequence that ends `part`. The sequences of one part follow each other. */
  add(sequence: Sequence, part: number): void {
    let node = ROOT;
    for (const slot of sequence) node = this.#childOf(node, this.#alphabet.slotOf(slot));
    const before = this.#end[node] as number;
    if (before !== END && this.#parts[before] === part) return;
    this.#end[node] = this.#parts.push(part) - 1;
    this.#nextEnd.push(before);
  }

  #childOf(node: number, slot: number): number {
    if (node === ROOT) return this.#first.get(slot) ?? this.#addChild(node, slot);
    for (let child = this.#child[node] as number; child !== END; child = this.#sibling[child] as number) {
      if (this.#slot[child] === slot) return child;
    }
    return this.#addChild(node, slot);
  }

  #addChild(node: number, slot: number): number {
    const child = this.#slot.push(slot) - 1;
    this.#depth.push((this.#depth[node] as number) + 1);
    this.#child.push(END);
    this.#end.push(END);
    if (node === ROOT) this.#first.set(slot, child);
    this.#sibling.push(node === ROOT ? END : (this.#child[node] as number));
    if (node !== ROOT) this.#child[node] = child;
    return child;
  }

  depthOf(node: number): number {
    return this.#depth[node] as number;
  }

  /** The nodes a letter leads to from the root. */
  firstOf(letter: number): number[] {
    return this.#alphabet.slotsOf(letter).flatMap(slot => this.#first.get(slot) ?? []);
  }

  /** Calls with every child of a node and its slot. */
  eachChild(node: number, visit: (child: number, slot: number) => void): void {
    for (let child = this.#child[node] as number; child !== END; child = this.#sibling[child] as number) {
      visit(child, this.#slot[child] as number);
    }
  }

  /** Calls with every part that ends at a node. */
  eachEnd(node: number, visit: (part: number) => void): void {
    for (let end = this.#end[node] as number; end !== END; end = this.#nextEnd[end] as number) visit(this.#parts[end] as number);
  }
}
