import { parseArgs } from 'node:util';
import { median, printRows, type Row } from './_rows.ts';
import { filledSite } from './_site.ts';

// How long a page takes that is kept nowhere, because something was stored since the last one: the middle of several, the pages in turns.
// node bench/cold.ts [--postings 100000] [--rounds 9] [--database URL of a filled one] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string' },
    rounds: { type: 'string' },
    database: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const postings = Number(values.postings ?? (values.quick ? 20_000 : 100_000));
const rounds = Number(values.rounds ?? (values.quick ? 5 : 9));

/** Each page with its goal in milliseconds at up to 100,000 postings, and at 1,000,000; null where none is set. */
const PAGES: [string, number | null, number | null][] = [
  ['/jobs', 60, null],
  ['/jobs?credential=OTA', null, null],
  ['/', null, null],
  ['/paths/utilization-review', 80, 300],
  ['/paths/utilization-review?credential=OTA', null, null],
  ['/paths', null, null],
  ['/for/cota', null, null],
  ['/employers', null, null],
  ['/api/v1/facets', 50, null],
  ['/api/v1/facets?path=sales&credential=OTA', 50, null],
  ['/api/v1/paths/utilization-review', null, null],
  ['/api/v1/stats', null, null],
];

const site = await filledSite(postings, values.database);
try {
  const times = new Map<string, number[]>(PAGES.map(([path]) => [path, []]));
  for (const path of times.keys()) await site.cold(path);
  for (let round = 0; round < rounds; round++) {
    for (const [path, taken] of times) taken.push(await site.cold(path));
  }
  const rows = PAGES.map(([path, goal, goalOfMany]): Row => {
    const ours = median(times.get(path)!);
    const most = postings > 100_000 ? goalOfMany : goal;
    return {
      what: `${path}, cold, ${postings.toLocaleString('en-US')} postings`,
      ours: `${ours.toFixed(0)} ms`,
      beside: `slowest of ${rounds}: ${Math.max(...times.get(path)!).toFixed(0)} ms`,
      goal: most === null ? '' : `at most ${most} ms`,
      met: most === null ? null : ours <= most,
    };
  });
  printRows(rows, values.rows);
} finally {
  await site.close();
}
