import type { BrowserContext, Browser as Running } from 'playwright-core';
import { messageOf, OmbreError } from '../../../errors.ts';
import { type Browser, GET_BROWSER } from './find.ts';

/** Pages after which a browser is replaced by a new one: what it gathers over time goes with it. */
const MOST_PAGES = 200;
const LAUNCH_MS = 30_000;
/** A context of a page that hangs may not close; its browser is then given up. */
const CLOSE_MS = 5_000;

/** A browser that opens nothing by itself: no name resolves, no proxy answers, nothing is asked of its makers. Its pages get what the engine hands them. */
const FLAGS = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  // A page that gathers more than this takes its own process down instead of the machine.
  '--js-flags=--max-old-space-size=512',
];
const NOWHERE = { server: 'http://nowhere.invalid:1' };

type Held = { running: Running; opened: number; open: number; retired: boolean };
export type Lent = { context: BrowserContext; isAlive(): boolean; giveBack(): Promise<void> };

/** The one browser of this process: started with the first page, replaced when it broke down or has served many, ended by `close`. */
export class Chromium {
  readonly #find: () => Promise<Browser | null>;
  readonly #userAgent: string;
  #held: Promise<Held> | null = null;
  readonly #all = new Set<Held>();
  #closed = false;

  constructor(find: () => Promise<Browser | null>, userAgent: string) {
    this.#find = find;
    this.#userAgent = userAgent;
  }

  /** A context of its own for one page. Throws E_BROWSER when there is no browser or it does not start, E_STOPPED after `close`. */
  async lend(): Promise<Lent> {
    const held = await this.#current();
    held.opened += 1;
    held.open += 1;
    try {
      const context = await held.running.newContext({
        userAgent: this.#userAgent,
        locale: 'en-US',
        acceptDownloads: false,
        serviceWorkers: 'block',
        proxy: NOWHERE,
      });
      return { context, isAlive: () => held.running.isConnected(), giveBack: () => this.#giveBack(held, context) };
    } catch (error) {
      await this.#release(held);
      throw new OmbreError('E_BROWSER', firstLine(error), { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#held?.catch(() => {});
    await Promise.all([...this.#all].map(held => held.running.close()));
  }

  async #current(): Promise<Held> {
    for (;;) {
      if (this.#closed) throw new OmbreError('E_STOPPED', 'the engine is closed');
      this.#held ??= this.#start();
      const asked = this.#held;
      try {
        const held = await asked;
        if (held.running.isConnected() && !held.retired && held.opened < MOST_PAGES) return held;
        held.retired = true;
        if (held.open === 0) await this.#end(held);
      } catch (error) {
        if (this.#held === asked) this.#held = null;
        throw error;
      }
      // Whoever saw it first may have started the next one already.
      if (this.#held === asked) this.#held = null;
    }
  }

  async #start(): Promise<Held> {
    const found = await this.#find();
    if (!found) throw new OmbreError('E_BROWSER', `none was found; run \`${GET_BROWSER}\`, or set CHROMIUM_PATH`);
    const { chromium } = await import('playwright-core');
    try {
      const running = await chromium.launch({
        executablePath: found.path,
        args: FLAGS,
        proxy: NOWHERE,
        // Chromium's sandbox cannot be had by root.
        chromiumSandbox: process.getuid?.() !== 0,
        timeout: LAUNCH_MS,
        // What an interrupt means is decided by the command.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
      const held: Held = { running, opened: 0, open: 0, retired: false };
      this.#all.add(held);
      running.once('disconnected', () => this.#all.delete(held));
      if (this.#closed) await running.close();
      return held;
    } catch (error) {
      throw new OmbreError('E_BROWSER', `${found.path} does not start (${firstLine(error)})`, { cause: error });
    }
  }

  async #giveBack(held: Held, context: BrowserContext): Promise<void> {
    const closed = context.close().then(
      () => true,
      // It went down with its browser.
      () => !held.running.isConnected(),
    );
    if (!(await before(closed, CLOSE_MS))) held.retired = true;
    await this.#release(held);
  }

  async #release(held: Held): Promise<void> {
    held.open -= 1;
    if (held.retired && held.open === 0) await this.#end(held);
  }

  async #end(held: Held): Promise<void> {
    await held.running.close();
  }
}

/** False when it takes longer. */
async function before(work: Promise<boolean>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Playwright's messages go on with a log of the call. */
export function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}
