import type { Page, Request, Route } from 'playwright-core';
import { getDomain } from 'tldts';
import { OmbreError } from '../../../errors.ts';
import type { Failed } from '../failed.ts';
import type { Log } from '../log.ts';

/** What a page asks for while it is put together. Header names in lower case. */
export type PartRequest = { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; body: string | null };
export type Part = { url: string; status: number; headers: Record<string, string>; bytes: Uint8Array };

export type PartsOptions = {
  /** The page as it was fetched, given to the first navigation. */
  document: Part;
  /** Whether the page may lead itself on to this address. */
  mayLeadTo(url: URL): boolean;
  /** Makes one request under the rules of the engine; redirects are followed there. */
  ask(request: PartRequest, maxBytes: number): Promise<Part | Failed>;
  /** Told when a part could not be asked for because something of ours is down: without it the page is not what its site shows. */
  onDown(error: OmbreError): void;
  /** Most bytes of all parts together. */
  maxBytes: number;
  log: Log;
};

const MOST_PARTS = 200;
const MOST_FOREIGN = 40;
const MOST_MOVES = 5;
/** What a list of jobs is made of. Styles are answered empty, for scripts wait for them; pictures, fonts, films, beacons and sockets are refused. */
const WANTED = new Set(['document', 'script', 'xhr', 'fetch']);
/** Of an answer: what speaks of its way here, or would make a page a download or set a cookie. */
const DROPPED = new Set([
  'content-encoding',
  'content-length',
  'content-disposition',
  'transfer-encoding',
  'connection',
  'set-cookie',
  'location',
  'refresh',
]);

/** Answers every request of one page in the browser, which has no network of its own: the engine asks for it, or it is refused. */
export class Parts {
  readonly #options: PartsOptions;
  readonly #site: string;
  /** The document shown now: the first one, or where the page led itself. */
  document: Part;
  #given = false;
  #moves = 0;
  #count = 0;
  #foreign = 0;
  #bytes: number;

  constructor(options: PartsOptions) {
    this.#options = options;
    this.document = options.document;
    this.#bytes = options.maxBytes - options.document.bytes.byteLength;
    this.#site = siteOf(new URL(options.document.url));
  }

  /** Never throws: a page that was closed meanwhile needs no answer. */
  async answer(route: Route, page: Page): Promise<void> {
    try {
      await this.#answer(route, page);
    } catch (error) {
      if (error instanceof OmbreError && error.action === 'down') this.#options.onDown(error);
      this.#options.log.debug({ err: error, url: route.request().url() }, 'a part of a page could not be handed over');
      await route.abort('failed').catch(() => {});
    }
  }

  async #answer(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const type = request.resourceType();
    const leads = request.isNavigationRequest() && isMain(request, page);
    if (leads && !this.#given) {
      this.#given = true;
      await fulfil(route, this.document);
    } else if (type === 'stylesheet') {
      await route.fulfill({ status: 200, contentType: 'text/css', headers: { 'access-control-allow-origin': '*' }, body: '' });
    } else {
      const refused = this.#refusal(request, type, leads);
      const part = refused === null ? await this.#ask(request) : null;
      if (part) {
        if (leads) this.document = part;
        await fulfil(route, part);
      } else {
        if (refused !== null) this.#options.log.debug({ url: request.url(), type }, `a part of a page was refused: ${refused}`);
        await route.abort('blockedbyclient');
      }
    }
  }

  #refusal(request: Request, type: string, leads: boolean): string | null {
    if (!WANTED.has(type)) return 'nothing that postings are made of';
    if (request.isNavigationRequest() && !leads && isPopup(request)) return 'a window of its own';
    if (request.method() !== 'GET' && request.method() !== 'POST') return `method ${request.method()}`;
    const url = URL.parse(request.url());
    if (!url) return 'not an address';
    if (leads && (++this.#moves > MOST_MOVES || !this.#options.mayLeadTo(url))) return 'the page leads elsewhere';
    if (++this.#count > MOST_PARTS) return `more than ${MOST_PARTS} parts`;
    if (siteOf(url) !== this.#site && ++this.#foreign > MOST_FOREIGN) return `more than ${MOST_FOREIGN} parts from other sites`;
    return this.#bytes > 0 ? null : 'the page is too large';
  }

  async #ask(request: Request): Promise<Part | null> {
    const method = request.method() === 'POST' ? 'POST' : 'GET';
    // Client hints describe the browser; who asks is said by the engine.
    const headers = Object.fromEntries(Object.entries(request.headers()).filter(([name]) => !name.startsWith('sec-') && name !== 'cookie'));
    const body = method === 'POST' ? (request.postData() ?? '') : null;
    const part = await this.#options.ask({ method, url: request.url(), headers, body }, this.#bytes);
    if ('kind' in part) {
      this.#options.log.debug({ url: request.url(), code: part.code }, part.message);
      return null;
    }
    this.#bytes -= part.bytes.byteLength;
    return part;
  }
}

async function fulfil(route: Route, { status, headers, bytes }: Part): Promise<void> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.has(name)));
  await route.fulfill({ status, headers: kept, body: Buffer.from(bytes) });
}

function isMain(request: Request, page: Page): boolean {
  return !isPopup(request) && request.frame() === page.mainFrame();
}

/** Playwright has no frame yet for the first request of a window that a page opened. */
function isPopup(request: Request): boolean {
  try {
    request.frame();
    return false;
  } catch {
    // Throwing is its only way to say so.
    return true;
  }
}

function siteOf(url: URL): string {
  return getDomain(url.hostname) ?? url.host;
}
