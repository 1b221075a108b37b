import { mistake } from '../errors.ts';

/** The rows of these slugs, in their order; without any, those that `byDefault` holds of. Throws E_USAGE for a slug that no row has. */
export function choose<T extends { slug: string }>(rows: readonly T[], slugs: readonly string[], byDefault: (row: T) => boolean): T[] {
  if (slugs.length === 0) return rows.filter(byDefault);
  const bySlug = new Map(rows.map(row => [row.slug, row]));
  return slugs.map(slug => {
    const row = bySlug.get(slug);
    if (!row) throw unknownSlug('source', slug, [...bySlug.keys()]);
    return row;
  });
}

/** The mistake of a slug that nobody has: it names those somebody may have meant, which share a beginning, or simply the first few. */
export function unknownSlug(field: string, slug: string, all: readonly string[]): Error {
  const alike = all.filter(other => other.startsWith(slug.slice(0, 3)));
  const shown = (alike.length > 0 ? alike : all).slice(0, 8);
  return mistake('E_USAGE', field, slug, `a slug of \`ombre sources list\`, such as ${shown.join(', ')}`);
}
