import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Negotiator } from '@fastify/accept-negotiator';
import type { FastifyInstance } from 'fastify';

/** Encodings we send, the preferred first. */
export const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

const THRESHOLD = 1024;
const COMPRESSIBLE = /^(text\/|image\/svg|application\/([\w.-]+\+)?(json|xml))/;
const negotiator = new Negotiator<Encoding | 'identity'>({ supportedValues: [...ENCODINGS, 'identity'] });

const compressors: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: bytes =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: bytes => promisify(gzip)(bytes, { level: 6 }),
};

/**
 * Compresses text answers and gives each encoding an entity tag of its own, as strong tags ask (RFC 9110 8.8.3): a shared plugin
 * that keeps one tag over all encodings would call different bytes the same.
 */
export function addCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!COMPRESSIBLE.test(String(reply.getHeader('content-type') ?? '')) && reply.statusCode !== 304) return payload;
    reply.header('vary', 'Accept-Encoding');
    if ((typeof payload !== 'string' && !Buffer.isBuffer(payload)) || reply.hasHeader('content-encoding')) return payload;
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    const accepted = request.headers['accept-encoding'];
    const encoding = accepted === undefined || bytes.length < THRESHOLD ? 'identity' : (negotiator.negotiate(accepted) ?? 'identity');
    if (encoding === 'identity') return payload;
    const tag = reply.getHeader('etag');
    if (typeof tag === 'string') reply.header('etag', tag.replace(/"$/, `-${encoding}"`));
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return Buffer.isBuffer(payload) ? await kept(payload, encoding) : await compressors[encoding](bytes);
  });
}

/** Pages are sent again and again as the same buffer: each is compressed once, and its compressed bytes go when it goes. */
const packed = new WeakMap<Buffer, Map<Encoding, Promise<Buffer>>>();

function kept(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  const known = packed.get(bytes) ?? new Map<Encoding, Promise<Buffer>>();
  packed.set(bytes, known);
  const made = known.get(encoding) ?? compressors[encoding](bytes).then(exactly);
  known.set(encoding, made);
  return made;
}

/** zlib gives a small part of the 16 kB it wrote into, all of which would be kept with it. */
function exactly(part: Buffer): Buffer {
  return part.buffer.byteLength > part.byteLength ? Buffer.from(part) : part;
}
