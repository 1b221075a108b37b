import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, printRows, type Row } from './_rows.ts';

// How long a command takes until its first own word, and what it costs, beside a Node that does nothing. The commands take turns, so that a slow moment
// of the machine meets all of them; none of them needs a database or the network.
// node bench/startup.ts [--rounds 9] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const rounds = values.quick ? 3 : Number(values.rounds);
const folder = await mkdtemp(join(tmpdir(), 'ombre-startup-'));
const posting = join(folder, 'posting.jsonl');
await writeFile(
  posting,
  `${JSON.stringify({ id: '1', title: 'Utilization Review Therapist', description: 'A current OT or PT license is required.' })}\n`,
);
const COMMANDS: [string, number][] = [
  ['--version', 0.25],
  ['--help', 0.25],
  ['crwl', 0.25],
  ['health', 0.7],
  ['systems', 0.7],
  ['sources list', 0.7],
  ['sources check', 0.7],
  ['crawl --help', 0.7],
  ['feed --help', 0.7],
  ['doctor --help', 0.7],
  ['start --help', 0.7],
  [`classify ${posting}`, 0.7],
];

const nothing: number[] = [];
const times = new Map<string, number[]>(COMMANDS.map(([command]) => [command, []]));
// The first time fills Node's compile cache and the disk's.
for (const [command] of COMMANDS) await secondsOf(['src/main.ts', ...command.split(' ')]);
for (let round = 0; round < rounds; round++) {
  nothing.push(await secondsOf(['-e', '0']));
  for (const [command, times_] of times) times_.push(await secondsOf(['src/main.ts', ...command.split(' ')]));
}
await rm(folder, { recursive: true });
const bare = median(nothing);
printRows(
  COMMANDS.map(([command, goal]): Row => {
    const ours = median(times.get(command)!);
    return {
      what: `ombre ${command.split('/')[0]}`,
      ours: `${ours.toFixed(2)} s`,
      beside: `node -e 0: ${bare.toFixed(2)} s, ${(ours / bare).toFixed(1)} times`,
      goal: `at most ${goal} s`,
      met: ours <= goal,
    };
  }),
  values.rows,
);

/** Until its first byte on stdout or stderr, or its end where it has nothing to say. */
async function secondsOf(args: string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const seconds = await new Promise<number>((resolve, reject) => {
    const said = () => resolve((performance.now() - began) / 1000);
    child.once('error', reject);
    for (const stream of [child.stdout, child.stderr]) stream.once('data', said).resume();
    child.once('close', said);
  });
  if (child.exitCode === null) await once(child, 'close');
  return seconds;
}
