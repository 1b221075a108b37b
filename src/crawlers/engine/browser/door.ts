import { AsyncLocalStorage } from 'node:async_hooks';
import type { Page, Route } from 'playwright-core';
import { OmbreError } from '../../../errors.ts';
import { deadline } from '../deadline.ts';
import { Chromium, firstLine, type Lent } from './chromium.ts';
import type { Browser } from './find.ts';
import { type Part, Parts, type PartsOptions } from './parts.ts';
import { Slots } from './slots.ts';

/** Pages open at a time: each takes about 100 MB. */
const AT_A_TIME = 2;
/** Once what was waited for is there, the rest of a list has this long to arrive. */
const REST_MS = 2_000;

type DoorOptions = { find: () => Promise<Browser | null>; userAgent: string; timeoutMs: number };
type RenderOptions = Omit<PartsOptions, 'ask' | 'onDown'> & {
  /** The page's address with its fragment, which scripts may read. */
  address: string;
  /** A CSS selector to wait for; without one the page is done when it asks for nothing more. */
  wait: string | null;
  ask(...given: [...Parameters<PartsOptions['ask']>, AbortSignal]): ReturnType<PartsOptions['ask']>;
  signal: AbortSignal;
};

/** Puts pages together in the one browser of this process: a new context each, gone with it. */
export class BrowserDoor {
  readonly #chromium: Chromium;
  readonly #slots = new Slots(AT_A_TIME);
  readonly #timeoutMs: number;

  constructor({ find, userAgent, timeoutMs }: DoorOptions) {
    this.#chromium = new Chromium(find, userAgent);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The document as its scripts left it; `bytes` is its HTML in UTF-8. Throws E_TIMEOUT when the page does not settle in time, E_TOO_LARGE when
   * it grows past the limit, E_BROWSER when there is no browser or it broke down (the next page gets a new one), what `ask` throws when a part
   * of ours is down, and the signal's reason.
   */
  async render(options: RenderOptions): Promise<Part> {
    const { signal, address } = options;
    const leave = await this.#slots.enter(signal);
    const late = () => new OmbreError('E_TIMEOUT', `${new URL(address).host} did not settle within ${this.#timeoutMs} ms`);
    const clock = deadline(signal, this.#timeoutMs, late);
    let lent: Lent | null = null;
    try {
      lent = await this.#chromium.lend();
      return await this.#open(lent, options, clock.signal);
    } catch (error) {
      if (clock.signal.aborted) throw clock.signal.reason;
      throw asBrowserError(error, lent);
    } finally {
      clock.done();
      await lent?.giveBack();
      leave();
    }
  }

  async close(): Promise<void> {
    await this.#chromium.close();
  }

  async #open({ context }: Lent, options: RenderOptions, signal: AbortSignal): Promise<Part> {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const parts = new Parts({ ...options, ask: (request, maxBytes) => options.ask(request, maxBytes, signal), onDown: reject });
    // It may be rejected when nobody waits any more.
    stopped.catch(() => {});
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const page = await Promise.race([context.newPage(), stopped]);
      page.setDefaultTimeout(0);
      page.on('crash', () => reject(new OmbreError('E_BROWSER', `the page of ${new URL(options.address).host} took its process down`)));
      context.on('page', opened => void (opened === page ? undefined : opened.close().catch(() => {})));
      // In the context of this page's visit: the browser speaks in that of whoever started it.
      await context.route(
        '**/*',
        AsyncLocalStorage.bind((route: Route) => parts.answer(route, page)),
      );
      return await Promise.race([settle(page, parts, options), stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}

async function settle(page: Page, parts: Parts, { address, wait, maxBytes }: RenderOptions): Promise<Part> {
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  if (wait === null) await page.waitForLoadState('networkidle');
  else {
    await page.waitForSelector(wait, { state: 'attached' });
    // What was waited for is there: a page that goes on asking for other things is as good as settled.
    await page.waitForLoadState('networkidle', { timeout: REST_MS }).catch(() => {});
  }
  const length = await page.evaluate<number>('document.documentElement.outerHTML.length');
  if (length > maxBytes) throw new OmbreError('E_TOO_LARGE', `the page grew to ${length} characters, ${maxBytes} bytes are allowed`);
  const bytes = Buffer.from(await page.content());
  const { status, headers } = parts.document;
  return { url: page.url().replace(/#.*$/, ''), status, headers, bytes };
}

function asBrowserError(error: unknown, lent: Lent | null): OmbreError {
  if (error instanceof OmbreError) return error;
  const detail = lent && !lent.isAlive() ? 'the browser ended before the page was read' : firstLine(error);
  return new OmbreError('E_BROWSER', detail, { cause: error });
}
