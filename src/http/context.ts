import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Site } from '../feed/site.ts';
import type { Database } from '../store/schema.ts';
import type { Answers } from './answers.ts';
import type { Revisions } from './revisions.ts';

/** What a check found; a check may as well throw. The message of one that is well is public, of one that is not goes to the log. */
export type HealthOutcome = { ok: boolean; message?: string };
export type HealthChecks = Record<string, () => Promise<HealthOutcome>>;

/** What the routes share. `site()` is known once the server listens. */
export type HttpContext = {
  config: Config;
  db: Kysely<Database>;
  site: () => Site;
  revisions: Revisions;
  answers: Answers;
  health: HealthChecks;
};
