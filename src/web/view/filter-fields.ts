import type { FieldName } from '../../feed/fields.ts';
import { FIELDS } from '../../feed/fields.ts';
import { askable } from '../../feed/filter.ts';
import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../../posting/posting.ts';
import { CREDENTIALS, PATH_SLUGS } from '../../posting/taxonomy.ts';
import { valuesOf } from '../filter-query.ts';
import { chipsOf } from './chips.ts';
import { detailFields, TYPED } from './filter-forms.ts';
import { pathName, words } from './words.ts';

/** What has a field of its own here; everything else of a filter is shown as a box to untick. */
const ASKED: readonly FieldName[] = ['credential', 'path', 'work_mode', 'state', 'employment_type', 'beside', 'q', ...TYPED];
/** What a mail of new postings has no use for. */
const PAGED: readonly FieldName[] = ['since', 'cursor', 'limit'];

/** The fields of a filter as parts of a form, with the same names and words as the list has; values are shown as they were given, right or wrong. */
export function filterFields(query: string): Html {
  const params = new URLSearchParams(query);
  const value = (name: FieldName) => params.get(name) ?? '';
  const paths = valuesOf(params, 'path').length;
  return html`<fieldset class="boxes short"><legend>I’m a</legend>${boxes(params, 'credential', CREDENTIALS, one => html`<abbr title="${CREDENTIAL_NAMES[one]}">${CREDENTIAL_SHORT[one]}</abbr>`)}</fieldset>
<fieldset class="boxes short"><legend>Where the work is</legend>${boxes(params, 'work_mode', WORK_MODES, words)}</fieldset>
<label for="state">States <span class="muted">(such as TX, CA)</span></label><input id="state" name="state" maxlength="200" value="${valuesOf(params, 'state').join(', ')}">
<details class="paths"${paths > 0 && html` open`}><summary>Path: ${paths === 0 ? 'all of them' : `${paths} chosen`}</summary><fieldset class="boxes two"><legend class="sr">Path</legend>${boxes(params, 'path', PATH_SLUGS, pathName)}</fieldset></details>
<fieldset class="boxes short"><legend>Schedule</legend>${boxes(params, 'employment_type', EMPLOYMENT_TYPES, words)}
${box('beside', '1', 'Fits alongside a clinical job', params.has('beside'))}</fieldset>
${detailFields(params)}
<label for="q">Words in the posting</label><input id="q" name="q" type="search" maxlength="200" autocomplete="off" placeholder="&quot;prior authorization&quot; -RN" value="${value('q')}">
${others(params)}`;
}

function boxes<N extends FieldName, T extends string>(
  params: URLSearchParams,
  name: N,
  values: readonly T[],
  label: (value: T) => Html | string,
): Html[] {
  const chosen = valuesOf(params, name).map(one => one.trim().toLowerCase());
  return values.map(value => box(name, value, label(value), chosen.includes(value.toLowerCase())));
}

function box(name: FieldName, value: string, label: Html | string, checked: boolean): Html {
  return html`<label class="box"><input type="checkbox" name="${name}" value="${value}"${checked && html` checked`}> ${label}</label>
`;
}

/** Values that came with a link from the list and have no field here: kept while they stay ticked. */
function others(params: URLSearchParams): Html | false {
  const rest = (Object.keys(FIELDS) as FieldName[])
    .filter(name => !ASKED.includes(name) && !PAGED.includes(name))
    .flatMap(name => valuesOf(params, name).map(value => ({ name, value })))
    .filter(({ name, value }) => askable(name, value));
  if (rest.length === 0) return false;
  const labelOf = (name: FieldName, value: string) => chipsOf(new URLSearchParams([[name, value]]).toString())[0]?.label ?? value;
  return html`<fieldset class="boxes"><legend>Also</legend>${rest.map(({ name, value }) => box(name, value, html`<bdi>${labelOf(name, value)}</bdi>`, true))}</fieldset>`;
}
