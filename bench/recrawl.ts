import { parseArgs } from 'node:util';
import { visitor } from '../src/app/visitor.ts';
import { table } from '../src/cli/_output.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../src/crawlers/engine/memory-robots.ts';
import { loopbackTransport } from '../test/support/boards.ts';
import { printRows, type Row } from './_rows.ts';
import { hospitalTitles } from './_titles.ts';
import { putHospitals, startHospital, withParts } from './hospital.ts';

// What triage and the memory of what was read save: requests of the first and the second visit of one hospital's board on loopback, with triage and
// without. The board's answers do not change between the visits. Real HTTP, real Postgres. With --rows also whether boards around the size at which
// such boards cap their listings are stored whole.
// node bench/recrawl.ts [--postings 10000] [--json] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const postings = values.quick ? 2_500 : Number(values.postings);
const AROUND_THE_CAP = [1_999, 2_000, 2_001, 2_500];
/** Of a hospital's details that a first visit may read, by its titles. */
const MOST_READ = 0.15;
const { titles, from } = hospitalTitles();

type Line = {
  triage: 'on' | 'off';
  visit: number;
  outcome: string;
  list: number;
  detail: number;
  requests: number;
  stored: number;
  seconds: number;
};

/** Two visits each of a board of so many postings. */
async function visits(postings: number, ways: readonly Line['triage'][]): Promise<Line[]> {
  const hospital = await startHospital({ titles, postings, churn: 0 });
  const lines: Line[] = [];
  try {
    await withParts({}, async parts => {
      const sources = await putHospitals(
        parts,
        ways.map(way => `triage-${way}`),
      );
      const fetcher = createEngine({
        config: parts.config,
        robots: new MemoryRobots(),
        hosts: new MemoryHostLimiter(),
        transport: loopbackTransport(hospital.origin),
      });
      for (const [at, triage] of ways.entries()) {
        for (const visit of [1, 2]) {
          const began = performance.now();
          const report = await visitor(parts, fetcher, { triage: triage === 'on' })(sources[at]!.id, new AbortController().signal);
          const { list, detail } = await hospital.counts();
          lines.push({
            triage,
            visit,
            outcome: `${report?.outcome}${report?.reason ? ` (${report.reason})` : ''}`,
            list,
            detail,
            requests: list + detail,
            stored: (report?.postings.new ?? 0) + (report?.postings.changed ?? 0),
            seconds: Math.round((performance.now() - began) / 100) / 10,
          });
          process.stderr.write(`${postings}, triage ${triage}, visit ${visit}: ${list} list and ${detail} detail requests\n`);
        }
      }
      await fetcher.close();
    });
  } finally {
    hospital.stop();
  }
  return lines;
}

async function told(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of AROUND_THE_CAP) {
    const [first, second] = await visits(size, ['on']);
    rows.push({
      what: `a board of ${size} postings stored`,
      ours: `${first!.stored}`,
      beside: `${first!.outcome}; the second visit asks ${second!.list} list pages and ${second!.detail} details`,
      goal: 'all',
      met: first!.stored === size && second!.detail === 0,
    });
  }
  const [first] = await visits(postings, ['on']);
  rows.push({
    what: `details read on the first visit of a hospital's ${postings} postings`,
    ours: `${((100 * first!.detail) / postings).toFixed(1)} %`,
    beside: from,
    goal: `at most ${100 * MOST_READ} %`,
    met: first!.detail <= MOST_READ * postings,
  });
  return rows;
}

if (values.rows) {
  printRows(await told(), true);
  process.exit(0);
}
const lines = await visits(postings, ['on', 'off']);
const requests = (triage: Line['triage'], visit: number) =>
  lines.find(line => line.triage === triage && line.visit === visit)?.requests ?? Number.NaN;
const share = (part: number, whole: number) => Number((part / whole).toFixed(3));
const ratios = {
  'second visit / first visit': share(requests('on', 2), requests('on', 1)),
  'first visit with triage / without': share(requests('on', 1), requests('off', 1)),
  'second visit / first visit without triage': share(requests('on', 2), requests('off', 1)),
};
if (values.json) console.log(JSON.stringify({ postings, titles: from, lines, ratios }));
else {
  console.log(`A board of ${postings} postings (${from}), 20 on a list page, a request per detail.\n`);
  console.log(
    table(
      ['triage', 'visit', 'list', 'detail', 'requests', 'stored', 'seconds', 'outcome'],
      lines.map(line => [line.triage, line.visit, line.list, line.detail, line.requests, line.stored, line.seconds, line.outcome]),
    ),
  );
  console.log('');
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name}: ${ratio}`);
}
