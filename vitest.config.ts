import { defineConfig } from 'vitest/config';

/** Pure functions of text, which need no database. */
const PURE = ['test/text/**/*.test.ts', 'test/classify/**/*.test.ts', 'test/evaluation/**/*.test.ts'];

/**
 * unit: everything that needs only this checkout, but what classifies: classify. shared: reads ../shared. rooms: imports and file sizes. redis: needs a Redis server.
 * slow: kills processes and servers, drives a browser, or takes minutes.
 *
 * The files of unit and classify share the modules of their worker: what they import is loaded, and the rules are compiled, once a worker and not
 * once a file. So a test there leaves nothing behind that another file could meet: it puts back what it replaces, and closes what it opens.
 */
export default defineConfig({
  test: {
    // Node loads the modules itself, as it does when Ombre runs: nothing is transformed, which took a sixth of the time.
    experimental: { viteModuleRunner: false },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Four, for two cores: tests of queues, hosts and outages wait more than they work.
    maxWorkers: 4,
    globalSetup: ['test/support/global.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/shared/**', 'test/rooms/**', 'test/**/*.redis.test.ts', 'test/**/*.slow.test.ts', 'test/slow/**', ...PURE],
        },
      },
      { extends: true, test: { name: 'classify', include: PURE, isolate: false, globalSetup: [] } },
      { extends: true, test: { name: 'shared', include: ['test/shared/**/*.test.ts'] } },
      { extends: true, test: { name: 'rooms', include: ['test/rooms/**/*.test.ts'], globalSetup: [] } },
      { extends: true, test: { name: 'redis', include: ['test/**/*.redis.test.ts'] } },
      { extends: true, test: { name: 'slow', include: ['test/slow/**/*.test.ts', 'test/**/*.slow.test.ts'], testTimeout: 600_000 } },
    ],
  },
});
