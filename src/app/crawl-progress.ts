import type { Asked } from '../crawlers/engine/fetching.ts';
import type { VisitStep } from '../crawlers/visit/board.ts';
import { leftInWords, secondsLeft, type UnderWay } from './time-left.ts';
import type { VisitWatch } from './visitor.ts';

/** Where long work is: the share that is done (null when that says nothing), and what to say of it, the most telling first. Nothing said: nothing runs. */
export type Told = { share: number | null; says: readonly string[] };

type Running = {
  began: number;
  listed: number;
  /** What the system says the board has; null as long as it does not say. */
  total: number | null;
  details: { wanted: number; done: number; began: number } | null;
  /** The host asked last, and how long it is left alone after each request. */
  asked: { host: string; spacingMs: number } | null;
};

/** The pause between two requests is stretched by up to a quarter by chance: an eighth on average. */
const JITTER = 1.125;
/** A board's own pace counts once it made so many requests. */
const LEAST_ASKED = 3;

/**
 * Keeps count of a crawl, told by its engine and its visits. It can begin again: when nothing ran and nothing waited, the counts start at zero.
 * `now` is in milliseconds and never goes back.
 */
export class CrawlProgress implements VisitWatch {
  readonly #atATime: number;
  readonly #now: () => number;
  readonly #running = new Map<string, Running>();
  #waiting = 0;
  #took: number[] = [];
  #listed = 0;
  #requests = 0;

  constructor(options: { atATime: number; now?: () => number }) {
    this.#atATime = options.atATime;
    this.#now = options.now ?? (() => performance.now());
  }

  /** So many boards are to be visited now, those under way among them. */
  expect(boards: number): void {
    this.#restart();
    this.#waiting = Math.max(0, boards - this.#running.size);
  }

  begin(source: string): void {
    this.#restart();
    this.#waiting = Math.max(0, this.#waiting - 1);
    this.#running.set(source, { began: this.#now(), listed: 0, total: null, details: null, asked: null });
  }

  /** Takes note of a request. */
  readonly asked = ({ source, host, spacingMs }: Asked): void => {
    this.#requests += 1;
    const board = this.#running.get(source);
    // Parts of a rendered page come without a pause, and say nothing of the host's.
    if (board) board.asked = { host, spacingMs: Math.max(spacingMs, board.asked?.host === host ? board.asked.spacingMs : 0) };
  };

  step(source: string, step: VisitStep): void {
    const board = this.#running.get(source);
    if (!board) return;
    if (step.kind === 'listing') Object.assign(board, { listed: step.postings, total: step.total });
    else
      board.details = {
        wanted: step.wanted,
        done: step.done,
        began: step.done === 0 ? this.#now() : (board.details?.began ?? this.#now()),
      };
  }

  /** One board that waited is not visited after all. */
  skip(): void {
    this.#waiting = Math.max(0, this.#waiting - 1);
  }

  /** The visit is over, and listed so many postings; null when it broke off, and is made again. */
  end(source: string, listed: number | null): void {
    const board = this.#running.get(source);
    if (!board) return;
    this.#running.delete(source);
    if (listed === null) {
      this.#waiting += 1;
      return;
    }
    this.#took.push((this.#now() - board.began) / 1000);
    this.#listed += listed;
  }

  told(): Told {
    if (this.#isIdle()) return { share: null, says: [] };
    const running = [...this.#running.values()];
    const all = this.#took.length + running.length + this.#waiting;
    const details = running.flatMap(board => board.details ?? []);
    const [wanted, read] = [sum(details.map(part => part.wanted)), sum(details.map(part => part.done))];
    const done = this.#took.length + sum(details.map(part => (part.wanted > 0 ? part.done / part.wanted : 0)));
    const left = this.#secondsLeft(running);
    const hosts = [...new Set(running.flatMap(board => board.asked?.host ?? []))];
    return {
      share: done / all,
      says: [
        `${number(this.#took.length)} of ${counted(all, 'board')}`,
        this.#postings(running),
        ...(wanted > 0 ? [`${number(read)} of ${counted(wanted, 'detail')} read`] : []),
        counted(this.#requests, 'request'),
        // The board that has run longest comes first, so that the name stands still long enough to be read.
        ...(hosts.length > 0 ? [`asking ${hosts[0]}${hosts.length > 1 ? ` and ${hosts.length - 1} more` : ''}`] : []),
        ...(left === null ? [] : [leftInWords(left)]),
      ],
    };
  }

  #postings(running: readonly Running[]): string {
    const seen = this.#listed + sum(running.map(board => board.listed));
    const stated = this.#listed + sum(running.map(board => Math.max(board.total ?? 0, board.listed)));
    return `${stated > seen ? `${number(seen)} of ` : ''}${counted(stated, 'posting')} seen`;
  }

  #secondsLeft(running: readonly Running[]): number | null {
    const underWay = running.map(board => this.#underWay(board));
    return secondsLeft({ underWay, waiting: this.#waiting, atATime: this.#atATime, done: this.#took });
  }

  /** How fast a board is read shows in its details: each is a request to the same host, as fast as its turn comes. */
  #underWay({ began, details, asked }: Running): UnderWay {
    const now = this.#now();
    const seconds = (now - began) / 1000;
    if (!details) return { requestsLeft: null, secondsEach: 0, seconds };
    const seen = details.done >= LEAST_ASKED ? (now - details.began) / 1000 / details.done : 0;
    const secondsEach = Math.max(seen, ((asked?.spacingMs ?? 0) / 1000) * JITTER);
    const requestsLeft = secondsEach > 0 || details.wanted === 0 ? details.wanted - details.done : null;
    return { requestsLeft, secondsEach, seconds };
  }

  #isIdle(): boolean {
    return this.#running.size === 0 && this.#waiting === 0;
  }

  #restart(): void {
    if (!this.#isIdle()) return;
    this.#took = [];
    this.#listed = 0;
    this.#requests = 0;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}
