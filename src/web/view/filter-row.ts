import type { FieldName } from '../../feed/fields.ts';
import { CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { STATE_NAMES } from '../../posting/states.ts';
import { CREDENTIALS, type Credential, PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { FacetCounts, FacetName } from '../../store/feed/facets.ts';
import { valuesOf } from '../filter-query.ts';
import type { Sort } from '../list-query.ts';
import { type Chip, chipsOf } from './chips.ts';
import { facetTicks } from './facets.ts';
import { detailFields, hidden, TYPED } from './filter-forms.ts';
import { count, pathName, words } from './words.ts';

type Options = readonly (readonly [value: string, label: string])[];

const TICKED: readonly FacetName[] = ['verdict', 'role', 'employment_type', 'patient_contact', 'certification', 'company'];
const MODES = ['remote', 'hybrid', 'onsite'] as const;

/** What the row above the panel shows by itself, and what the bar above the jobs does. */
const IN_VIEW: readonly FieldName[] = ['credential', 'work_mode', 'state', 'path', 'posted_since'];
/** A select holds one value; what is asked for beside it is in the panel. */
const ONE_OF: readonly FieldName[] = ['work_mode', 'state', 'path'];

/** The values of a filter that neither the row nor the bar shows while the panel is closed. */
export function outOfView(query: string): Chip[] {
  return chipsOf(query).filter(
    ({ name }, i, all) => !IN_VIEW.includes(name) || (ONE_OF.includes(name) && all.findIndex(chip => chip.name === name) < i),
  );
}

/**
 * What a list is narrowed by, as one form: who, where and which path always in view, the rest behind "More filters". Nothing is asked again
 * until its one button is pressed. The panel comes back closed, as open it pushes the jobs off a phone: chips say what is on in it.
 */
export function filterRow(path: string, query: string, counts: FacetCounts, sort: Sort): Html {
  const params = new URLSearchParams(query);
  const asked = {
    credential: valuesOf(params, 'credential'),
    work_mode: valuesOf(params, 'work_mode'),
    state: valuesOf(params, 'state'),
    path: valuesOf(params, 'path'),
  };
  const { ticks, on } = facetTicks(query, counts);
  const typed = [...TYPED, 'q' as const].filter(name => params.has(name) && name !== 'radius' && name !== 'pay_interval').length;
  const together = on + typed;
  const own: FieldName[] = ['credential', 'work_mode', 'state', 'path', 'beside', 'q', ...TYPED, ...(TICKED as FieldName[])];
  // A verdict is asked of a credential; without one there is nothing to tick, and what was asked stays.
  const kept = params.has('credential') ? own : own.filter(name => name !== 'verdict');
  return html`<form class="find" action="${path}" method="get" role="search" aria-label="Filter the jobs">
${choice('I’m a', 'credential', credentialOptions(asked.credential), asked.credential.join(','))}
${choice('Where', 'work_mode', [['', 'Anywhere'], ...MODES.map(mode => [mode, labeled(words(mode), counts, 'work_mode', mode, asked.work_mode[0])] as const)], asked.work_mode[0])}
${choice('My state', 'state', [['', 'Any state'], ...STATE_NAMES], asked.state[0])}
${choice('Path', 'path', [['', 'All paths'], ...pathOptions(counts, asked.path[0])], asked.path[0])}
<details class="more" id="more"><summary>More filters${together > 0 && `, ${together} on`}</summary><div>
${ticks}
<fieldset class="typed"><legend class="sr">Words, distance, pay and what it asks</legend><div><label for="q">Words in the posting</label><input id="q" name="q" type="search" maxlength="200" autocomplete="off" placeholder="“prior authorization” -RN" value="${params.get('q') ?? ''}"></div>
${detailFields(params)}</fieldset>
<p class="note">A state includes remote jobs that may be done from there.${counts.capped && ' Counted over the newest jobs.'}</p></div></details>
${hidden(params, kept)}${sort !== 'posted' && html`<input type="hidden" name="sort" value="${sort}">`}<button type="submit">Show jobs</button></form>`;
}

function choice(label: string, name: FieldName, options: Options, chosen = ''): Html {
  return html`<label class="${name}">${label} <select name="${name}">${options.map(
    ([value, told]) => html`<option value="${value}"${value === chosen && value !== '' && html` selected`}>${told}</option>`,
  )}</select></label>`;
}

/** Several credentials together, which only a link can ask for, are one choice more. */
function credentialOptions(chosen: readonly string[]): Options {
  const name = (value: string) => CREDENTIAL_SHORT[value as Credential] ?? value;
  const together = chosen.length > 1 ? [[chosen.join(','), chosen.map(name).join(' or ')] as const] : [];
  const each = CREDENTIALS.map(credential => [credential, credential === 'OTA' ? 'COTA / OTA' : name(credential)] as const);
  return [['', chosen.length > 0 ? 'Any of the five' : 'Choose…'], ...together, ...each];
}

function pathOptions(counts: FacetCounts, chosen?: string): Options {
  return PATH_SLUGS.map(path => [path, labeled(pathName(path), counts, 'path', path, chosen)] as const).sort(([, a], [, b]) =>
    a.localeCompare(b),
  );
}

/** With the number of jobs, but for the value chosen: the page has its number, and there is little room. */
function labeled(name: string, { facets }: FacetCounts, facet: FacetName, value: string, chosen?: string): string {
  const found = facets[facet].find(row => row.value === value)?.count;
  return found && value !== chosen ? `${name} (${count(found)})` : name;
}
