import { canonicalQuery } from '../feed/canonical.ts';
import { employerSlug } from '../feed/employer.ts';
import { askable, parseQuery } from '../feed/filter.ts';
import { type EmployerName, employerNames } from '../store/feed/employer-names.ts';
import type { Web } from './context.ts';

/** An employer under one address: all spellings of its name, its open postings, and the filter that finds them. */
export type Employer = { slug: string; name: string; keys: string[]; open: number; query: string };

/** Spellings of one name that a filter takes. */
const SPELLINGS = 20;

/** Every employer by its slug, read once for as long as nothing changes. Spellings that make one slug are one employer. */
export async function employersOf({ db, revisions }: Pick<Web, 'db' | 'revisions'>): Promise<ReadonlyMap<string, Employer>> {
  return await revisions.cached('employers by slug', async () => {
    const named = (await employerNames(db)).filter(({ key }) => askable('company', key));
    const slugs = Map.groupBy(named, ({ name }) => employerSlug(name));
    slugs.delete('');
    return new Map([...slugs].map(([slug, names]) => [slug, employerOf(slug, names)]));
  });
}

/** The page of an employer. */
export function employerPath({ slug }: Pick<Employer, 'slug'>): string {
  return `/employers/${encodeURIComponent(slug)}`;
}

function employerOf(slug: string, names: readonly EmployerName[]): Employer {
  const byOpen = [...names].sort((a, b) => b.open - a.open || (a.key < b.key ? -1 : 1)).slice(0, SPELLINGS);
  const keys = byOpen.map(({ key }) => key);
  const query = canonicalQuery(parseQuery(new URLSearchParams(keys.map((key): [string, string] => ['company', key])).toString()));
  return { slug, name: byOpen[0]!.name, keys, open: byOpen.reduce((sum, { open }) => sum + open, 0), query };
}
