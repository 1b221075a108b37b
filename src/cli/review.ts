import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { doubtAbout } from '../desk/doubt.ts';
import { mistake } from '../errors.ts';
import { leastSure, plainVerdicts } from '../store/tags/review.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';
import { type Doubted, writeReview } from './_review-files.ts';

type Options = { limit: string; write?: string; overwrite?: boolean; json?: boolean };

export function register(program: Command): void {
  command(program, 'review')
    .option('--limit <n>', 'how many', '50')
    .option('--write <dir>', 'also write them as postings.jsonl and labels.jsonl: correct the labels by hand, and `ombre eval` reads both')
    .option('--overwrite', 'with --write: replace the two files when they are there')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  $ ombre review --limit 20 --write doubts   # correct doubts/labels.jsonl, then\n  $ ombre eval --postings doubts/postings.jsonl --labels doubts/labels.jsonl',
    )
    .action(async (options: Options) => {
      const limit = limitOf(options.limit);
      if (options.overwrite && options.write === undefined)
        throw mistake('E_USAGE', '--write', undefined, 'a folder, where --overwrite is given');
      await closing(await openStored(readConfig()), async ({ db }) => {
        const rows = (await leastSure(db, limit)).map(row => ({ ...row, doubt: doubtAbout(row) }));
        if (options.write !== undefined) {
          const { postings, labels, replaced } = await writeReview(options.write, rows, options.overwrite ?? false);
          say(
            `${rows.length} postings in ${postings}, their answers to be corrected in ${labels}${replaced ? '; what was there is replaced' : ''}`,
          );
        }
        await output(options, rows.map(toJson), () => readable(rows));
      });
    });
}

function limitOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw mistake('E_USAGE', '--limit', text, 'a whole number from 1 to 99999');
  return Number(text);
}

function toJson({ id, posting: { title, company }, relevance, confidence, paths, verdicts, doubt: why }: Doubted) {
  return { id, title, company, relevance, confidence, paths, verdicts: verdicts && plainVerdicts(verdicts), doubt: why };
}

function readable(rows: readonly Doubted[]): string {
  if (rows.length === 0) return 'No open posting is stored that has no label.';
  const lines = rows.map(({ id, posting, confidence, doubt: why }) => [
    id,
    confidence.toFixed(2),
    posting.title.slice(0, 50),
    posting.company?.slice(0, 30) ?? '',
    why,
  ]);
  return table(['posting', 'sure', 'title', 'company', 'doubt'], lines);
}
