import { CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';

/** The same page for each credential, and for nobody in particular; `to` gives the address. */
export function credentialSwitch(chosen: Credential | null, to: (credential: Credential | null) => string, everyone = 'Everyone'): Html {
  const item = (credential: Credential | null, label: string) =>
    html`<li><a rel="nofollow" href="${to(credential)}"${credential === chosen && html` aria-current="true"`}>${label}</a></li>`;
  return html`<nav class="switch" aria-label="Your credential"><span aria-hidden="true">For</span><ul>${CREDENTIALS.map(credential => item(credential, CREDENTIAL_SHORT[credential]))}${item(null, everyone)}</ul></nav>`;
}
