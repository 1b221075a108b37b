import type { Kysely } from 'kysely';
import type { Site } from '../feed/site.ts';
import type { Revisions } from '../http/revisions.ts';
import type { Path } from '../posting/taxonomy.ts';
import type { Database } from '../store/schema.ts';

/** The guide of a path: its one-sentence summary, and all of it as Markdown. */
type GuideText = { summary: string; text: string };

/** What the tools answer from. The database is read only, whoever opened it. */
export type Ground = {
  db: Kysely<Database>;
  site: () => Site;
  revisions: Revisions;
  guides: Readonly<Record<Path, GuideText>>;
  log: { error(details: object, message: string): void; debug(details: object, message: string): void };
};
