import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { CrawlProgress } from '../app/crawl-progress.ts';
import { liveFetcher } from '../app/fetchers.ts';
import { openParts } from '../app/parts.ts';
import { stopSignal } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { mistake } from '../errors.ts';
import { CREDENTIAL_SHORT } from '../feed/verdict-words.ts';
import { CREDENTIALS, MAY_APPLY } from '../posting/taxonomy.ts';
import { robotsRows } from '../store/feed/sources.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';
import { jsonBeside, progress } from './_progress.ts';
import { type AddOptions, type Answer, refusal, tryAddress, wasRead } from './_try-address.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('add')
    .description('find the board behind a careers address, try it, and with --apply write its row')
    .argument('<url>', 'the careers page, or any address of the board')
    .option('--name <employer>', "the employer's name; also what the board is compared with")
    .option('--slug <slug>', 'slug of the row; default: made of the name')
    .option('--apply', 'write the row to added.yaml of the registry')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources add https://boards.greenhouse.io/acme --name "Acme Health" --apply')
    .action(async (address: string, options: AddOptions & { json?: boolean }) => {
      const url = URL.parse(address);
      if (!url || !/^https?:$/.test(url.protocol)) throw mistake('E_USAGE', 'url', address, 'an http or https address');
      const answer = refusal(url) ?? (await live(url, options));
      await output(options, answer, () => readable(answer));
      if (needsAttention(answer)) process.exitCode = 1;
    });
}

/** Whether the answer is anything but "this board can be read, and is that employer's". */
export function needsAttention({ recognised, trial, identity }: Answer): boolean {
  return !recognised || !wasRead(trial) || identity?.agrees === false;
}

/** On the network, with what Postgres knows of robots.txt and host turns. */
async function live(url: URL, options: AddOptions & { json?: boolean }): Promise<Answer> {
  const signal = stopSignal();
  const config = readConfig();
  const count = new CrawlProgress({ atATime: 1 });
  const line = progress({ tell: () => count.told(), plain: jsonBeside(options) });
  try {
    return await closing(await openParts(config, logger(config, undefined, line.log)), async parts =>
      closing(liveFetcher(parts, { onRequest: count.asked }), async fetcher => {
        const { db, systems } = parts;
        return tryAddress(url, options, { config, systems, fetcher, robots: () => robotsRows(db), signal, watch: count });
      }),
    );
  } finally {
    line.done();
  }
}

function readable(answer: Answer): string {
  if (answer.refused) return `Refused: ${answer.refused}`;
  if (!answer.recognised) return 'No board that Ombre reads was found there. Paste the address of the list of jobs itself, or of one job.';
  const { recognised, robots, trial, identity, written } = answer;
  const lines = [
    `Board     ${recognised.system} ${JSON.stringify(recognised.target)}`,
    ...robots.map(({ origin, allowed, reason }) => `Robots    ${origin}: ${allowed ? 'allowed' : 'FORBIDDEN'} (${reason})`),
    `Trial     ${trial?.outcome}${trial?.reason ? `: ${trial.reason}` : ''}; ${trial?.listed} listed${trial?.total === null ? '' : ` of ${trial?.total}`}`,
    `Identity  ${identity?.agrees === null ? 'not compared' : identity?.agrees ? 'agrees' : 'DIFFERS'}: ${identity?.why}`,
    '',
    table(
      ['title', 'place', 'relevance', 'paths', 'may apply'],
      (trial?.postings ?? []).map(posting => [
        posting.title.slice(0, 60),
        (posting.places[0] ?? '').slice(0, 30),
        posting.relevance ?? `left unread`,
        posting.paths.join(', '),
        CREDENTIALS.filter(credential => MAY_APPLY.some(verdict => verdict === posting.verdicts?.[credential]))
          .map(credential => CREDENTIAL_SHORT[credential])
          .join(' '),
      ]),
    ),
    '',
    written ? 'Written to added.yaml.' : 'Nothing was written; --apply writes the row.',
  ];
  return lines.join('\n');
}
