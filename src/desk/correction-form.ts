import { CREDENTIAL_SHORT, VERDICT_WORDS } from '../feed/verdict-words.ts';
import { type Html, html } from '../http/html.ts';
import { CREDENTIALS, PATH_SLUGS, PATHS, RELEVANCES, roleName, VERDICTS } from '../posting/taxonomy.ts';
import type { LabelRow } from '../store/tags/labels.ts';
import { answerOf, type Reviewed } from '../store/tags/review.ts';
import { type Correction, LONGEST_NOTE, pathText, printOf } from './labelling.ts';

const MEANS: Record<string, string> = {
  nonclinical: 'Nonclinical: a job of one of the paths',
  clinical: 'Clinical: hands-on therapy',
  other: 'Other: something else',
};

/** The fields of a correction, filled with what stands: the label where there is one, else the answer. `reports`: how many are open. */
export function correctionFields(reviewed: Reviewed, label: LabelRow | undefined, reports: number): Html {
  const { relevance, paths, role, verdicts } = label?.label ?? answerOf(reviewed);
  const relevances = RELEVANCES.map(slug => option(slug, MEANS[slug] ?? slug, relevance));
  return html`<input type="hidden" name="print" value="${printOf(reviewed)}">
<label for="relevance">Relevance</label><select id="relevance" name="relevance">${relevances}</select>
<fieldset><legend>For a nonclinical job</legend>
<label for="path">Primary path and role</label><select id="path" name="path"><option value="">None</option>${pathOptions(pathText({ paths, role }))}</select>
<div class="five">${CREDENTIALS.map(
    credential =>
      html`<div><label for="verdict-${credential}">${CREDENTIAL_SHORT[credential]}</label><select id="verdict-${credential}" name="verdict-${credential}">${VERDICTS.map(verdict => option(verdict, VERDICT_WORDS[verdict].label, verdicts?.[credential] ?? 'unknown'))}</select></div>`,
  )}</div></fieldset>
<label for="note">Why <span class="muted">(optional)</span></label><input id="note" name="note" maxlength="${LONGEST_NOTE}" autocomplete="off" value="${label?.label.note}">
<label><input type="checkbox" name="unsure" value="yes"${label?.label.sure === 'low' && html` checked`}><span>Another careful reader could well answer differently</span></label>
${reports > 0 && html`<label><input type="checkbox" name="handle" value="yes" checked><span>Mark ${reports === 1 ? 'the open report' : `the ${reports} open reports`} of it as handled</span></label>`}`;
}

/** The correction of a form; path and verdicts are those of a nonclinical job only. */
export function correctionOf(form: URLSearchParams): Correction {
  const relevance = form.get('relevance') ?? '';
  if (relevance !== 'nonclinical') return { relevance };
  const verdicts = CREDENTIALS.map(credential => [credential, form.get(`verdict-${credential}`) ?? ''] as const);
  return { relevance, path: form.get('path') ?? '', verdicts: Object.fromEntries(verdicts) };
}

/** Every path, alone and with each of its roles. */
function pathOptions(chosen: string): Html[] {
  return PATH_SLUGS.map(path => {
    const { name, roles } = PATHS[path];
    const options = roles.map(role => option(`${path}/${role}`, `${name}: ${roleName(role)}`, chosen));
    return html`<optgroup label="${name}">${option(path, `${name}: no role of it`, chosen)}${options}</optgroup>`;
  });
}

function option(value: string, label: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`;
}
