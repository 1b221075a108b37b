import type { Kysely } from 'kysely';
import { parseQuery } from '../../feed/filter.ts';
import { decidingQuote, sourceOf } from '../../feed/quote.ts';
import { type Html, html } from '../../http/html.ts';
import { type Credential, PATH_SLUGS, type Verdict } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { openPostings } from '../../store/feed/counts.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import type { FacetCounts } from '../../store/feed/facets.ts';
import { feedPage, sortedPage } from '../../store/feed/postings.ts';
import type { Database } from '../../store/schema.ts';
import type { Web } from '../context.ts';
import { jobCard } from '../view/job-card.ts';
import { layout } from '../view/layout.ts';
import { type Example, pathsInNumbers, welcome } from '../view/welcome.ts';
import { plural } from '../view/words.ts';

const NEWEST = 4;
/** Postings looked at for an example whose sentence says enough. */
const TRIED = 8;
/** A sentence of fewer letters explains nothing to a first visitor. */
const SAYS_ENOUGH = 30;

/** The first page: one question, what the answers look like, the paths with their numbers, and the newest jobs. */
export async function homePage(web: Web, facets: FacetCounts): Promise<Html> {
  const { db } = web;
  const [examples, newest, open, now] = await Promise.all([
    examplesOf(db, 'OTA', ['named', 'implied', 'barred']),
    sortedPage(db, { ...parseQuery(''), limit: NEWEST }, { by: 'posted' }, null),
    web.revisions.cached('open postings', () => openPostings(db)),
    databaseNow(db),
  ]);
  const texts = await textsOf(db, newest.items);
  const body = html`${welcome(facets, examples)}
<div class="wide list">${facets.facets.path.length > 0 && pathsInNumbers(facets, PATH_SLUGS.length)}
<section class="results" aria-labelledby="jobs"><h2 id="jobs" tabindex="-1">Newest jobs</h2>
<ol class="jobs">${newest.items.map(posting => html`<li>${jobCard(posting, now, { text: texts.get(posting.id) ?? '' })}</li>`)}</ol>
<p class="ways"><a class="button quiet" href="/jobs">All ${plural(open.value, 'job')}</a> <a href="/employers">Who is hiring</a></p></section></div>`;
  return layout(web, {
    title: 'Non-clinical jobs for OT, PT and SLP professionals',
    description: `${plural(open.value, 'non-clinical job')} for therapists and assistants. Each with the words of the posting that say who may apply.`,
    path: '/',
    skip: { to: 'pick', label: 'Skip to the question' },
    body,
  });
}

/** One posting of today for each verdict whose own sentence shows why; verdicts without such a posting are left out. */
async function examplesOf(db: Kysely<Database>, credential: Credential, verdicts: readonly Verdict[]): Promise<Example[]> {
  const found = await Promise.all(
    verdicts.map(async (verdict): Promise<Example | null> => {
      const filter = parseQuery(`credential=${credential}&verdict=${verdict}&limit=${TRIED}`);
      const { items } = await feedPage(db, filter, {});
      const texts = await textsOf(db, items);
      const told = items.flatMap(posting => {
        const said = posting.verdicts?.[credential];
        const quote = said && decidingQuote(said, sourceOf(posting, texts.get(posting.id) ?? ''));
        return quote ? [{ posting, credential, verdict, quote }] : [];
      });
      const length = ({ quote }: Example) => quote.parts.reduce((sum, { text }) => sum + text.length, 0);
      return told.find(example => example.quote.field === 'text' && length(example) >= SAYS_ENOUGH) ?? told[0] ?? null;
    }),
  );
  return found.filter(example => example !== null);
}

async function textsOf(db: Kysely<Database>, postings: readonly { id: string }[]): Promise<Map<string, string>> {
  return await postingTexts(
    db,
    postings.map(({ id }) => id),
  );
}
