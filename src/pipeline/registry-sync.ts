import { boardOf } from '../crawlers/registry.ts';

type Row = { slug: string; system: string; target: unknown };

/** What a registry as it was just read means for the sources that are stored. */
export type RegistryPlan = {
  /** Slugs of stored sources that have no row. */
  missing: string[];
  /** Why none of them is retired, however long it is missing; null when each is, after its grace. */
  held: string | null;
  /** Missing sources whose board has a row under another slug. */
  renamed: { from: string; to: string }[];
};

/** So many sources may go at once, or this share of all of them; more look like an accident. */
const MOST_GONE = 5;
const MOST_GONE_SHARE = 0.2;
/** A source whose row is gone keeps its postings for so long. */
export const GRACE_DAYS = 3;
/** What its removal had closed is opened again within so many days; of older ones the next visit knows which are still there. */
export const REOPEN_DAYS = 30;

/**
 * Decides what vanished rows mean. Pure. Nothing is closed here or by what follows at once: an empty folder, a volume that is not mounted
 * or another checkout must cost nothing, so many vanished rows are held until somebody acts, and a few are retired only after days of
 * grace.
 * @param stored the sources that the registry owns and that were not removed
 * @param registry its good rows, and of its mistakes the slug each is about (empty when that could not be read)
 */
export function planRegistry(
  stored: readonly Row[],
  registry: { rows: readonly Row[]; problems: readonly { row: string }[] },
): RegistryPlan {
  const { rows, problems } = registry;
  // A row with a mistake is there all the same.
  const named = new Set([...rows.map(row => row.slug), ...problems.map(problem => problem.row)]);
  const gone = stored.filter(source => !named.has(source.slug));
  const boards = new Map(rows.map(row => [boardOf(row), row.slug]));
  return {
    missing: gone.map(source => source.slug),
    held: gone.length > 0 ? holding(gone.length, stored.length, rows.length, problems.length) : null,
    renamed: gone.flatMap(source => {
      const to = boards.get(boardOf(source));
      return to === undefined ? [] : [{ from: source.slug, to }];
    }),
  };
}

function holding(gone: number, stored: number, rows: number, problems: number): string | null {
  if (rows === 0) return 'the registry has no good row at all';
  if (problems > 0) return 'the registry has mistakes, which may hide rows';
  const most = Math.max(MOST_GONE, stored * MOST_GONE_SHARE);
  return gone > most ? `so many at once look like an accident (at most ${Math.floor(most)} may go)` : null;
}

/** The plan's missing sources in one sentence for an operator; null when there are none. */
export function missingSentence({ missing, held }: RegistryPlan, stored: number, folder: string): string | null {
  if (missing.length === 0) return null;
  const names = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ', ...' : '');
  const lack = `${missing.length} of ${stored} sources have no row in ${folder} (${names})`;
  return held === null
    ? `${lack}: their postings close some days after a row went missing, unless it comes back`
    : `HELD: ${lack}, and nothing of them is closed: ${held}`;
}

/** What an operator does about missing sources. */
export const MISSING_REMEDY =
  'put the rows back or correct SOURCES_DIR; `ombre sources remove SLUG --apply` closes the postings of a source that is meant to go';

/** One sentence about a source whose board is read under another slug now. */
export function renamedSentence({ from, to }: RegistryPlan['renamed'][number]): string {
  const why = 'ids of postings are made of the slug';
  return `the board of ${from} is read as ${to} now: ${why}, so name the row ${from} again to keep its links and ids`;
}
