import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { PATH_SLUGS } from '../posting/taxonomy.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('check')
    .description('check every row of the registry without touching the network; exit 1 when one is wrong or there is none')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources check')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const summary = summaryOf(await readRegistry(config.SOURCES_DIR, await loadSystems()));
      await output(options, summary, () => readable(summary, config.SOURCES_DIR));
      if (summary.problems.length > 0 || summary.rows === 0) process.exitCode = 1;
    });
}

/** A path with fewer rows than this depends on the luck of single employers. */
const ENOUGH = 5;

type Summary = ReturnType<typeof summaryOf>;

function summaryOf({ rows, problems }: Awaited<ReturnType<typeof readRegistry>>) {
  const enabled = rows.filter(row => row.enabled);
  const per_path = count(enabled.flatMap(row => row.paths));
  return {
    rows: rows.length,
    enabled: enabled.length,
    disabled: rows.length - enabled.length,
    per_system: count(enabled.map(row => row.system)),
    per_path,
    /** Of the rows that name one; the others are of employers that hire in several, or it is not known. */
    per_country: count(enabled.flatMap(row => row.country ?? [])),
    /** Every path of the taxonomy with fewer enabled rows than enough, with how many; fewest first. */
    few_rows: Object.fromEntries(
      PATH_SLUGS.map(path => [path, per_path[path] ?? 0] as const)
        .filter(([, rows]) => rows < ENOUGH)
        .sort(([, a], [, b]) => a - b),
    ),
    problems: problems.map(({ file, row, line, field, message }) => ({ file, row, line, field, message })),
  };
}

function readable(summary: Summary, folder: string): string {
  const { rows, enabled, disabled, per_system, per_path, per_country, few_rows, problems } = summary;
  const few = Object.entries(few_rows).map(([path, rows]) => `${path} ${rows || 'none'}`);
  return [
    ...problems.map(({ file, row, line, field, message }) => `${folder}/${file}:${line} ${row} ${field}: ${message}`),
    `${table(['system', 'enabled'], Object.entries(per_system))}\n`,
    `${table(['path', 'enabled'], Object.entries(per_path))}\n`,
    `${table(['country', 'enabled'], Object.entries(per_country))}\n`,
    ...(few.length > 0 ? [`fewer than ${ENOUGH}: ${few.join(', ')}\n`] : []),
    `${rows} rows, ${enabled} enabled, ${disabled} disabled, ${problems.length} problems`,
  ].join('\n');
}

function count(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
