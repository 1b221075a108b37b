import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Site } from '../feed/site.ts';
import type { Database } from '../store/schema.ts';
import type { Revisions } from './revisions.ts';

/** A check that resolves when a part is well and throws when it is not. */
export type HealthChecks = Record<string, () => Promise<unknown>>;

/** What the routes share. `site()` is known once the server listens. */
export type ApiContext = { config: Config; db: Kysely<Database>; site: () => Site; revisions: Revisions; health: HealthChecks };
