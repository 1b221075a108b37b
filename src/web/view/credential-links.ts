import { aCredential } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import { forAddress } from '../for-address.ts';

/** In a sentence, the five with their pages: `an OT, a COTA, a PT, a PTA or an SLP`. */
export function credentialLinks(): Html {
  const before = (i: number) => (i === 0 ? '' : i === CREDENTIALS.length - 1 ? ' or ' : ', ');
  return html`${CREDENTIALS.map((one, i) => html`${before(i)}<a class="nw" href="${forAddress(one)}">${aCredential(one)}</a>`)}`;
}
