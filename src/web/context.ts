import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { HttpContext } from '../http/context.ts';
import type { Database } from '../store/schema.ts';
import type { Guides } from './guides.ts';

export type WebOptions = {
  /** Where reports of wrong tags are written; the connections of the API only read. */
  databaseUrl: string;
  /** Shows the subscribe box, which posts to /subscribe. Off while nothing answers there. */
  subscriptions?: boolean;
  /** Adds JobPosting JSON-LD to posting pages. Off: see docs/web.md. */
  structuredData?: boolean;
};

/** What the pages share. */
export type Web = HttpContext & {
  /** The one handle that may write. */
  writer: Kysely<Database>;
  guides: Guides;
  subscriptions: boolean;
  structuredData: boolean;
};

export type Routes = (app: FastifyInstance, web: Web) => void;
