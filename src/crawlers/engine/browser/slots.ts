/** Room for so many at a time, first come first served. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(size: number) {
    this.#free = size;
  }

  /** Waits for room; what it gives must be called to leave. Rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else {
      await new Promise<void>((resolve, reject) => {
        const settle = (end: () => void) => {
          this.#waiting.delete(go);
          signal.removeEventListener('abort', giveUp);
          end();
        };
        const go = () => settle(resolve);
        const giveUp = () => settle(() => reject(signal.reason));
        this.#waiting.add(go);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    }
    return () => {
      const [next] = this.#waiting;
      if (next) next();
      else this.#free += 1;
    };
  }
}
