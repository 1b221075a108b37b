import type { RobotsMemory, RobotsRecord } from './fetching.ts';

/** robots.txt answers within one process: for one-shot commands, replays and tests. */
export class MemoryRobots implements RobotsMemory {
  readonly #records = new Map<string, RobotsRecord>();

  async get(origin: string): Promise<RobotsRecord | null> {
    return this.#records.get(origin) ?? null;
  }

  async put(record: RobotsRecord): Promise<void> {
    this.#records.set(record.origin, record);
  }
}
