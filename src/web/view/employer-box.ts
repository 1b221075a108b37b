import { aCredential, BEST_FIRST, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import type { Credential, Verdict } from '../../posting/taxonomy.ts';
import type { EmployerAnswers } from '../employer-answers.ts';
import { at } from '../filter-query.ts';
import { count, plural } from './words.ts';

/** What the other postings of the employer answer: a hint, no promise. */
export function employerBox({ company, query, others, told }: EmployerAnswers, credential: Credential): Html {
  const parts = BEST_FIRST.flatMap(verdict => {
    const many = told.get(verdict);
    return many ? [`${count(many)} ${answerText(verdict, credential, many)}`] : [];
  });
  return html`<section class="also" aria-labelledby="employer-title"><h2 id="employer-title">How this employer has answered before</h2>
<p><bdi>${company}</bdi> has ${plural(others, 'other open job')} here: ${parts.join(', ')}.</p>
<p><a href="${at('/jobs', query)}">See all of this employer’s jobs</a></p></section>`;
}

function answerText(verdict: Verdict, credential: Credential, many: number): string {
  const [one, a] = [many === 1, aCredential(credential)];
  switch (verdict) {
    case 'named':
      return `${one ? 'names' : 'name'} ${CREDENTIAL_SHORT[credential]}`;
    case 'implied':
      return `${one ? 'includes' : 'include'} ${a}`;
    case 'open':
      return `${one ? 'asks' : 'ask'} for no license`;
    case 'preferred':
      return `would like ${a}`;
    case 'unknown':
      return `${one ? 'doesn’t' : 'don’t'} say either`;
    case 'barred':
      return `${one ? 'doesn’t' : 'don’t'} take ${a}`;
  }
}
