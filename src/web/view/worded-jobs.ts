import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { at } from '../filter-query.ts';
import { everyVerdict, saidOf, verdictLine } from './verdict-line.ts';
import { dayText, pathName, shortPay, whereText, words } from './words.ts';

/** The page of a posting, for a reader who holds a credential. */
export function jobAddress(id: string, credential: Credential | null = null): string {
  return at(`/jobs/${encodeURIComponent(id)}`, credential ? `credential=${credential}` : '');
}

type Options = { credential: Credential | null; texts: ReadonlyMap<string, string>; now: Date; withPath?: boolean; withCompany?: boolean };

/** A short list of jobs: for one credential each with the sentence that decides, for none with all five in a line. */
export function wordedJobs(postings: readonly FeedPosting[], options: Options): Html {
  return html`<ol class="briefs">${postings.map(posting => html`<li>${wordedJob(posting, options)}</li>`)}</ol>`;
}

function wordedJob(posting: FeedPosting, { credential, texts, now, withPath = true, withCompany = true }: Options): Html {
  const said = credential && saidOf(posting, credential, texts.get(posting.id) ?? '');
  const company = withCompany ? posting.company : null;
  const path = withPath && posting.paths[0] ? pathName(posting.paths[0]) : null;
  const facts = [whereText(posting), posting.employment_types.map(words).join(', '), posting.pay && shortPay(posting.pay)].filter(Boolean);
  return html`<article class="brief"><h3><a href="${jobAddress(posting.id, credential)}"><bdi>${posting.title}</bdi></a></h3>
<p class="by">${company && html`<bdi>${company}</bdi>`}${company && path && ' · '}${path}</p>
${said ? verdictLine(said) : everyVerdict(posting)}
<p class="by">${facts.map(fact => html`<bdi>${fact}</bdi> · `)}${dayText(posting, now)}</p></article>`;
}
