import { Readable } from 'node:stream';

/** How many streams there may be at once, and of one reader; and how long one is kept from which nothing is taken, in milliseconds. */
export type SlotLimits = { most: number; each: number; silentMs: number };

/** Streams of lines or of pieces of a file for readers who may be slow, and who must not keep others out by reading nothing at all. */
export class ExportSlots {
  readonly #limits: SlotLimits;
  readonly #running = new Map<Readable, string>();

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /** Opens a stream for a reader (a network address); null when there are too many. It ends with an error when nothing is taken for too long. */
  open(reader: string, pieces: () => AsyncGenerator<string | Uint8Array>): Readable | null {
    const { most, each, silentMs } = this.#limits;
    const own = [...this.#running.values()].filter(one => one === reader).length;
    if (this.#running.size >= most || own >= each) return null;
    let timer: NodeJS.Timeout | undefined;
    // Between two pieces it is the reader who is waited for.
    async function* watched(): AsyncGenerator<string | Uint8Array> {
      for await (const piece of pieces()) {
        timer = setTimeout(() => stream.destroy(new Error(`nothing was read for ${silentMs / 1000} s`)), silentMs).unref();
        yield piece;
        clearTimeout(timer);
      }
    }
    const stream = Readable.from(watched(), { objectMode: false, highWaterMark: 64 * 1024 });
    this.#running.set(stream, reader);
    return stream.once('close', () => {
      clearTimeout(timer);
      this.#running.delete(stream);
    });
  }

  /** Breaks off what is under way. */
  close(): void {
    for (const stream of this.#running.keys()) stream.destroy();
  }
}
