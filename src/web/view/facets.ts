import type { FieldName } from '../../feed/fields.ts';
import { CREDENTIAL_NAMES, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, VERDICTS } from '../../posting/taxonomy.ts';
import type { FacetCount, FacetCounts, FacetName } from '../../store/feed/facets.ts';
import { askable, at, toggled, valuesOf } from '../filter-query.ts';
import { titled } from './chips.ts';
import { CONTACT_TOLD, count, pathName, stateName, words } from './words.ts';

type Group = { name: FacetName; title: string; shown: number; label: (value: string) => string; order?: readonly string[] };

const GROUPS: readonly Group[] = [
  { name: 'credential', title: 'Your credential', shown: 5, label: value => value, order: CREDENTIALS },
  {
    name: 'verdict',
    title: 'What the posting says of it',
    shown: 6,
    label: value => VERDICT_WORDS[value as keyof typeof VERDICT_WORDS]?.label ?? value,
    order: VERDICTS,
  },
  { name: 'work_mode', title: 'Where the work is', shown: 3, label: words },
  { name: 'path', title: 'Path', shown: 8, label: pathName },
  { name: 'role', title: 'Role', shown: 6, label: words },
  { name: 'employment_type', title: 'Employment', shown: 7, label: words },
  { name: 'state', title: 'State', shown: 6, label: stateName },
  { name: 'patient_contact', title: 'Patient contact', shown: 3, label: value => CONTACT_TOLD[value] ?? value },
  { name: 'certification', title: 'Certification asked for', shown: 5, label: value => value },
  { name: 'company', title: 'Employer', shown: 5, label: titled },
];

/** What the list can be narrowed by: every value a real link that adds or takes it away, with the number of postings it would leave. */
export function facetColumn(path: string, query: string, { facets }: FacetCounts): Html {
  const params = new URLSearchParams(query);
  const groups = GROUPS.filter(({ name }) => {
    if (name === 'verdict') return params.has('credential');
    if (name === 'role') return params.has('path') || params.has('role');
    return true;
  });
  return html`${groups.map(group => section(path, query, params, group, facets[group.name]))}
<section><h3>Beside a clinical job</h3><ul class="facet"><li>${link(path, query, 'beside', '1', 'Part-time, per diem, contract', null, params.has('beside'))}</li></ul></section>`;
}

function section(path: string, query: string, params: URLSearchParams, group: Group, counts: readonly FacetCount[]): Html | false {
  const chosen = valuesOf(params, group.name).map(value => value.toLowerCase());
  const isChosen = (value: string) => chosen.includes(value.toLowerCase());
  const missing = valuesOf(params, group.name)
    .filter(value => !counts.some(row => row.value.toLowerCase() === value.toLowerCase()))
    .map(value => ({ value, count: 0 }));
  const { order } = group;
  const rows = [...missing, ...counts].filter(row => askable(group.name, row.value));
  if (order) rows.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  if (rows.length === 0) return false;
  // The values chosen stay in sight, also when they are rare.
  const first = rows.filter((row, i) => i < group.shown + missing.length || isChosen(row.value));
  const rest = rows.filter(row => !first.includes(row));
  const item = (row: FacetCount) =>
    html`<li>${link(path, query, group.name, group.name === 'certification' ? row.value.toLowerCase() : row.value, group.label(row.value), row.count, isChosen(row.value), title(group.name, row.value))}</li>`;
  return html`<section><h3>${group.title}</h3><ul class="facet">${first.map(item)}</ul>
${rest.length > 0 && html`<details><summary>${count(rest.length)} more<span class="sr"> of ${group.title}</span></summary><ul class="facet">${rest.map(item)}</ul></details>`}</section>`;
}

function title(name: FacetName, value: string): string | null {
  return name === 'credential' ? (CREDENTIAL_NAMES[value as keyof typeof CREDENTIAL_NAMES] ?? null) : null;
}

function link(
  path: string,
  query: string,
  name: FieldName,
  value: string,
  label: string,
  number: number | null,
  active: boolean,
  told: string | null = null,
): Html {
  return html`<a href="${at(path, toggled(query, name, value))}" rel="nofollow"${active && html` aria-current="true"`}${told && html` title="${told}"`}><span>${label}</span>${number !== null && html`<span class="n">${count(number)}</span>`}${active && html`<span class="sr"> (chosen: remove)</span>`}</a>`;
}
