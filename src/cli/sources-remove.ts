import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openParts, type Parts } from '../app/parts.ts';
import { kindsOf } from '../app/registry.ts';
import { readConfig } from '../config.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { countOpen, retireSource, sourceBySlug } from '../store/visit/retire.ts';
import { command } from './_commands.ts';
import { output } from './_output.ts';
import { mayWrite, removeRow } from './_registry-files.ts';
import { unknownSlug } from './_slugs.ts';

/** What `sources remove` prints with --json. `files` hold the row; `postings` are the open ones that close. */
type Removal = { slug: string; postings: number; files: string[]; written: boolean };

export function register(program: Command): void {
  command(program, 'sources')
    .command('remove')
    .description('say what removing a source means, and with --apply take its row out of the registry and close its postings')
    .argument('<slug>', 'slug of the source')
    .option('--apply', 'do it')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources remove acme-health --apply')
    .action(async (slug: string, options: { apply?: boolean; json?: boolean }) => {
      const { apply = false } = options;
      await closing(await openParts(readConfig()), async parts => {
        const removal = await remove(parts, slug, apply);
        await output(options, removal, () => readable(removal, apply));
        if (apply && !removal.written) process.exitCode = 1;
      });
    });
}

/** The row goes first: with the row still there, the next start of a worker would bring the source back. */
async function remove(parts: Parts, slug: string, apply: boolean): Promise<Removal> {
  const { config, db } = parts;
  const [registry, source] = await Promise.all([readRegistry(config.SOURCES_DIR, parts.systems), sourceBySlug(db, slug)]);
  const named = [...registry.rows.map(row => ({ file: row.file, row: row.slug })), ...registry.problems];
  const files = [...new Set(named.filter(({ row }) => row === slug).map(({ file }) => file))];
  if (!source && files.length === 0) throw unknownSlug('slug', slug, [...new Set(registry.rows.map(row => row.slug))]);
  const postings = source ? await countOpen(db, source.id) : 0;
  const there = files.length > 0 || (source !== undefined && source.removed_at === null) || postings > 0;
  if (!apply || !there) return { slug, postings, files, written: false };
  for (const file of files) await mayWrite(config.SOURCES_DIR, file);
  for (const file of files) await removeRow(config.SOURCES_DIR, file, slug);
  return { slug, postings: source ? await retireSource(db, slug, kindsOf(parts)) : 0, files, written: true };
}

function readable({ slug, postings, files, written }: Removal, apply: boolean): string {
  const row =
    files.length > 0 ? `its row is ${written ? 'taken' : 'to be taken'} out of ${files.join(' and ')}` : 'it has no row in the registry';
  const rest = files.length > 0 ? ' A worker on another machine brings it back while its own registry has the row.' : '';
  if (written) return `Removed ${slug}: ${row}, ${postings} open postings are closed.${rest}`;
  if (apply) return `${slug} is removed already: ${row}, and no posting of it is open.`;
  return `${slug}: ${row}, ${postings} open postings would close. Nothing was written; --apply does it.${rest}`;
}
