import { expect, test } from 'vitest';
import { matches, sourceFiles } from '../support/rooms.ts';

/** Asking this process for the time of day. */
const PROCESS_CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)/;

/** Where that is right: the value is compared with one of the same process, or only made a length of time of. */
const RIGHT: Record<string, string> = {
  'src/store/clock.ts': 'measures how far it is from the database',
  'src/store/crawl/hosts.ts': 'makes a length of time of it',
  'src/store/crawl/robots.ts': 'makes a length of time of it, and the other way round',
  'src/store/visit/visit-store.ts': 'makes a length of time of it',
  'src/postgres/server/server.ts': 'waits for the private Postgres, names a folder that is put aside',
  'src/postgres/server/cluster.ts': 'waits for the private Postgres',
  'src/postgres/server/mutex.ts': 'waits for another process',
  'src/postgres/server/processes.ts': 'waits for another process',
  'src/queue/depths.ts': 'the queue notes times by the clocks of its workers',
  'src/queue/ticking.ts': 'the queue plans by the clocks of its workers',
  'src/queue/worker.ts': 'the queue plans by the clocks of its workers',
  'src/crawlers/engine/engine.ts': 'the default for whoever has no database',
  'src/crawlers/engine/exchanger.ts': 'pauses of hosts within this process',
  'src/crawlers/engine/memory-hosts.ts': 'pauses of hosts within this process',
  'src/crawlers/engine/robots.ts': 'what its memory gives is of this clock',
  'src/telemetry/spans.ts': 'stamps spans for a collector, and nothing that is stored',
  'src/app/contact-parts.ts': 'dates a line for people where there is no database',
  'src/app/forget.ts': 'the age of files, which the clock of this machine dates',
  'src/app/heartbeat-file.ts': 'compares it with the time of a file of this machine',
  'src/app/doctor/clock.ts': 'compares it with the database',
  'src/http/proxies.ts': 'says the same thing again after a while',
  'src/http/clocks.ts': 'names what is kept in memory for a minute, an hour or a day',
  'src/http/limits.ts': 'counts within the hours of this process',
  'src/desk/login-waits.ts': 'waits within this process',
};

test('the time of this process is asked for only where it is neither stored nor compared with what is stored', () => {
  const found = matches(sourceFiles('src'), PROCESS_CLOCK).map(line => line.split(':')[0]);
  expect(found).toEqual(Object.keys(RIGHT).sort());
});
