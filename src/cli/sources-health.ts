import type { Command } from 'commander';
import { openParts } from '../app/parts.ts';
import { readConfig } from '../config.ts';
import { boardOf, readRegistry } from '../crawlers/registry.ts';
import { MISSING_REMEDY } from '../pipeline/registry-sync.ts';
import { healthOf } from '../pipeline/source-health.ts';
import { databaseNow } from '../store/clock.ts';
import { watchedSources } from '../store/visit/source-health.ts';
import { group } from './_group.ts';
import { print, printJson, table } from './_output.ts';

export function register(program: Command): void {
  group(program, 'sources')
    .command('health')
    .description('how every source is, since when, and what to do; exit 1 when one needs attention')
    .option('--json', 'one JSON document')
    .option('--all', 'show the well ones too (JSON always does)')
    .addHelpText('after', '\nExample:\n  $ ombre sources health')
    .action(async (options: { json?: boolean; all?: boolean }) => {
      const config = readConfig();
      const parts = await openParts(config);
      try {
        const now = await databaseNow(parts.db);
        const watched = await watchedSources(parts.db);
        const boards = new Map(watched.flatMap(({ source }) => (source.missing_since ? [] : [[boardOf(source), source.slug]])));
        const rows = watched.map(({ source, visits, coverage }) => ({
          slug: source.slug,
          system: source.system,
          ...healthOf(
            {
              enabled: source.enabled,
              disabledReason: source.disabled_reason,
              everyMinutes: source.every_minutes,
              createdAt: source.created_at,
              coolingUntil: source.cooling_until,
              lastComplete: source.last_complete_at,
              missing: source.missing_since && {
                since: source.missing_since,
                closesAt: source.retire_at,
                readAs: boards.get(boardOf(source)) ?? null,
              },
            },
            visits,
            now,
          ),
          last_complete: source.last_complete_at,
          coverage: shares(coverage),
        }));
        const unwell = rows.filter(row => row.state !== 'ok' && row.state !== 'disabled');
        if (options.json) await printJson(rows);
        else {
          const shown = options.all ? rows : unwell;
          if (shown.length > 0) {
            const cells = shown.map(row => [row.slug, row.system, row.state, row.since?.toISOString().slice(0, 16) ?? '', row.remedy]);
            await print(`${table(['source', 'system', 'state', 'since', 'what to do'], cells)}\n\n`);
          }
          const held = watched.filter(({ source }) => source.missing_since && !source.retire_at).length;
          if (held > 0)
            await print(`HELD: ${held} of ${rows.length} sources have no row in the registry; nothing is closed: ${MISSING_REMEDY}\n\n`);
          const disabled = rows.filter(row => row.state === 'disabled').length;
          await print(
            `${rows.length} sources: ${rows.length - unwell.length - disabled} well, ${unwell.length} not, ${disabled} disabled\n`,
          );
        }
        // A folder that cannot be read would hide that every row is gone.
        await readRegistry(config.SOURCES_DIR, parts.systems);
        if (unwell.length > 0) process.exitCode = 1;
      } finally {
        await parts.close();
      }
    });
}

/** Of the open postings worth reading, the share that has a text, a place, pay and a date; null where there is none to count. */
function shares(coverage: Record<string, number>): Record<'description' | 'place' | 'pay' | 'posted', number | null> {
  const share = (name: string) => (coverage.open ? Math.round((100 * (coverage[name] ?? 0)) / coverage.open) / 100 : null);
  return { description: share('description'), place: share('place'), pay: share('pay'), posted: share('posted') };
}
