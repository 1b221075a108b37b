import { visitor } from '../../src/app/visitor.ts';
import type { Fetcher } from '../../src/crawlers/engine/fetching.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import type { VisitReport } from '../../src/pipeline/visit-source.ts';
import { type Clock, databaseClock } from '../../src/store/clock.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type Answering, type BoardServer, boardEngine, serve } from './boards.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** A database, a server on loopback that every host is led to, and visits of sources as a worker makes them. */
export type Visiting = {
  database: TestDatabase;
  server: BoardServer;
  fetcher: Fetcher;
  /** What the server answers from now on. */
  answers(answer: Answering): void;
  source(slug: string, system: string, target: object): Promise<Source>;
  visit(source: Source, clock?: Clock, signal?: AbortSignal): Promise<VisitReport>;
  row(source: Source): Promise<Source>;
  close(): Promise<void>;
};

export async function visiting(): Promise<Visiting> {
  const database = await testDatabase();
  const { db } = database;
  let answer: Answering = () => null;
  const server = await serve((...request) => answer(...request));
  const fetcher = boardEngine(server.origin, { clock: databaseClock(db) });
  const systems = await loadSystems();
  return {
    database,
    server,
    fetcher,
    answers: given => {
      answer = given;
    },
    source: async (slug, system, target) => {
      const row = { slug, name: 'Fernleaf Works', system, target, enabled: true, disabledReason: null };
      const [source] = await putSources(db, [{ ...row, everyMinutes: 1440, notes: null }]);
      return source!;
    },
    visit: async (source, clock = databaseClock(db), signal = new AbortController().signal) => {
      const report = await visitor({ db, systems }, fetcher, { clock })(source.id, signal);
      if (!report) throw new Error('the source was not visited');
      return report;
    },
    row: source => db.selectFrom('sources').selectAll().where('id', '=', source.id).executeTakeFirstOrThrow(),
    close: async () => {
      await fetcher.close();
      await server.close();
      await database.drop();
    },
  };
}
