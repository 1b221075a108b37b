import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { OmbreError } from '../../errors.ts';
import { isTextType } from './charset.ts';
import type { Answer } from './transport.ts';

export type BodyLimits = {
  /** Most bytes after decompression. */
  maxBytes: number;
  /** Keep the first `maxBytes` of a longer body instead of refusing it. */
  cut?: boolean;
  /** Refuse what is not text, when the answer is a success: by its content type, or by a zero byte when the type says nothing. */
  textOnly?: boolean;
};

const RATIO = 100;
const RATIO_FROM = 1024 * 1024;
const MAX_CODINGS = 3;

/**
 * Reads an answer to the end and undoes its content coding (gzip, deflate, br), and one more gzip when the file itself is one, as sitemaps may be.
 * Throws E_TOO_LARGE past the limit or at more than 100 times the bytes sent (counted above 1 MB), E_CONTENT for a coding nobody asked for
 * or what is not text, and the stream's own error when it breaks.
 */
export async function readBody(answer: Answer, limits: BodyLimits): Promise<Uint8Array> {
  const codings = (answer.headers['content-encoding'] ?? '')
    .split(',')
    .map(coding => coding.trim().toLowerCase())
    .filter(coding => coding !== '' && coding !== 'identity');
  const length = Number(answer.headers['content-length'] ?? 0);
  if (codings.length > MAX_CODINGS || !codings.every(coding => CODINGS.has(coding))) {
    answer.discard();
    throw new OmbreError('E_CONTENT', `content coding ${codings.join(', ')}`);
  }
  const type = answer.headers['content-type'] ?? '';
  const text = limits.textOnly && answer.status < 300 ? isTextType(type) : true;
  if (text === false) {
    answer.discard();
    throw new OmbreError('E_CONTENT', type);
  }
  if (!limits.cut && length > limits.maxBytes) {
    answer.discard();
    throw tooLarge(`${length} bytes are announced`, limits);
  }
  const sent = await collect(answer.body, codings.reverse(), limits);
  const bytes = sent[0] === 0x1f && sent[1] === 0x8b ? await collect([sent], ['gzip'], limits) : sent;
  if (text === null && bytes.subarray(0, 1024).includes(0)) throw new OmbreError('E_CONTENT', type || 'binary without a content type');
  return bytes;
}

const CODINGS = new Set(['gzip', 'x-gzip', 'deflate', 'br']);

async function collect(body: AsyncIterable<Uint8Array> | Uint8Array[], codings: string[], limits: BodyLimits): Promise<Uint8Array> {
  let sent = 0;
  async function* counted() {
    for await (const chunk of body) {
      sent += chunk.byteLength;
      yield chunk;
    }
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of await decoded(counted(), codings)) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > limits.maxBytes || sent > limits.maxBytes) {
      if (limits.cut) break;
      throw tooLarge('the answer goes on', limits);
    }
    if (codings.length > 0 && size > RATIO_FROM && size > RATIO * sent) {
      throw new OmbreError('E_TOO_LARGE', `${size} bytes out of ${sent} compressed ones`);
    }
  }
  // Most pages come in one piece, which need not be copied.
  return chunks.length === 1 ? chunks[0]!.subarray(0, limits.maxBytes) : Buffer.concat(chunks, Math.min(size, limits.maxBytes));
}

async function decoded(source: AsyncGenerator<Uint8Array>, codings: string[]): Promise<AsyncIterable<Uint8Array>> {
  if (codings.length === 0) return source;
  const first = await source.next();
  // An answer without a body (a 304, an empty page) has nothing to decompress, whatever its headers say.
  if (first.done) return source;
  async function* whole() {
    yield first.value as Uint8Array;
    yield* source;
  }
  const decoders = codings.map((coding, i) => decoder(coding, i === 0 ? first.value : null));
  // The callback is how pipeline is told that the reader of the last stream takes care of errors.
  return pipeline([Readable.from(whole(), { objectMode: false }), ...decoders], () => {}) as Transform;
}

function decoder(coding: string, start: Uint8Array | null): Transform {
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  // "deflate" means zlib, but some servers send the bare stream; a zlib header is 8 in the low half-byte and divisible by 31.
  const zlib = start === null || ((start[0]! & 0x0f) === 8 && ((start[0]! << 8) | (start[1] ?? 0)) % 31 === 0);
  return zlib ? createInflate() : createInflateRaw();
}

function tooLarge(detail: string, limits: BodyLimits): OmbreError {
  return new OmbreError('E_TOO_LARGE', `${detail}, ${limits.maxBytes} bytes are allowed`);
}
