import { parseArgs } from 'node:util';
import { visitor } from '../src/app/visitor.ts';
import { table } from '../src/cli/_output.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../src/crawlers/engine/memory-robots.ts';
import { loopbackTransport } from '../test/support/boards.ts';
import { hospitalTitles, putHospitals, startHospital, withParts } from './hospital.ts';

// What triage and the memory of what was read save: requests of the first and the second visit of one hospital's board on loopback, with triage and
// without. The board's answers do not change between the visits. Real HTTP, real Postgres.
// node bench/recrawl.ts [--postings 10000] [--json]

const { values } = parseArgs({ options: { postings: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } } });
const postings = Number(values.postings);
const { titles, from } = hospitalTitles();
const hospital = await startHospital({ titles, postings, churn: 0 });

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
const lines: Line[] = [];
try {
  await withParts({}, async parts => {
    const [on, off] = await putHospitals(parts, ['triage-on', 'triage-off']);
    const fetcher = createEngine({
      config: parts.config,
      robots: new MemoryRobots(),
      hosts: new MemoryHostLimiter(),
      transport: loopbackTransport(hospital.origin),
    });
    for (const [source, triage] of [
      [on!, true],
      [off!, false],
    ] as const) {
      for (const visit of [1, 2]) {
        const began = performance.now();
        const report = await visitor(parts, fetcher, { triage })(source.id, new AbortController().signal);
        const { list, detail } = await hospital.counts();
        lines.push({
          triage: triage ? 'on' : 'off',
          visit,
          outcome: `${report?.outcome}${report?.reason ? ` (${report.reason})` : ''}`,
          list,
          detail,
          requests: list + detail,
          stored: (report?.postings.new ?? 0) + (report?.postings.changed ?? 0),
          seconds: Math.round((performance.now() - began) / 100) / 10,
        });
        process.stderr.write(`triage ${triage ? 'on' : 'off'}, visit ${visit}: ${list} list and ${detail} detail requests\n`);
      }
    }
    await fetcher.close();
  });
} finally {
  hospital.stop();
}

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
