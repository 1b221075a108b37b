import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, mistake } from '../../errors.ts';
import { makeFolders } from '../../folders.ts';
import { decodeText } from './charset.ts';
import {
  bodyFile,
  canonicalBody,
  canonicalQuery,
  loadManifest,
  MANIFEST,
  type RecordedBoard,
  type RecordedResponseInput,
} from './recordings.ts';
import type { Exchange, Reply } from './transport.ts';

export type RecordOptions = {
  /** Folder of the recording; made when missing, added to when it is one. */
  dir: string;
  /** Rows of the sources that will be visited, so that the folder can be replayed as boards. */
  sources?: readonly { slug: string; name: string; system: string; target: unknown }[];
};

type Board = Omit<RecordedBoard, 'responses'> & { responses: RecordedResponseInput[] };

/** Headers an adapter or the engine may want to see again. Cookies and everything else stay out of a recording. */
const KEPT_HEADERS = ['etag', 'last-modified', 'location', 'link', 'x-robots-tag', 'x-total-count', 'content-language'];

/** So many answers at most are lost to a kill while answers keep coming. */
const MOST_UNLISTED = 20;

/**
 * Keeps every answer in a folder that replayTransport reads. Bodies are kept decoded, as UTF-8, without the fields a request says are not to be. The same method, address, query and body again
 * replaces what it answered before. Each file is written beside its place and then moved there, so that a kill leaves a whole recording behind.
 */
export class Recorder {
  readonly #dir: string;
  readonly #boards = new Map<string, Board>();
  #writing: Promise<void> = Promise.resolve();
  #failed: { error: unknown } | null = null;
  #waiting = 0;
  #unlisted = 0;

  /** Throws E_INPUT when the folder cannot be made or holds a manifest that cannot be read. */
  constructor({ dir, sources = [] }: RecordOptions) {
    this.#dir = dir;
    try {
      makeFolders(dir);
    } catch (error) {
      throw mistake('E_INPUT', 'folder of the recording', dir, `a folder that can be made: ${messageOf(error)}`);
    }
    const before: RecordedBoard[] = existsSync(path.join(dir, MANIFEST)) ? loadManifest(dir) : [];
    for (const board of before) this.#boards.set(board.source.slug, board);
    for (const { slug, name, system, target } of sources) this.#board(slug).source = { slug, name, system, target };
  }

  /** Takes note of one answer; it is on disk some time later, after `close` at the latest. */
  keep(exchange: Exchange, reply: Reply): void {
    const response = recorded(exchange, reply);
    const text = withoutFields(decodeText(reply.bytes, reply.headers['content-type'] ?? ''), exchange.unrecorded ?? []);
    this.#waiting += 1;
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#write(response.file, text);
        this.#list(exchange.source, response);
        this.#unlisted += 1;
        // Not for each of many that come quickly, and after its files, so that it never names one that is not there.
        if (this.#waiting === 1 || this.#unlisted >= MOST_UNLISTED) await this.#writeManifest();
      } catch (error) {
        this.#failed ??= { error };
      } finally {
        this.#waiting -= 1;
      }
    });
  }

  /** Waits for the disk. Rejects with the first error it gave. */
  async close(): Promise<void> {
    await this.#writing;
    if (this.#failed) throw this.#failed.error;
  }

  #list(slug: string, response: RecordedResponseInput): void {
    const { responses } = this.#board(slug);
    const again = responses.findIndex(other => {
      return (['method', 'url', 'query', 'request_body'] as const).every(part => other[part] === response[part]);
    });
    if (again === -1) responses.push(response);
    else responses[again] = response;
  }

  #board(slug: string): Board {
    const board = this.#boards.get(slug) ?? { source: { slug, name: slug, system: '', target: null }, responses: [] };
    this.#boards.set(slug, board);
    return board;
  }

  async #writeManifest(): Promise<void> {
    this.#unlisted = 0;
    await this.#write(MANIFEST, `${JSON.stringify([...this.#boards.values()], null, 1)}\n`);
  }

  async #write(name: string, text: string): Promise<void> {
    const place = bodyFile(this.#dir, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(`${place}.part`, text);
    await rename(`${place}.part`, place);
  }
}

function recorded(exchange: Exchange, reply: Reply): RecordedResponseInput & { file: string } {
  const type = reply.headers['content-type'] ?? null;
  const query = canonicalQuery(exchange.url.search);
  const body = exchange.body === null ? null : canonicalBody(exchange.body);
  const url = exchange.url.origin + exchange.url.pathname;
  const name = createHash('sha256')
    .update(JSON.stringify([exchange.method, url, query, body]))
    .digest('hex')
    .slice(0, 16);
  const kept = Object.entries(reply.headers).filter(([header]) => KEPT_HEADERS.includes(header));
  return {
    method: exchange.method,
    url,
    query,
    ...(body === null ? {} : { request_body: body }),
    status: reply.status,
    content_type: type === null ? null : `${type.split(';')[0]!.trim()}; charset=utf-8`,
    ...(kept.length === 0 ? {} : { headers: Object.fromEntries(kept) }),
    file: `${safe(exchange.source)}/${name}.${extension(type ?? '')}`,
    recorded_at: reply.answeredAt,
  };
}

/** A JSON text without some fields. What is no JSON, or nested too deep to be written again, and may hold them all the same is not kept. */
function withoutFields(text: string, names: readonly string[]): string {
  if (!names.some(name => text.includes(name))) return text;
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => (names.includes(name) ? undefined : value));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return '';
    throw error;
  }
}

function extension(type: string): string {
  return /json/i.test(type) ? 'json' : /html/i.test(type) ? 'html' : /xml/i.test(type) ? 'xml' : 'txt';
}

function safe(slug: string): string {
  return slug.replace(/[^A-Za-z0-9_-]+/g, '-');
}
