import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import { type Keyring, type Purpose, readToken } from '../../digest/keys.ts';
import { OmbreError } from '../../errors.ts';
import type { Site } from '../../feed/site.ts';
import { sendHtml } from '../../http/html-page.ts';
import type { HourlyLimit } from '../../http/limits.ts';
import { databaseNow } from '../../store/clock.ts';
import type { Database } from '../../store/schema.ts';
import { brokenLinkPage, type MailWay } from './pages.ts';

/** What the routes of subscriptions share. `wishes`: the one count of what form and API took. */
export type Ground = {
  db: Kysely<Database>;
  keys: Keyring;
  site: () => Site;
  config: Config;
  wishes: HourlyLimit;
  canMail: boolean;
} & MailWay;
export type Token = { Params: { token: string }; Querystring: { done?: string; export?: string; after?: string } };

/** The ground with the time of the database. */
export async function atNow(ground: Ground): Promise<Ground & { now: Date }> {
  return { ...ground, now: await databaseNow(ground.db) };
}

/** Options of a route whose address holds a token: whoever comes with one that no key signed for this purpose is told so. */
export function signed({ keys }: Ground, purpose: Purpose) {
  return {
    // The addresses are secrets, so requests to them are not logged.
    logLevel: 'warn' as const,
    preHandler: async (request: FastifyRequest<Token>, reply: FastifyReply) => {
      if (readToken(keys, purpose, request.params.token) === null) return sendHtml(reply, 404, brokenLinkPage());
    },
  };
}

/** A slip of whoever filled in a form, to be told beside it. */
export function isEntryMistake(error: unknown): error is OmbreError {
  return error instanceof OmbreError && error.action === 'user';
}
