import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openParts } from '../app/parts.ts';
import { readConfig } from '../config.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { MISSING_REMEDY } from '../pipeline/registry-sync.ts';
import { databaseNow } from '../store/clock.ts';
import { healthRows, isUnwell, type SourceHealth, watchedSources } from '../store/visit/source-health.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('health')
    .description('how every source is, since when, and what to do; exit 1 when one needs attention')
    .option('--json', 'one JSON document')
    .option('--all', 'show the well ones too (JSON always does)')
    .addHelpText('after', '\nExample:\n  $ ombre sources health')
    .action(async (options: { json?: boolean; all?: boolean }) => {
      const config = readConfig();
      await closing(await openParts(config), async ({ db, systems }) => {
        const watched = await watchedSources(db);
        const rows = healthRows(watched, await databaseNow(db));
        const held = watched.filter(({ source }) => source.missing_since && !source.retire_at).length;
        await output(options, rows, () => readable(rows, held, options.all === true));
        // A folder that cannot be read would hide that every row is gone.
        await readRegistry(config.SOURCES_DIR, systems);
        if (rows.some(isUnwell)) process.exitCode = 1;
      });
    });
}

/** @param held how many sources lack a row and are kept all the same */
function readable(rows: readonly SourceHealth[], held: number, all: boolean): string {
  const unwell = rows.filter(isUnwell);
  const cells = (all ? rows : unwell).map(row => [
    row.slug,
    row.system,
    row.state,
    row.verified ? 'yes' : 'not yet',
    row.since?.toISOString().slice(0, 16) ?? '',
    row.remedy,
  ]);
  const disabled = rows.filter(row => row.state === 'disabled').length;
  const waiting = rows.filter(row => row.state !== 'disabled' && !row.verified).length;
  const counts = `${rows.length} sources: ${rows.length - unwell.length - disabled} well, ${unwell.length} not, ${disabled} disabled`;
  return [
    ...(cells.length > 0 ? [table(['source', 'system', 'state', 'verified', 'since', 'what to do'], cells)] : []),
    ...(held > 0 ? [`HELD: ${held} of ${rows.length} sources have no row in the registry; nothing is closed: ${MISSING_REMEDY}`] : []),
    waiting > 0 ? `${counts}; ${waiting} unverified: no visit has read them whole yet` : counts,
  ].join('\n\n');
}
