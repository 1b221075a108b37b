import { LRUCache } from 'lru-cache';
import { OmbreError } from '../../errors.ts';
import { during, type Operations } from '../../telemetry/operations.ts';
import { type BodyLimits, readBody } from './body.ts';
import { deadline, throwIfStopped } from './deadline.ts';
import { type Failed, failure } from './failed.ts';
import type { Asked, HostLease, HostLimiter } from './fetching.ts';
import { hostKey } from './host-key.ts';
import type { Log } from './log.ts';
import type { Outage } from './outage.ts';
import type { Recorder } from './recorder.ts';
import { asCoded, backoffMs, isPassing, isPassingError, MAX_TRIES, ofTheHost, PATIENCE_MS, retryAfterMs } from './retry.ts';
import type { Shell } from './shell.ts';
import type { Exchange, Reply, Transport } from './transport.ts';

type Outcome = { kind: 'reply'; reply: Reply } | { kind: 'error'; error: OmbreError };

export type AskOptions = {
  limits: BodyLimits;
  /** Least time between this request and the next one to the host, before jitter. */
  spacingMs: number;
  /** Second tries left for all of what the caller wants, redirects included; counted down here. */
  budget: { retries: number };
  signal: AbortSignal;
  /** False keeps the answer out of a recording. */
  keep?: boolean;
  /** Tells answers that only stand in for the one that was due. */
  outage?: (reply: Reply) => Outage | null;
};

type ExchangerParts = {
  transport: Transport;
  hosts: HostLimiter;
  shell: Shell;
  recorder: Recorder | null;
  timeoutMs: number;
  backoffMs: number;
  clock: () => Date | Promise<Date>;
  onRequest?: (asked: Asked) => void;
  log: Log;
};

/** A host that asked for a longer pause than this many others did is forgotten; its turn in the shared limiter is not. */
const REMEMBERED_HOSTS = 10_000;
/** Longest wait for a host's turn; with the largest Crawl-delay it still lets nine others go first. */
const TURN_MS = 10 * 60_000;
/** Of an answer that only says "not now", a little is read so that the connection can be used again. */
const NOT_READ: BodyLimits = { maxBytes: 64 * 1024, cut: true };
/** How much longer than a request may take its lease lasts. */
const LEASE_SLACK_MS = 15_000;

/** Carries single requests over a transport: takes the host's turn, runs in the shell, reads the body within limits, tries again what may pass. */
export class Exchanger {
  readonly #parts: ExchangerParts;
  readonly #throttled = new LRUCache<string, number>({ max: REMEMBERED_HOSTS });

  constructor(parts: ExchangerParts) {
    this.#parts = parts;
  }

  /** Throws E_STOPPED when stopped, E_DB_DOWN when the turns cannot be asked for, and nothing else. A reply may have any status but the passing ones (408, 425, 429, 5xx), which end as failures, as maintenance pages do. */
  async ask(exchange: Exchange, options: AskOptions): Promise<Reply | Failed> {
    const host = hostKey(exchange.url);
    for (;;) {
      const resting = this.#throttled.get(host) ?? 0;
      if (resting > Date.now() + PATIENCE_MS) return throttled(`${host} asked not to be asked before ${iso(resting)}`, null, resting);
      const lease = await this.#turn(host, options);
      if ('kind' in lease) return lease;
      this.#parts.onRequest?.({ source: exchange.source, host: exchange.url.host, spacingMs: options.spacingMs });
      let pauseMs = this.#parts.transport.live ? options.spacingMs * (1 + Math.random() / 4) : 0;
      try {
        const asked = { source: exchange.source, method: exchange.method, host: exchange.url.host, site: host };
        const outcome = await during('request', asked, facts => this.#once(exchange, options, facts));
        const verdict = this.#judge(outcome, host, options);
        pauseMs = Math.max(pauseMs, verdict.pauseMs);
        if (verdict.result) return verdict.result;
        options.budget.retries -= 1;
      } finally {
        await this.#release(lease, host, pauseMs);
      }
    }
  }

  /** Has the host left alone for a while, as after a request: for what asked it several times in one go. Throws E_STOPPED when stopped. */
  async rest(url: URL, ms: number, signal: AbortSignal): Promise<void> {
    const host = hostKey(url);
    const lease = await this.#turn(host, { spacingMs: 0, signal });
    if (!('kind' in lease)) await this.#release(lease, host, ms * (1 + Math.random() / 4));
  }

  async #turn(host: string, { spacingMs, signal }: Pick<AskOptions, 'spacingMs' | 'signal'>): Promise<HostLease | Failed> {
    throwIfStopped(signal);
    const late = () => new OmbreError('E_THROTTLED', `no turn at ${host} within ${TURN_MS / 60_000} minutes`);
    const patience = deadline(signal, TURN_MS, late);
    try {
      const leaseMs = this.#parts.timeoutMs + LEASE_SLACK_MS;
      return await this.#parts.hosts.acquire(host, { spacingMs, leaseMs, signal: patience.signal });
    } catch (error) {
      throwIfStopped(signal);
      return failure(patience.signal.aborted ? late() : ofTheHost(error));
    } finally {
      patience.done();
    }
  }

  async #release(lease: HostLease, host: string, pauseMs: number): Promise<void> {
    try {
      await lease.release({ notBefore: pauseMs > 0 ? new Date(Date.now() + pauseMs) : null });
    } catch (error) {
      // The lease ends by itself; the answer at hand is worth more than a tidy release.
      this.#parts.log.warn({ err: error, host }, 'could not give back the turn at a host');
    }
  }

  /** One try. The time limit covers everything from the turn on, waiting for room included, so that it ends before the lease does. */
  async #once(exchange: Exchange, { limits, signal, keep = true }: AskOptions, facts: Operations['request']): Promise<Outcome> {
    const { transport, shell, timeoutMs, recorder, clock: now, log } = this.#parts;
    const clock = deadline(signal, timeoutMs, () => new OmbreError('E_TIMEOUT', `${exchange.url.host} took longer than ${timeoutMs} ms`));
    const started = performance.now();
    try {
      const reply = await shell.run(async () => {
        const answer = await transport.send(exchange, clock.signal);
        const bytes = await readBody(answer, isPassing(answer.status) ? NOT_READ : limits);
        const answeredAt = answer.answeredAt ?? (await now()).toISOString();
        return { status: answer.status, headers: answer.headers, bytes, answeredAt };
      }, clock.signal);
      const ms = Math.round(performance.now() - started);
      Object.assign(facts, { status: reply.status, bytes: reply.bytes.byteLength });
      log.debug({ method: exchange.method, url: exchange.url.href, status: reply.status, bytes: reply.bytes.byteLength, ms }, 'request');
      if (keep) recorder?.keep(exchange, reply);
      return { kind: 'reply', reply };
    } catch (error) {
      throwIfStopped(signal);
      const coded = asCoded(clock.signal.aborted ? clock.signal.reason : error);
      if (coded.code === 'E_STOPPED') throw coded;
      facts.code = coded.code;
      if (coded.code === 'E_BUG') log.error({ err: coded, url: exchange.url.href }, 'a request failed in a way nobody foresaw');
      else log.debug({ method: exchange.method, url: exchange.url.href, code: coded.code }, coded.message);
      return { kind: 'error', error: coded };
    } finally {
      clock.done();
    }
  }

  /** What follows from one try: a result, or nothing and how long the host is left alone before the next try. */
  #judge(outcome: Outcome, host: string, { budget: { retries }, outage }: AskOptions): { result: Reply | Failed | null; pauseMs: number } {
    const base = this.#parts.backoffMs;
    if (outcome.kind === 'error') {
      const again = retries > 0 && isPassingError(outcome.error);
      return { result: again ? null : failure(outcome.error), pauseMs: again ? backoffMs(MAX_TRIES - retries, base) : 0 };
    }
    const { reply } = outcome;
    const standIn = outage?.(reply) ?? null;
    if (standIn && retries > 0) return { result: null, pauseMs: backoffMs(MAX_TRIES - retries, base) };
    if (standIn?.why) return { result: failure(new OmbreError('E_STATUS', `${host} ${standIn.why}`), reply.status), pauseMs: 0 };
    if (!isPassing(reply.status)) return { result: reply, pauseMs: 0 };
    const asked = reply.status === 429 || reply.status === 503 ? retryAfterMs(reply.headers['retry-after'], Date.now()) : null;
    if (asked === null && retries > 0) return { result: null, pauseMs: backoffMs(MAX_TRIES - retries, base) };
    if (asked !== null && asked <= PATIENCE_MS && retries > 0) return { result: null, pauseMs: asked };
    const detail = `${host} answers ${reply.status}`;
    if (asked === null) {
      return { result: failure(new OmbreError(reply.status === 429 ? 'E_THROTTLED' : 'E_STATUS', detail), reply.status), pauseMs: 0 };
    }
    const until = Date.now() + asked;
    this.#throttled.set(host, until);
    return { result: throttled(`${detail} and asks not to be asked before ${iso(until)}`, reply.status, until), pauseMs: asked };
  }
}

function throttled(detail: string, status: number | null, until: number): Failed {
  return failure(new OmbreError('E_THROTTLED', detail), status, iso(until));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
