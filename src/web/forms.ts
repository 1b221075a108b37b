import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '../http/html.ts';

/** Room for the longest field in the widest script, escaped. */
export const FORM_BYTES = 16 * 1024;

/** Lets the routes of a scope take what forms send. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
}

/** The form that was sent; an empty one for anything else. */
export function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

/** A field that people do not see. */
export const TRAP = html`<div class="trap" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>`;

/** Whether that field is filled in: what does so is not a person, and need not know that nothing comes of it. */
export function isTrapped(form: URLSearchParams): boolean {
  return (form.get('website') ?? '') !== '';
}

/** A select that keeps a value which is not among its own. */
export function select(name: string, value: string, options: readonly (readonly [string, string])[]): Html {
  const all = options.some(([given]) => given === value) ? options : [...options, [value, value] as const];
  return html`<select id="${name}" name="${name}">${all.map(
    ([given, label]) => html`<option value="${given}"${given === value && html` selected`}>${label}</option>`,
  )}</select>`;
}
