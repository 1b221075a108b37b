import { defineConfig } from 'vitest/config';

/** Pure functions of text: they share a worker's modules, so that the rules are compiled once a worker and not once a file. */
const PURE = ['test/text/**/*.test.ts', 'test/classify/**/*.test.ts', 'test/evaluation/**/*.test.ts'];

/**
 * unit: everything that needs only this checkout, but what classifies: classify. shared: reads ../shared. rooms: imports and file sizes. redis: needs a Redis server.
 * slow: kills processes and servers, drives a browser, or takes minutes.
 */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: ['test/support/global.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
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
