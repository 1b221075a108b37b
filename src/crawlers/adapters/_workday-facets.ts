import { amount, at, items, type Json, text } from '../kit/json.ts';

/** Facets a query is narrowed by, with the values asked for. */
export type Applied = Readonly<Record<string, readonly string[]>>;

/** Facet values asked for in one query. */
const VALUES = 100;
/** More facets than this one in another take no board apart. */
const MOST_FACETS = 3;

type Value = { id: string; count: number };
type Facet = { name: string; values: Value[] };

/**
 * The queries that take a capped one apart: by the facet with the most values among those whose every value fits under the cap, else by the
 * one whose largest value is smallest; a value that does not fit is a query of its own, to be taken apart in its turn. None when no facet
 * is left. Postings without a value of that facet are in none of them.
 */
export function narrowed(json: Json, applied: Applied, cap: number): Applied[] {
  if (Object.keys(applied).length >= MOST_FACETS) return [];
  const [facet] = facetsOf(json)
    .filter(({ name, values }) => values.length > 1 && !Object.hasOwn(applied, name))
    .sort((a, b) => Number(fits(b, cap)) - Number(fits(a, cap)) || (fits(a, cap) ? b.values.length - a.values.length : most(a) - most(b)));
  return facet ? groups(facet.values, cap).map(ids => ({ ...applied, [facet.name]: ids })) : [];
}

const most = ({ values }: Facet): number => values.reduce((most, { count }) => Math.max(most, count), 0);
const fits = (facet: Facet, cap: number): boolean => most(facet) < cap;

/** Values that fit under the cap together. */
function groups(values: readonly Value[], cap: number): string[][] {
  const made: { ids: string[]; count: number }[] = [];
  for (const { id, count } of values) {
    const last = made.at(-1);
    if (last && last.ids.length < VALUES && last.count + count < cap) {
      last.ids.push(id);
      last.count += count;
    } else made.push({ ids: [id], count });
  }
  return made.map(({ ids }) => ids);
}

/** The facets of an answer whose every value tells how many postings it has. They may stand in groups: a group's values are facets themselves. */
function facetsOf(json: Json): Facet[] {
  return flat(items(at(json, 'facets'))).flatMap(found => {
    const name = text(at(found, 'facetParameter'));
    const values = items(at(found, 'values')).map(countedValue);
    return name && values.every(value => value !== null) ? [{ name, values }] : [];
  });
}

function countedValue(value: Json): Value | null {
  const [id, count] = [text(at(value, 'id')), amount(at(value, 'count'))];
  return id && count !== null ? { id, count } : null;
}

function flat(facets: Json[], depth = 0): Json[] {
  return facets.flatMap(facet => {
    const inner = depth < 3 ? items(at(facet, 'values')).filter(value => at(value, 'facetParameter') !== undefined) : [];
    return [facet, ...flat(inner, depth + 1)];
  });
}
