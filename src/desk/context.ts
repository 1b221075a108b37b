import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { HttpContext } from '../http/context.ts';
import type { Queues } from '../queue/connection.ts';
import type { QueuePing } from '../queue/ping.ts';
import type { Database } from '../store/schema.ts';
import type { KindOf } from '../store/visit/duplicates.ts';
import type { ClassifierProcess } from './classifier-process.ts';
import type { Credential } from './password.ts';

export type DeskOptions = {
  databaseUrl: string;
  credential: Credential;
  queue: () => Promise<QueuePing>;
  /** The queue itself, where this process has one. */
  queues?: () => Promise<Queues>;
  /** What the sources of each board system are, for closings. */
  kinds: () => Promise<KindOf>;
};

/** What the pages of the desk share. `db` only reads. */
export type Desk = HttpContext &
  Omit<DeskOptions, 'databaseUrl'> & {
    /** The one handle that may write: sessions, the audit, and what an action of a page changes. */
    writer: Kysely<Database>;
    /** Whether cookies may only travel by HTTPS. */
    isSecure: boolean;
    /** The classifier, in a process of its own. */
    classifier: ClassifierProcess;
    /** The pages that the navigation names. */
    nav: readonly NavItem[];
  };

type NavItem = { href: string; label: string };

/**
 * One page of the desk, or a few that belong together. Every route is below /admin and stands behind the guard of session.ts: nobody reaches it
 * without a session, and no POST without the token of that session.
 */
export type DeskPages = {
  nav?: NavItem;
  routes(app: FastifyInstance, desk: Desk): void;
};
