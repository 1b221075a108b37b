import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Negotiator } from '@fastify/accept-negotiator';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { canonicalQuery } from '../../feed/canonical.ts';
import type { Filter } from '../../feed/filter.ts';
import { writeParquet } from '../../feed/parquet.ts';
import { postingView } from '../../feed/posting-view.ts';
import type { Site } from '../../feed/site.ts';
import { postingsTag } from '../../http/answers.ts';
import { minuteOf } from '../../http/clocks.ts';
import { API_CACHE, notModified, setValidators } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { sendProblem } from '../../http/problem.ts';
import { askedOf } from '../../http/request-query.ts';
import { allPostings, postingsDigest } from '../../store/feed/all-postings.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import type { Database } from '../../store/schema.ts';
import { ExportSlots } from '../export-slots.ts';
import { EXPORTS, type ExportForm } from '../exports.ts';
import { tellAddress } from '../links.ts';

/** Exports under way at once; each keeps some hundred postings in memory, a Parquet file a thousand, and one connection busy now and then. */
const MOST_AT_ONCE = 4;
/** Four readers that take nothing would keep all others out: two for each network address, and none for longer than this without a line taken. */
const SLOTS = { most: MOST_AT_ONCE, each: 2, silentMs: 30_000 };
const negotiator = new Negotiator<'gzip' | 'identity'>({ supportedValues: ['gzip', 'identity'] });

/**
 * Every posting of a filter, newest first, with its text: as JSON Lines packed by negotiation, as a packed file of them, and as a Parquet file.
 * Streamed: who reads slowly is waited for, and little is in memory however many there are.
 */
export function exportRoutes(app: FastifyInstance, context: HttpContext): void {
  const slots = new ExportSlots(SLOTS);
  // A stop does not wait for who reads slowly.
  app.addHook('preClose', async () => {
    slots.close();
  });
  for (const form of Object.keys(EXPORTS) as ExportForm[]) {
    const { path } = EXPORTS[form];
    app.get(path, async (request, reply) => {
      const filter = { ...askedOf(request).filter, cursor: null, limit: null };
      const gzip = form === 'packed' || (form === 'lines' && acceptsGzip(request));
      if (await isKnown(context, request, reply, { form, filter, gzip })) return reply.send();
      const headOnly = request.method === 'HEAD';
      const pieces = headOnly ? null : slots.open(normalizeIP(request.ip), () => piecesOf(form, context.db, filter, context.site()));
      if (!pieces && !headOnly) {
        reply.header('retry-after', '30');
        return sendProblem(reply, { status: 503, detail: `${MOST_AT_ONCE} exports are under way, or one of yours; come back in 30 s` });
      }
      setForm(reply, form, gzip);
      pieces?.once('error', err => request.log.error({ err }, 'export broken off'));
      // A reader that goes away, or an error, ends both; what was sent then lacks its end, which tells that it is not whole.
      return reply.send(pieces && gzip ? pipeline(pieces, createGzip({ level: 6 }), () => undefined) : (pieces ?? Readable.from([])));
    });
  }
}

function acceptsGzip(request: FastifyRequest): boolean {
  return negotiator.negotiate(request.headers['accept-encoding'] ?? 'identity') === 'gzip';
}

function setForm(reply: FastifyReply, form: ExportForm, gzip: boolean): void {
  const { type, file } = EXPORTS[form];
  reply.header('content-type', type);
  if (file) reply.header('content-disposition', `attachment; filename="${file}"`);
  else reply.header('vary', 'Accept-Encoding');
  if (gzip && !file) reply.header('content-encoding', 'gzip');
}

/** Sets the validators; whether the reader has all of it already. The tag is weak: what is stored while it is sent may be in it or not. */
async function isKnown(
  { db, site, revisions }: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { form, filter, gzip }: { form: ExportForm; filter: Filter; gzip: boolean },
): Promise<boolean> {
  const query = canonicalQuery(filter);
  tellAddress(reply, site(), EXPORTS[form].path, query);
  const { digest } = await revisions.kept(`export ${minuteOf(filter)} ${query}`, () => postingsDigest(db, filter));
  const tag = postingsTag(`export ${form} ${gzip}`, site(), query, digest);
  const validators = { tag, cacheControl: API_CACHE };
  if (notModified(request, reply, validators)) return true;
  setValidators(reply, validators);
  reply.header('etag', `W/"${tag}"`);
  return false;
}

function piecesOf(form: ExportForm, db: Kysely<Database>, filter: Filter, site: Site): AsyncGenerator<string | Uint8Array> {
  const postings = allPostings(db, filter);
  return form === 'parquet' ? writeParquet(postings, site) : linesOf(postings, site);
}

async function* linesOf(batches: AsyncIterable<FeedPosting[]>, site: Site): AsyncGenerator<string> {
  for await (const postings of batches) {
    yield postings.map(posting => `${JSON.stringify({ ...postingView(posting, site), text: posting.text })}\n`).join('');
  }
}
