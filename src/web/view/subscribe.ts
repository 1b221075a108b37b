import { type Html, html } from '../../http/html.ts';

/** Asks for an address and a rhythm; what happens then is the digest's. `query` is the filter the mails would follow. */
export function subscribeBox(query: string): Html {
  if (query === '') {
    return html`<div class="subscribe"><h2>Mail me the new ones</h2><p class="note">Narrow the list first: a mail of everything helps nobody. Then this box takes your address.</p></div>`;
  }
  return html`<form class="subscribe" action="/subscribe" method="post">
<h2>Mail me the new ones</h2>
<input type="hidden" name="filter" value="${query}">
<div class="pair"><div><label for="email">E-mail</label><input id="email" name="email" type="email" maxlength="254" required autocomplete="email"></div>
<div><label for="cadence">How often</label><select id="cadence" name="cadence"><option value="weekly">Weekly</option><option value="daily">Daily</option></select></div></div>
<div class="trap" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<button type="submit">Subscribe</button>
<p class="note">Mail me new postings of this filter in this rhythm until I unsubscribe. We ask you to confirm first, and every mail has a link that ends it.</p>
</form>`;
}
