import { parseArgs } from 'node:util';
import robotsParserModule from 'robots-parser';
import { readRobots } from '../src/crawlers/engine/robots-rules.ts';
import { PRODUCT_TOKEN } from '../src/crawlers/engine/user-agent.ts';

// CPU time of one verdict by robots.txt, reading included, beside robots-parser 3 in the same run: an ordinary file and two hostile ones.
// node bench/robots.ts [--json]

// The package is CommonJS and its types name a default export it does not have at run time: the module itself is the function.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;
const ORIGIN = 'https://careers.example';
const many = (count: number, line: (n: number) => string) =>
  `User-agent: *\n${Array.from({ length: count }, (_, n) => line(n)).join('\n')}\n`;
const CASES = [
  { name: 'ordinary', body: many(60, n => `Disallow: /section-${n}/*/private`), path: '/jobs/1234-care-manager?page=2', times: 2_000 },
  { name: 'stars', body: many(480, () => `Disallow: /${'*a'.repeat(500)}b`), path: `/${'a'.repeat(1500)}`, times: 1 },
  { name: 'nearly fits', body: many(480, () => `Disallow: /*${'a'.repeat(900)}b*`), path: `/${'a'.repeat(1900)}`, times: 1 },
];

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const rows = CASES.map(({ name, body, path, times }) => {
  const url = new URL(path, ORIGIN);
  const before = milliseconds(times, () => robotsParser(`${ORIGIN}/robots.txt`, body).isAllowed(url.href, PRODUCT_TOKEN));
  const now = milliseconds(times, () => readRobots(body, PRODUCT_TOKEN).judge(url));
  return { name, robotsParserMs: round(before), oursMs: round(now), ratio: round(before / now) };
});
if (values.json) console.log(JSON.stringify(rows));
else
  for (const { name, robotsParserMs, oursMs, ratio } of rows)
    console.log(`${name.padEnd(12)} robots-parser ${robotsParserMs} ms   ours ${oursMs} ms   ratio ${ratio}`);

/** CPU time of one call, of this process. */
function milliseconds(times: number, work: () => unknown): number {
  const start = process.cpuUsage();
  for (let i = 0; i < times; i += 1) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
