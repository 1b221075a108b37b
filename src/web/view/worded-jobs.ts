import { type Html, html } from '../../http/html.ts';
import type { Credential } from '../../posting/taxonomy.ts';
import type { FeedPosting } from '../../store/feed/postings.ts';
import { at } from '../filter-query.ts';
import { jobCard } from './job-card.ts';

/** The page of a posting, for a reader who holds a credential. */
export function jobAddress(id: string, credential: Credential | null = null): string {
  return at(`/jobs/${encodeURIComponent(id)}`, credential ? `credential=${credential}` : '');
}

type Options = { credential: Credential | null; texts: ReadonlyMap<string, string>; now: Date };

/** Jobs as the list shows them, each with the sentence that decides. */
export function wordedJobs(postings: readonly FeedPosting[], { credential, texts, now }: Options): Html {
  return html`<ol class="jobs">${postings.map(posting => html`<li>${jobCard(posting, now, { credential, text: texts.get(posting.id) ?? '' })}</li>`)}</ol>`;
}
