/** Signs that turn the direction of what stands around them: a name or a link of a stranger's must not do that to a page. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** HTML that is safe as it stands. */
export type Html = { readonly html: string };

type Value = Html | string | number | null | undefined | false | readonly Value[];

/** A template whose values are escaped unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { html: parts.map((part, i) => (i === 0 ? part : textOf(values[i - 1]) + part)).join('') };
}

function textOf(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value === 'object' && 'html' in value) return value.html;
  return String(value)
    .toWellFormed()
    .replace(TURNS, '')
    .replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}
