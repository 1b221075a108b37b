import type { PageReading, PageRequest } from '../adapter.ts';

/** What was read of a listing, or of one part of it. */
type Part = {
  total: number | null;
  keys: Set<string>;
  unnamed: number;
  pages: Set<string>;
  /** The parts it was taken to pieces by. */
  pieces: string[];
};

/** Counts the pages of a listing that may be read in parts, each by itself: parts may begin with the same rows, and hold postings of others. */
export class Parts {
  readonly #parts = new Map<string, Part>();
  #provenEmpty = false;

  /** Adds a page. Says whether it repeats an earlier one of its part: past its end, or past its cap, a system may give the same page for ever. */
  add(request: PageRequest, reading: PageReading): { repeats: boolean } {
    const part = this.#of(request);
    this.#provenEmpty ||= reading.marker === 'empty';
    // Systems that state their total on the first page only answer 0 later.
    part.total = reading.total === null ? part.total : Math.max(part.total ?? 0, reading.total);
    if (reading.split) part.pieces = reading.follow.map(({ part: piece = '' }) => piece);
    const keys = reading.postings.map(({ key }) => key);
    for (const key of keys) part.keys.add(key);
    // Rows that became no posting (unlisted, without a title) are counted as the adapter saw them; repeated ones are not.
    part.unnamed += Math.max(0, reading.rows - keys.length);
    const page = keys.join(' ');
    const repeats = keys.length > 0 && part.pages.has(page);
    part.pages.add(page);
    return { repeats };
  }

  /** Why what was read is not the whole listing, as a clause; null when every part was read in full, and all reach what the whole is said to have. */
  shortfall(): string | null {
    for (const part of this.#parts.values()) {
      const { total } = part;
      const rows = part.pieces.length > 0 ? this.#keysOf(part).size : part.keys.size + part.unnamed;
      if (total !== null && rows < total) return `the system counts ${total}, ${rows} were listed`;
      // A count below what was listed counts something else, such as the rows of one page: nothing says then that this is all.
      if (total !== null && part.pieces.length === 0 && part.keys.size > total)
        return `the system counts ${total}, ${part.keys.size} postings were listed`;
    }
    // Pages that only lead on to a list are no list.
    const listed = [...this.#parts.values()].some(({ keys, unnamed }) => keys.size + unnamed > 0);
    return listed || this.#provenEmpty ? null : 'no page listed a posting, and none proved that there are none';
  }

  /** Whether the whole listing was taken to pieces. */
  get split(): boolean {
    return (this.#parts.get('')?.pieces.length ?? 0) > 0;
  }

  #keysOf(part: Part): Set<string> {
    const pieces = part.pieces.flatMap(name => this.#parts.get(name) ?? []);
    return new Set([...part.keys, ...pieces.flatMap(piece => [...this.#keysOf(piece)])]);
  }

  #of({ part: name = '' }: PageRequest): Part {
    const known = this.#parts.get(name) ?? { total: null, keys: new Set(), unnamed: 0, pages: new Set(), pieces: [] };
    this.#parts.set(name, known);
    return known;
  }
}
