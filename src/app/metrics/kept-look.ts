import { setTimeout as sleep } from 'node:timers/promises';
import { TooLate, within } from '../../queue/connection.ts';

/** Something that a scrape looks up: `look` fetches everything first and then sets its gauges, `forget` empties them. */
export type Looked = { look(): Promise<void>; forget(): void };

type Keeping = {
  /** Told whether the part it looks at answers. */
  answers(yes: boolean): void;
  /** Told what went wrong, each time. */
  onError(error: unknown): void;
  /** What was looked up holds for so long, in milliseconds. */
  keepMs?: number;
  /** How long a scrape waits for it. */
  patienceMs?: number;
};

/** Looking takes a hundredth of the time at most, however large the tables are, and what is told is never older than five minutes. */
const SHARE = 100;
const LONGEST_MS = 5 * 60_000;
/** One that takes longer is given up, so that it does not stand in the way of the next. */
const GIVE_UP_MS = 20_000;

/**
 * Lets scrapes share what is looked up. It never rejects and never takes longer than `patienceMs`: where the part is away or slow its gauges are
 * empty, as an old number would look like a good one.
 */
export function keptLook(
  { look, forget }: Looked,
  { answers, onError, keepMs = 10_000, patienceMs = 3_000 }: Keeping,
): () => Promise<void> {
  let holdsUntil = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  const fail = (error: unknown) => {
    forget();
    answers(false);
    onError(error);
  };
  const run = async () => {
    const began = performance.now();
    let holdsMs = keepMs;
    try {
      await within(look(), GIVE_UP_MS);
      holdsMs = Math.max(keepMs, Math.min((performance.now() - began) * SHARE, LONGEST_MS));
      answers(true);
    } catch (error) {
      // What is away is looked for again soon, however long it took to see that.
      fail(error);
    }
    holdsUntil = performance.now() + holdsMs;
    looking = null;
  };
  return async () => {
    if (looking === null && performance.now() < holdsUntil) return;
    looking ??= run();
    const patience = new AbortController();
    const late = sleep(patienceMs, 'late', { signal: patience.signal }).catch(() => 'late');
    if ((await Promise.race([looking, late])) === 'late') fail(new TooLate(`no answer within ${patienceMs} ms`));
    patience.abort();
  };
}
