import { isRaise } from '../../src/digest/again.ts';
import { nextDue } from '../../src/digest/cadence.ts';
import type { Pay } from '../../src/posting/posting.ts';
import type { Path } from '../../src/posting/taxonomy.ts';
import type { Rhythm } from '../../src/store/digest/subscriptions.ts';
import type { News } from '../../src/store/schema.ts';

/** A posting as the model knows it. */
export type Job = { id: string; path: Path; remote: boolean; pay: Pay; open: boolean; closedAt: Date | null };
export type Wanted = { paths?: readonly Path[]; remote?: boolean };
export type Reader = Rhythm & {
  id: string;
  email: string;
  wanted: Wanted;
  next: Date;
  on: boolean;
  paused: boolean;
  /** Pay that was told, by posting. */
  told: Map<string, Pay>;
  again: Map<string, { news: News; at: Date }>;
  /** What was told again: not once more within a month, which is longer than the test. */
  toldAgain: Set<string>;
};

const AWAY_MS = 7 * 86_400_000;

/**
 * Who must be told what, by the rules that readers are promised, worked out one reader and one posting at a time and without a ledger: each
 * posting that is open and matches when a mail is due, once for an address, and once more when it is open again or pays more.
 */
export class Model {
  readonly jobs = new Map<string, Job>();
  readonly readers: Reader[] = [];
  /** `posting news` by address, in the order told. */
  readonly expected = new Map<string, string[]>();
  readonly #last = new Map<string, Date>();

  reopen(id: string, now: Date): void {
    const job = this.jobs.get(id)!;
    const away = now.getTime() - job.closedAt!.getTime();
    Object.assign(job, { open: true, closedAt: null });
    if (away >= AWAY_MS) this.#again(id, { news: 'open_again', at: now }, () => true);
  }

  raise(id: string, pay: Pay, now: Date): void {
    this.jobs.get(id)!.pay = pay;
    this.#again(id, { news: 'raised', at: now }, reader => isRaise(reader.told.get(id)!, pay));
  }

  #again(id: string, again: { news: News; at: Date }, test: (reader: Reader) => boolean): void {
    for (const reader of this.readers)
      if (reader.on && reader.told.has(id) && !reader.toldAgain.has(`${id} ${again.news}`) && test(reader)) reader.again.set(id, again);
  }

  /** Everything that is due at this moment is told. */
  pass(now: Date): void {
    for (const reader of this.readers) {
      if (!reader.on || reader.paused || reader.next > now) continue;
      reader.next = nextDue(reader, now);
      for (const job of this.jobs.values()) if (job.open && matches(job, reader.wanted)) this.#tell(reader, job, now);
    }
  }

  #tell(reader: Reader, job: Job, now: Date): void {
    const again = reader.again.get(job.id);
    if (!again && reader.told.has(job.id)) return;
    if (again) reader.toldAgain.add(`${job.id} ${again.news}`);
    reader.again.delete(job.id);
    reader.told.set(job.id, job.pay);
    const key = `${reader.email} ${job.id}`;
    const last = this.#last.get(key);
    if (last && (!again || last >= again.at)) return;
    this.#last.set(key, now);
    this.expected.set(reader.email, [...(this.expected.get(reader.email) ?? []), `${job.id} ${again?.news ?? 'new'}`]);
  }
}

function matches({ path, remote }: Job, wanted: Wanted): boolean {
  return (!wanted.paths || wanted.paths.includes(path)) && (!wanted.remote || remote);
}
