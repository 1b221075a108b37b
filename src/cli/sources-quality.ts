import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { closing } from '../app/closing.ts';
import { openParts } from '../app/parts.ts';
import { readConfig } from '../config.ts';
import { TOLD_FIELDS, type ToldField } from '../pipeline/not-understood.ts';
import type { Database } from '../store/schema.ts';
import { type NotUnderstoodWords, type SourceQuality, sourcesQuality, wordsNotUnderstood } from '../store/visit/quality.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';
import { choose } from './_slugs.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('quality')
    .description('what boards tell of places, pay, dates and employment that is not understood, of open postings')
    .argument('[slug]', 'slug of one source, to see the words (default: a table of all, the worst first)')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources quality acme-health')
    .action(async (slug: string | undefined, options: { json?: boolean }) => {
      await closing(await openParts(readConfig()), async ({ db }) => {
        const { value, text } = await readQuality(db, slug);
        await output(options, value, text);
      });
    });
}

/** What the command shows, as JSON and for people. Throws E_USAGE for a slug that no source has. */
export async function readQuality(db: Kysely<Database>, slug?: string): Promise<{ value: unknown; text: () => string }> {
  const all = await sourcesQuality(db);
  if (slug === undefined) return { value: all.map(shown), text: () => tableOf(all) };
  const row = choose(all, [slug], () => false)[0]!;
  const words = fieldsOf(await wordsNotUnderstood(db, slug));
  return { value: { ...shown(row), words }, text: () => sentences(row, words) };
}

/** One source with --json: `not_understood` are strings by field, `postings` the open ones that have any. */
function shown({ slug, system, open, judged, postings, counts }: SourceQuality) {
  return { slug, system, open, judged, postings, not_understood: counts };
}

type Words = Record<ToldField, { words: string; times: number }[]>;

function fieldsOf(found: readonly NotUnderstoodWords[]): Words {
  const of = (field: ToldField) => found.filter(one => one.field === field).map(({ words, times }) => ({ words, times }));
  return { place: of('place'), pay: of('pay'), posted: of('posted'), closes: of('closes'), employment: of('employment') };
}

function tableOf(all: readonly SourceQuality[]): string {
  const rows = all.map(row => [row.slug, row.system, row.open, ...TOLD_FIELDS.map(field => row.counts[field]), share(row)]);
  const unjudged = all.reduce((sum, { open, judged }) => sum + open - judged, 0);
  return [
    table(['source', 'system', 'open', ...TOLD_FIELDS, 'share'], rows),
    'Strings told by the board that were not understood; in the last column, the share of the open postings that have one.',
    ...(unjudged > 0 ? [unjudgedOf(unjudged)] : []),
  ].join('\n\n');
}

function sentences(row: SourceQuality, words: Words): string {
  const rows = TOLD_FIELDS.flatMap(field => words[field].map(one => [field, one.times, one.words]));
  const head = `${row.slug} (${row.system}): ${row.postings} of ${row.judged} open postings tell something that was not understood`;
  const more = TOLD_FIELDS.filter(field => row.counts[field] > 0).map(field => `${field} ${row.counts[field]}`);
  const unjudged = row.open - row.judged;
  return [
    more.length > 0 ? `${head}: ${more.join(', ')}` : head,
    ...(rows.length > 0 ? [table(['field', 'postings', 'words'], rows)] : []),
    ...(unjudged > 0 ? [unjudgedOf(unjudged)] : []),
  ].join('\n\n');
}

function unjudgedOf(count: number): string {
  return `${count} open postings were stored before this was noted; each is counted once it changes.`;
}

function share({ open, postings }: SourceQuality): string {
  return open === 0 ? '' : `${Math.round((100 * postings) / open)} %`;
}
