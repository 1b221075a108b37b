import type { FieldName } from '../../feed/fields.ts';
import { askable } from '../../feed/filter.ts';
import { CREDENTIAL_NAMES, CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, VERDICTS } from '../../posting/taxonomy.ts';
import type { FacetCount, FacetCounts, FacetName } from '../../store/feed/facets.ts';
import { at, toggled, valuesOf } from '../filter-query.ts';
import { titled } from './chips.ts';
import { CONTACT_TOLD, count, pathName, stateName, words } from './words.ts';

type Group = {
  name: Exclude<FacetName, 'source'>;
  title: string;
  shown: number;
  label: (value: string) => string;
  order?: readonly string[];
};

const GROUPS: readonly Group[] = [
  {
    name: 'credential',
    title: 'Your credential',
    shown: 5,
    label: value => CREDENTIAL_SHORT[value as keyof typeof CREDENTIAL_SHORT] ?? value,
    order: CREDENTIALS,
  },
  {
    name: 'verdict',
    title: 'How the posting mentions you',
    shown: 6,
    label: value => VERDICT_WORDS[value as keyof typeof VERDICT_WORDS]?.label ?? value,
    order: VERDICTS,
  },
  { name: 'work_mode', title: 'Where the work is', shown: 3, label: words },
  { name: 'path', title: 'Path', shown: 8, label: pathName },
  { name: 'role', title: 'Role', shown: 6, label: words },
  { name: 'employment_type', title: 'Schedule', shown: 7, label: words },
  { name: 'state', title: 'Where you live or are licensed', shown: 6, label: stateName },
  { name: 'patient_contact', title: 'Patient contact', shown: 3, label: value => CONTACT_TOLD[value] ?? value },
  { name: 'certification', title: 'Certification asked for', shown: 5, label: value => value },
  { name: 'company', title: 'Employer', shown: 5, label: titled },
];

/** What the list can be narrowed by: every value a real link that adds or takes it away, with the number of postings it would leave. */
export function facetColumn(path: string, query: string, { facets }: FacetCounts): Html {
  const params = new URLSearchParams(query);
  return html`${groupsFor(params).map(group => section(path, query, params, group, facets[group.name]))}
<section><h3>Alongside a clinical job</h3><ul class="facet"><li>${link(path, query, 'beside', '1', 'Part-time, per diem, contract', null, params.has('beside'))}</li></ul></section>`;
}

/** The groups that say something beside what is chosen already. */
function groupsFor(params: URLSearchParams): Group[] {
  return GROUPS.filter(({ name }) => {
    if (name === 'verdict') return params.has('credential');
    if (name === 'role') return params.has('path') || params.has('role');
    return true;
  });
}

function section(path: string, query: string, params: URLSearchParams, group: Group, counts: readonly FacetCount[]): Html | false {
  const { first, rest, isChosen } = rowsOf(params, group, counts);
  if (first.length === 0) return false;
  const item = (row: FacetCount) =>
    html`<li>${link(path, query, group.name, spelled(group, row.value), group.label(row.value), row.count, isChosen(row.value), title(group.name, row.value))}</li>`;
  return html`<section><h3>${group.title}</h3><ul class="facet">${first.map(item)}</ul>
${rest.length > 0 && html`<details><summary>${count(rest.length)} more<span class="sr"> of ${group.title}</span></summary><ul class="facet">${rest.map(item)}</ul></details>`}</section>`;
}

/** A filter compares certifications in lower case. */
const spelled = ({ name }: Group, value: string) => (name === 'certification' ? value.toLowerCase() : value);

/** The values of a group, those in sight apart from those behind one more step. */
function rowsOf(params: URLSearchParams, group: Group, counts: readonly FacetCount[], but: readonly string[] = []) {
  const chosen = valuesOf(params, group.name).map(value => value.toLowerCase());
  const isChosen = (value: string) => chosen.includes(value.toLowerCase());
  const missing = valuesOf(params, group.name)
    .filter(value => !counts.some(row => row.value.toLowerCase() === value.toLowerCase()))
    .map(value => ({ value, count: 0 }));
  const { order } = group;
  const rows = [...missing, ...counts].filter(row => askable(group.name, row.value) && !but.includes(row.value));
  if (order) rows.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  // The values chosen stay in sight, also when they are rare.
  const first = rows.filter((row, i) => i < group.shown + missing.length || isChosen(row.value));
  return { first, rest: rows.filter(row => !first.includes(row)), isChosen };
}

/** The fields that the row above the panel asks for, and what adding a further value of them is called. */
const IN_ROW: Partial<Record<FacetName, string>> = { work_mode: 'Add a kind of place', path: 'Add a path', state: 'Add a state' };

/**
 * The same as boxes to tick in a form, and how many of them are ticked. The first value of a field of the row is left to its select; further
 * ones can be ticked here.
 */
export function facetTicks(query: string, { facets }: FacetCounts): { ticks: Html; on: number } {
  const params = new URLSearchParams(query);
  let on = params.has('beside') ? 1 : 0;
  const tickOf = (group: Group, isChosen: (value: string) => boolean) => (row: FacetCount) => {
    const ticked = isChosen(row.value);
    if (ticked) on++;
    return html`<label class="tick"><input type="checkbox" name="${group.name}" value="${spelled(group, row.value)}"${ticked && html` checked`}><span>${group.label(row.value)}</span><span class="n">${count(row.count)}</span></label>`;
  };
  const groups = groupsFor(params).filter(({ name }) => name !== 'credential');
  const own = groups
    .filter(({ name }) => !IN_ROW[name])
    .map(group => {
      const { first, rest, isChosen } = rowsOf(params, group, facets[group.name]);
      const tick = tickOf(group, isChosen);
      if (first.length === 0) return false;
      return html`<fieldset><legend>${group.title}</legend>${first.map(tick)}${group.name === 'employment_type' && beside(params)}${
        rest.length > 0 &&
        html`<details><summary>${count(rest.length)} more<span class="sr"> of ${group.title}</span></summary>${rest.map(tick)}</details>`
      }</fieldset>`;
    });
  const further = groups
    .filter(({ name }) => IN_ROW[name])
    .map(group => {
      const [asked] = valuesOf(params, group.name);
      const { first, rest, isChosen } = rowsOf(params, group, facets[group.name], asked ? [asked] : []);
      const rows = [...first, ...rest];
      if (rows.length === 0) return false;
      const open = rows.some(row => isChosen(row.value));
      return html`<details${open && html` open`}><summary>${IN_ROW[group.name]}</summary>${rows.map(tickOf(group, isChosen))}</details>`;
    });
  const more = further.some(Boolean) && html`<fieldset><legend>More than one</legend>${further}</fieldset>`;
  return { ticks: html`${own}${more}`, on };
}

function beside(params: URLSearchParams): Html {
  return html`<label class="tick"><input type="checkbox" name="beside" value="1"${params.has('beside') && html` checked`}><span>Fits alongside a clinical job</span></label>`;
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
