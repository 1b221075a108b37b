import type { Config } from '../../config.ts';
import { OmbreError } from '../../errors.ts';
import type { Page, PageRequest } from '../adapter.ts';
import { BrowserDoor } from './browser/door.ts';
import { type Browser, findBrowser } from './browser/find.ts';
import type { Part, PartRequest } from './browser/parts.ts';
import { decodeText } from './charset.ts';
import { linked, throwIfStopped } from './deadline.ts';
import { type AskOptions, Exchanger } from './exchanger.ts';
import { type Failed, failure } from './failed.ts';
import type { Asked, Fetched, Fetcher, HostLimiter, RobotsMemory, Validators } from './fetching.ts';
import { checkAddress } from './guard.ts';
import { type Log, SILENT } from './log.ts';
import { MemoryHostLimiter } from './memory-hosts.ts';
import { MemoryRobots } from './memory-robots.ts';
import { outageOf } from './outage.ts';
import { Recorder, type RecordOptions } from './recorder.ts';
import { follow, isWithin, MAX_REDIRECTS, redirectTarget } from './redirects.ts';
import { asCoded, MAX_TRIES, ofTheHost } from './retry.ts';
import { ROBOTS_BYTES, type RobotsAnswer, RobotsGate } from './robots.ts';
import { Shell } from './shell.ts';
import type { Exchange, Reply, Transport } from './transport.ts';
import { liveTransport } from './transport-live.ts';
import { identity } from './user-agent.ts';

export { refusedHost } from './refused.ts';

type EngineConfig = Pick<
  Config,
  'ALLOW_PRIVATE_HOSTS' | 'BOT_CONTACT' | 'CHROMIUM_PATH' | 'CRAWL_CONCURRENCY' | 'CRAWL_DELAY_MS' | 'MAX_BODY_MB' | 'REQUEST_TIMEOUT_MS'
>;

export type EngineOptions = {
  config: EngineConfig;
  /** robots.txt answers and host turns, shared by every process. A replay uses neither: what a recording says must not steer the live crawl. */
  robots: RobotsMemory;
  hosts: HostLimiter;
  /** Default: the network. */
  transport?: Transport;
  /** For rendered pages. Default: the one findBrowser finds, looked for with the first such page. */
  browser?: Browser | null;
  /** A folder every answer is kept in, as replayTransport reads it. */
  record?: string | RecordOptions | null;
  log?: Log;
  /** Told of every request as it is sent. */
  onRequest?: (asked: Asked) => void;
  /** The time that is noted as when an answer came. Default: this process's. */
  clock?: () => Date | Promise<Date>;
  /** Instead of CRAWL_DELAY_MS; a longer Crawl-delay of the host still holds. */
  spacingMs?: number;
  /** First pause before a request is tried again, doubled for the next. */
  backoffMs?: number;
};

/**
 * The only door to the network: one request under every rule of the house. In this order: address guard, robots.txt, the host's turn, honest
 * headers, the request, redirects hop by hop with all of the above again, size and ratio caps, Retry-After, up to three tries.
 */
export function createEngine(options: EngineOptions): Fetcher {
  return new Engine(options);
}

class Engine implements Fetcher {
  readonly #config: EngineConfig;
  readonly #allowedPrivate: ReadonlySet<string>;
  readonly #transport: Transport;
  readonly #shell: Shell;
  readonly #recorder: Recorder | null;
  readonly #exchanger: Exchanger;
  readonly #robots: RobotsGate;
  readonly #browser: BrowserDoor;
  readonly #log: Log;
  readonly #spacingMs: number;
  readonly #identity: ReturnType<typeof identity>;
  readonly #stopped = new AbortController();

  constructor(options: EngineOptions) {
    const { config, robots, hosts, transport, browser, record, clock, onRequest, log = SILENT, spacingMs, backoffMs = 1000 } = options;
    this.#config = config;
    this.#log = log;
    this.#allowedPrivate = new Set(config.ALLOW_PRIVATE_HOSTS);
    this.#identity = { 'accept-encoding': 'gzip, deflate, br', ...identity(config.BOT_CONTACT) };
    this.#transport = transport ?? liveTransport(config);
    const { live } = this.#transport;
    this.#spacingMs = live ? (spacingMs ?? config.CRAWL_DELAY_MS) : 0;
    // Twice the visits: room for each visit's request and the robots.txt it may need first.
    this.#shell = new Shell({ concurrency: config.CRAWL_CONCURRENCY * 2 });
    this.#recorder = record ? new Recorder(typeof record === 'string' ? { dir: record } : record) : null;
    this.#exchanger = new Exchanger({
      transport: this.#transport,
      hosts: live ? hosts : new MemoryHostLimiter(),
      shell: this.#shell,
      recorder: this.#recorder,
      timeoutMs: config.REQUEST_TIMEOUT_MS,
      backoffMs: live ? backoffMs : 0,
      clock: clock ?? (() => new Date()),
      onRequest,
      log,
    });
    this.#robots = new RobotsGate(live ? robots : new MemoryRobots(), (url, source, signal) => this.#askRobots(url, source, signal));
    this.#browser = new BrowserDoor({
      find: async () => (browser === undefined ? await findBrowser(config) : browser),
      userAgent: this.#identity['user-agent'],
      timeoutMs: config.REQUEST_TIMEOUT_MS,
    });
  }

  async fetch(request: PageRequest, options: { source: string; signal: AbortSignal; validators?: Validators | null }): Promise<Fetched> {
    const link = linked([options.signal, this.#stopped.signal]);
    try {
      throwIfStopped(link.signal);
      return await this.#fetch(request, options.source, link.signal, options.validators ?? null);
    } catch (error) {
      throwIfStopped(link.signal);
      return failure(ofTheHost(error));
    } finally {
      link.done();
    }
  }

  async close(): Promise<void> {
    this.#stopped.abort(new OmbreError('E_STOPPED', 'the engine is closed'));
    await this.#browser.close();
    await this.#shell.close();
    await this.#transport.close();
    await this.#recorder?.close();
  }

  async #fetch(request: PageRequest, source: string, signal: AbortSignal, validators: Validators | null): Promise<Fetched> {
    const first = checkAddress(request.url, this.#allowedPrivate);
    const within = (to: URL) => isWithin(request.redirects ?? 'host', first, to);
    // A recording is to be whole, so nothing may be answered with "as before" while it is made.
    const conditions = this.#recorder || request.rendered ? {} : conditional(validators);
    const exchange = this.#exchange(request, first, source, conditions);
    const limits = { maxBytes: this.#config.MAX_BODY_MB * 1024 * 1024, textOnly: true };
    const options = { limits, budget: { retries: MAX_TRIES - 1 }, signal };
    // What was recorded of a rendered page is the page as it was rendered.
    if (request.rendered && this.#transport.live) return await this.#fetchRendered(request, exchange, within, options);
    const walked = await this.#walk(exchange, within, options);
    if ('kind' in walked) return walked;
    return answered(request, walked.exchange.url, walked.reply, Object.keys(conditions).length > 0);
  }

  /** Asks, following redirects as far as `within` allows; the first answer that leads no further is the result. */
  async #walk(exchange: Exchange, within: (to: URL) => boolean, options: WalkOptions): Promise<Walked | Failed> {
    const first = exchange.url;
    for (let hop = 0; ; hop += 1) {
      const robots = await this.#robots.check(exchange.url, exchange.source, options.signal);
      if (!robots.allowed) return robots.failed;
      const spacingMs = Math.max(this.#spacingMs, robots.crawlDelayMs);
      const asked = exchange;
      const reply = await this.#exchanger.ask(asked, { spacingMs, outage: given => outageOf(asked, given, within), ...options });
      if ('kind' in reply) return reply;
      const to = redirectTarget(reply.status, reply.headers.location, exchange.url);
      if (!to || !within(to)) return { exchange, reply, spacingMs };
      if (hop === MAX_REDIRECTS) return tooManyRedirects(first);
      exchange = follow(exchange, reply.status, checkAddress(to, this.#allowedPrivate));
    }
  }

  /**
   * The page is asked for like any other and then put together in a browser that has no network of its own: whatever it wants comes back here,
   * to the same address guard, robots.txt and turns. Its parts follow each other without a pause; the host's pause comes after the last one.
   */
  async #fetchRendered(request: PageRequest, asked: Exchange, within: (to: URL) => boolean, options: WalkOptions): Promise<Fetched> {
    if (asked.method !== 'GET') throw new OmbreError('E_BUG', `a rendered page is asked for with ${asked.method}`);
    const { signal } = options;
    let pauseMs = this.#spacingMs;
    try {
      const walked = await this.#walk(asked, within, { ...options, spacingMs: 0 });
      if ('kind' in walked) return walked;
      const { exchange, reply } = walked;
      pauseMs = walked.spacingMs;
      if (!isDocument(reply)) return answered(request, exchange.url, reply, false);
      const wait = request.note?.wait;
      const part = await this.#browser.render({
        document: { url: exchange.url.href, status: reply.status, headers: reply.headers, bytes: reply.bytes },
        address: exchange.url.href.replace(/#.*$/, '') + new URL(request.url).hash,
        wait: typeof wait === 'string' ? wait : null,
        mayLeadTo: within,
        ask: (wanted, maxBytes, stop) => this.#part(wanted, asked.source, maxBytes, stop),
        maxBytes: options.limits.maxBytes,
        log: this.#log,
        signal,
      });
      const rendered = { ...reply, status: part.status, headers: asRendered(part.headers), bytes: part.bytes };
      this.#recorder?.keep(asked, rendered);
      return answered(request, new URL(part.url), rendered, false);
    } finally {
      if (!signal.aborted) await this.#exchanger.rest(asked.url, pauseMs, signal);
    }
  }

  /** One part of a rendered page. Throws only on abort, and when a part of ours is down: that is no outcome of a request. */
  async #part({ method, url, headers, body }: PartRequest, source: string, maxBytes: number, signal: AbortSignal): Promise<Part | Failed> {
    try {
      const first = checkAddress(url, this.#allowedPrivate);
      const wanted: PageRequest = { kind: 'detail', method, url, headers, ...(body === null ? {} : { body }) };
      const options = { limits: { maxBytes }, budget: { retries: 0 }, spacingMs: 0, keep: false, signal };
      const walked = await this.#walk(this.#exchange(wanted, first, source, {}), () => true, options);
      if ('kind' in walked) return walked;
      const { status, headers: given, bytes } = walked.reply;
      return { url: walked.exchange.url.href, status, headers: given, bytes };
    } catch (error) {
      throwIfStopped(signal);
      return failure(ofTheHost(error));
    }
  }

  #exchange(request: PageRequest, url: URL, source: string, conditions: Record<string, string>): Exchange {
    const own = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
    const body = request.method === 'POST' ? (request.body ?? '') : null;
    return {
      method: request.method ?? 'GET',
      url,
      source,
      body,
      ...(request.unrecorded ? { unrecorded: request.unrecorded } : {}),
      headers: {
        accept: 'application/json, text/html;q=0.9, application/xml;q=0.9, */*;q=0.5',
        'accept-language': 'en-US, en;q=0.8',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...Object.fromEntries(own.filter(([name]) => !OURS.has(name))),
        ...conditions,
        ...this.#identity,
      },
    };
  }

  /** A robots.txt may be redirected to any host (RFC 9309); the rules found there are those of the host first asked. */
  async #askRobots(url: URL, source: string, signal: AbortSignal): Promise<RobotsAnswer | Failed> {
    const limits = { maxBytes: ROBOTS_BYTES, cut: true };
    const budget = { retries: MAX_TRIES - 1 };
    let exchange: Exchange = { method: 'GET', url, source, body: null, headers: { accept: 'text/plain, */*;q=0.5', ...this.#identity } };
    for (let hop = 0; ; hop += 1) {
      const reply = await this.#exchanger.ask(exchange, { limits, spacingMs: this.#spacingMs, budget, signal });
      if ('kind' in reply) return aboutTheSite(reply) ? unreadable(reply) : reply;
      const to = redirectTarget(reply.status, reply.headers.location, exchange.url);
      if (!to) {
        const body = Buffer.from(reply.bytes).toString('utf8');
        return { kind: 'answer', status: reply.status, body };
      }
      if (hop === MAX_REDIRECTS) return unreadable(tooManyRedirects(url));
      try {
        exchange = follow(exchange, reply.status, checkAddress(to, this.#allowedPrivate));
      } catch (error) {
        return unreadable(failure(asCoded(error), reply.status));
      }
    }
  }
}

type WalkOptions = Omit<AskOptions, 'spacingMs'> & { spacingMs?: number };
/** The last request, its answer, and how long its host is to be left alone by the settings and robots.txt. */
type Walked = { exchange: Exchange; reply: Reply; spacingMs: number };

/** Headers an adapter has no say in. */
const OURS = new Set(['user-agent', 'from', 'accept-encoding', 'host', 'connection', 'content-length', 'transfer-encoding']);

function conditional(validators: Validators | null): Record<string, string> {
  return {
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

/** Whether there is anything to render: errors, feeds and JSON are as good without a browser. */
function isDocument({ status, headers, bytes }: Reply): boolean {
  const type = headers['content-type'] ?? '';
  return status < 300 && bytes.byteLength > 0 && (/html/i.test(type) || type === '');
}

/** The frame of a page that scripts fill stays the same when its jobs change, so its validators prove nothing. */
function asRendered({ etag: _etag, 'last-modified': _lastModified, ...headers }: Record<string, string>): Record<string, string> {
  return { ...headers, 'content-type': 'text/html; charset=utf-8' };
}

function answered(request: PageRequest, url: URL, reply: Reply, asked: boolean): Fetched {
  const { status, headers, bytes, answeredAt } = reply;
  const page: Omit<Page, 'body'> = { request, url: url.href.replace(/#.*$/, ''), status, headers, fetchedAt: answeredAt };
  if (status !== 304) return { kind: 'page', page: { ...page, body: decodeText(bytes, headers['content-type'] ?? '') } };
  return asked
    ? { kind: 'not_modified', page }
    : failure(new OmbreError('E_STATUS', `${url.host} answers 304 to an unconditional request`), status);
}

function tooManyRedirects(first: URL): Failed {
  return failure(new OmbreError('E_REDIRECT', `more than ${MAX_REDIRECTS} redirects from ${first.host}${first.pathname}`));
}

/** Whether a failure says something about the site itself, rather than about our turn, the recording or this program. */
function aboutTheSite({ code, status }: Failed): boolean {
  return status !== null || code === 'E_NETWORK' || code === 'E_TIMEOUT' || code === 'E_TOO_LARGE' || code === 'E_CONTENT';
}

function unreadable({ status, message, retryAt }: Failed): RobotsAnswer {
  return { kind: 'unreadable', status, reason: message, retryAt };
}
