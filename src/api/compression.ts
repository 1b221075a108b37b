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
    const bytes = Buffer.from(payload as string);
    const accepted = request.headers['accept-encoding'];
    const encoding = accepted === undefined || bytes.length < THRESHOLD ? 'identity' : (negotiator.negotiate(accepted) ?? 'identity');
    if (encoding === 'identity') return payload;
    const tag = reply.getHeader('etag');
    if (typeof tag === 'string') reply.header('etag', tag.replace(/"$/, `-${encoding}"`));
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return await compressors[encoding](bytes);
  });
}
