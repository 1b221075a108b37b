import { LRUCache } from 'lru-cache';
import { OmbreError } from '../../errors.ts';
import { type Failed, failure } from './failed.ts';
import type { RobotsMemory, RobotsRecord } from './fetching.ts';
import { lineOf, type RobotsJudgement, type RobotsRules, readRobots } from './robots-rules.ts';
import { PRODUCT_TOKEN } from './user-agent.ts';

const KEPT_MS = 24 * 3600_000;
const UNREADABLE_KEPT_MS = 30 * 60_000;
const MAX_CRAWL_DELAY_MS = 60_000;
/** A longer robots.txt is cut here, not refused (RFC 9309 asks for at least this much). */
export const ROBOTS_BYTES = 500 * 1024;

/** What asking for a robots.txt gave: the last answer after redirects, or why there is none (`status` null when no server spoke). */
export type RobotsAnswer =
  | { kind: 'answer'; status: number; body: string }
  | { kind: 'unreadable'; status: number | null; reason: string; retryAt: string | null };

/** Fetches one robots.txt. `failed` says nothing about the site (no turn, the host is resting) and is not remembered. Throws only when stopped. */
type AskRobots = (url: URL, source: string, signal: AbortSignal) => Promise<RobotsAnswer | Failed>;

type RobotsVerdict = { allowed: true; crawlDelayMs: number } | { allowed: false; failed: Failed };

/** Most verdicts kept, and the characters they may take together with their addresses. */
const VERDICTS = { max: 20_000, maxSize: 8_000_000 };

/**
 * Decides by robots.txt (RFC 9309) whether an address may be opened, per scheme, host and port, with the answers kept in a shared memory.
 * Stricter than the standard: 401, 403 and 429 for robots.txt itself mean "not now", like a 5xx.
 */
export class RobotsGate {
  readonly #memory: RobotsMemory;
  readonly #ask: AskRobots;
  readonly #parsed = new LRUCache<string, { fetchedAt: number; rules: RobotsRules }>({ max: 200 });
  readonly #verdicts = new LRUCache<string, RobotsJudgement>({
    ...VERDICTS,
    sizeCalculation: (verdict, key) => key.length + verdict.reason.length,
  });
  readonly #asking = new Map<string, Promise<unknown>>();

  constructor(memory: RobotsMemory, ask: AskRobots) {
    this.#memory = memory;
    this.#ask = ask;
  }

  async check(url: URL, source: string, signal: AbortSignal): Promise<RobotsVerdict> {
    const record = await this.#record(url.origin, source, signal);
    if ('kind' in record) return { allowed: false, failed: record };
    if (record.verdict === 'none') return { allowed: true, crawlDelayMs: 0 };
    if (record.verdict === 'unreadable') {
      const error = new OmbreError('E_ROBOTS_UNREADABLE', `${url.origin}: ${record.reason}`);
      return { allowed: false, failed: failure(error, record.status, record.expiresAt.toISOString()) };
    }
    const rules = this.#rules(record);
    const { allowed, line, reason } = this.#judge(record, rules, url);
    if (allowed) return { allowed, crawlDelayMs: crawlDelay(rules) };
    const why =
      line === null
        ? `${url.origin}: ${reason}`
        : `line ${line} of ${url.origin}/robots.txt forbids ${url.pathname} ("${lineOf(record.body, line)}")`;
    return { allowed, failed: failure(new OmbreError('E_ROBOTS', why)) };
  }

  /** A verdict holds as long as the robots.txt it was read from. */
  #judge(record: RobotsRecord, rules: RobotsRules, url: URL): RobotsJudgement {
    // A robots.txt is known by the origin it was asked of; anything else would be another site's rules.
    if (record.origin !== url.origin) throw new OmbreError('E_BUG', `robots.txt of ${record.origin} asked about ${url.origin}`);
    const key = `${record.fetchedAt.getTime()} ${record.origin}${url.pathname}${url.search}`;
    const known = this.#verdicts.get(key);
    if (known) return known;
    const judged = rules.judge(url);
    this.#verdicts.set(key, judged);
    return judged;
  }

  async #record(origin: string, source: string, signal: AbortSignal): Promise<RobotsRecord | Failed> {
    for (;;) {
      const known = await this.#memory.get(origin);
      if (known && known.expiresAt.getTime() > Date.now()) return known;
      const asking = this.#asking.get(origin);
      if (!asking) break;
      // Someone else is at it. Their stop is not ours, so the memory is asked again rather than their answer taken.
      await asking.catch(() => {});
      signal.throwIfAborted();
    }
    const asked = this.#fetch(origin, source, signal);
    this.#asking.set(origin, asked);
    try {
      return await asked;
    } finally {
      this.#asking.delete(origin);
    }
  }

  async #fetch(origin: string, source: string, signal: AbortSignal): Promise<RobotsRecord | Failed> {
    const answer = await this.#ask(new URL('/robots.txt', origin), source, signal);
    if (answer.kind === 'failed') return answer;
    const record = judge(origin, answer, new Date());
    await this.#memory.put(record);
    return record;
  }

  #rules(record: RobotsRecord): RobotsRules {
    const kept = this.#parsed.get(record.origin);
    if (kept && kept.fetchedAt === record.fetchedAt.getTime()) return kept.rules;
    const rules = readRobots(record.body, PRODUCT_TOKEN);
    this.#parsed.set(record.origin, { fetchedAt: record.fetchedAt.getTime(), rules });
    return rules;
  }
}

function judge(origin: string, answer: RobotsAnswer, fetchedAt: Date): RobotsRecord {
  const { status } = answer;
  const keep = (ms: number, verdict: RobotsRecord['verdict'], reason: string, body = ''): RobotsRecord => {
    return { origin, fetchedAt, expiresAt: new Date(fetchedAt.getTime() + ms), status, verdict, reason, body };
  };
  if (answer.kind === 'unreadable') {
    const asked = answer.retryAt === null ? 0 : Date.parse(answer.retryAt) - fetchedAt.getTime();
    return keep(Math.min(Math.max(UNREADABLE_KEPT_MS, asked), KEPT_MS), 'unreadable', answer.reason);
  }
  if (answer.status >= 200 && answer.status < 300) return keep(KEPT_MS, 'rules', 'robots.txt was read', answer.body);
  const missing = answer.status >= 400 && answer.status < 500 && ![401, 403, 429].includes(answer.status);
  if (missing) return keep(KEPT_MS, 'none', `there is no robots.txt (${status})`);
  return keep(UNREADABLE_KEPT_MS, 'unreadable', `robots.txt answers ${status}`);
}

function crawlDelay(rules: RobotsRules): number {
  return Math.min(Math.max((rules.crawlDelay ?? 0) * 1000, 0), MAX_CRAWL_DELAY_MS);
}
