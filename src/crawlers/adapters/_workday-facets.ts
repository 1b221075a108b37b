import { amount, at, items, type Json, text } from '../kit/json.ts';

/** A query narrowed to some values of one facet. */
type FacetQuery = { facet: string; values: string[] };

/** Facet values asked for in one query. */
const VALUES = 100;

/**
 * The queries that take a capped board apart: by the facet with the most values among those whose every value fits under the cap.
 * None when no facet does. Postings without a value of that facet are in none of them.
 */
export function facetQueries(json: Json, cap: number): FacetQuery[] {
  const [facet] = flat(items(at(json, 'facets')))
    .map(found => ({ name: text(at(found, 'facetParameter')), values: items(at(found, 'values')).map(value => countedValue(value)) }))
    .filter(({ name, values }) => name && values.length > 1 && values.every(value => value && value.count < cap))
    .sort((a, b) => b.values.length - a.values.length);
  if (!facet?.name) return [];
  const groups: { ids: string[]; count: number }[] = [];
  for (const value of facet.values) {
    if (!value) continue;
    const last = groups.at(-1);
    if (last && last.ids.length < VALUES && last.count + value.count < cap) {
      last.ids.push(value.id);
      last.count += value.count;
    } else groups.push({ ids: [value.id], count: value.count });
  }
  const { name } = facet;
  return groups.map(({ ids }) => ({ facet: name, values: ids }));
}

function countedValue(value: Json): { id: string; count: number } | null {
  const [id, count] = [text(at(value, 'id')), amount(at(value, 'count'))];
  return id && count !== null ? { id, count } : null;
}

/** Facets may stand in groups: a facet's values are then facets themselves. */
function flat(facets: Json[], depth = 0): Json[] {
  return facets.flatMap(facet => {
    const inner = depth < 3 ? items(at(facet, 'values')).filter(value => at(value, 'facetParameter') !== undefined) : [];
    return [facet, ...flat(inner, depth + 1)];
  });
}
