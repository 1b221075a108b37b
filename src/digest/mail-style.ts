import { type Html, html } from '../http/html.ts';

/**
 * How mails look. Mail programs drop stylesheets, so every element carries its own style, in what all of them know (test/digest/mail-style.test.ts
 * has the list of what they do not); classes serve the one query for the dark, which those that know it follow.
 */
const SANS = '-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const SERIF = 'Georgia,Times New Roman,serif';
const LINE = '1px solid #e3dcd1';
/** Long words of others break, so that none makes a phone scroll sideways. */
const BREAK = 'overflow-wrap:anywhere;word-break:break-word';
const verdict = (color: string) => `font:bold 15px/1.4 ${SANS};color:${color}`;

const LOOKS = {
  page: 'margin:0;padding:0;background:#faf8f5;color:#25221f',
  all: `max-width:600px;margin:0 auto;padding:20px 16px 32px;font:16px/1.5 ${SANS};color:#25221f;${BREAK}`,
  brand: `font:bold 20px/1 ${SERIF};color:#25221f;text-decoration:none`,
  head: `font:bold 26px/1.2 ${SERIF};color:#25221f;margin:0 0 4px`,
  group: `font:bold 15px/1.4 ${SANS};color:#625d57;margin:32px 0 0;padding:0 0 8px;border-bottom:2px solid #e3dcd1`,
  search: `font:bold 21px/1.25 ${SERIF};color:#25221f;margin:40px 0 4px;padding:16px 0 0;border-top:3px solid #b65f7c`,
  again: `font:bold 14px/1.4 ${SANS};color:#7a4a00;margin:0 0 2px`,
  quiet: 'margin:0 0 4px;color:#625d57',
  small: 'margin:0 0 4px;font-size:14px;color:#625d57',
  asked: 'margin:16px 0;font-size:18px',
  job: `padding:16px 0;border-bottom:${LINE}`,
  title: `font:bold 19px/1.3 ${SERIF};margin:0`,
  titlelink: 'color:#25221f;text-decoration:none',
  facts: 'margin:2px 0 8px;font-size:14px;color:#625d57',
  pay: 'color:#25221f;font-weight:bold',
  whole: 'white-space:nowrap',
  words: `margin:0 0 4px;font:17px/1.4 ${SERIF};color:#25221f`,
  named: verdict('#17613f'),
  implied: verdict('#0e5f68'),
  open: verdict('#2a4f8f'),
  preferred: verdict('#7a4a00'),
  unknown: verdict('#57534e'),
  barred: verdict('#9a2f26'),
  mark: 'background:#ffe49a;color:#25221f;font-weight:bold;padding:0 2px',
  links: 'margin:8px 0 0;font-size:14px',
  link: 'color:#74355c',
  jump: 'color:#74355c;display:inline-block;padding:4px 16px 4px 0',
  press: 'background:#74355c;border-radius:8px',
  pressed: 'display:inline-block;padding:14px 24px;color:#ffffff;font-weight:bold;text-decoration:none',
  foot: `margin:32px 0 0;padding:16px 0 0;border-top:${LINE};font-size:13px;color:#625d57`,
} as const;

type Look = keyof typeof LOOKS;

/** Class and style of an element. */
export function look(name: Look): Html {
  return html`class="${name}" style="${LOOKS[name]}"`;
}

/** What programs show behind the subject and nobody reads in the mail. */
export const HIDDEN = 'display:none;max-height:0;overflow:hidden;mso-hide:all';

/** The ombre, as cells of a table: the one picture that needs no picture. */
export const STRIPE: Html = html`<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;margin:12px 0 24px"><tr>${[
  '#f0b27a',
  '#d98a7c',
  '#b65f7c',
  '#6d5f8c',
  '#2f5d7c',
].map(color => html`<td style="height:4px;line-height:4px;font-size:0;padding:0;background:${color}">&nbsp;</td>`)}</tr></table>`;

/** A button that also Outlook shows as one: the color is the cell's. */
export function button(url: string, label: string): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:20px 0 8px"><tr><td ${look('press')}><a href="${url}" ${look('pressed')}>${label}</a></td></tr></table>`;
}

const DARK: Partial<Record<Look, string>> = {
  page: 'background:#17171a;color:#ece9e4',
  all: 'color:#ece9e4',
  brand: 'color:#ece9e4',
  head: 'color:#ece9e4',
  titlelink: 'color:#ece9e4',
  pay: 'color:#ece9e4',
  words: 'color:#ece9e4',
  search: 'color:#ece9e4;border-color:#d98a7c',
  again: 'color:#ecc07a',
  quiet: 'color:#aeaab0',
  small: 'color:#aeaab0',
  facts: 'color:#aeaab0',
  group: 'color:#aeaab0;border-color:#3a3940',
  job: 'border-color:#3a3940',
  foot: 'color:#aeaab0;border-color:#3a3940',
  named: 'color:#86d4ac',
  implied: 'color:#7fd0d8',
  open: 'color:#a5c3f5',
  preferred: 'color:#ecc07a',
  unknown: 'color:#b9b5ae',
  barred: 'color:#f2a69c',
  mark: 'background:#6a5312;color:#ece9e4',
  link: 'color:#e6aecd',
  jump: 'color:#e6aecd',
  press: 'background:#8d4471',
};

/** The one query of a mail. */
export const DARK_QUERY: Html = html`@media (prefers-color-scheme:dark){${Object.entries(DARK).map(
  ([name, style]) => html`.${name}{${style.replaceAll(/(?=;|$)/g, '!important')}}`,
)}}`;
