import type { Kysely } from 'kysely';
import { parseQuery } from '../feed/filter.ts';
import type { Credential, Verdict } from '../posting/taxonomy.ts';
import { postingTexts } from '../store/feed/evidence.ts';
import { type FeedPosting, feedPage } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { type Said, saidOf } from './view/verdict-line.ts';

/** A posting and its sentence about a credential. */
export type Example = { posting: FeedPosting; said: Said & { quote: NonNullable<Said['quote']> } };

const MOST = 4;
/** How many of each are wanted; what is missing is made up by the others in this order. */
const WANTED: readonly (readonly [Verdict, number])[] = [
  ['named', 2],
  ['implied', 1],
  ['preferred', 1],
  ['open', 1],
  ['barred', 1],
];
/** Postings looked at for each verdict. */
const LOOKED_AT = 12;

/** Sentences of open postings about a credential, of as many employers as can be, the newest first within a verdict. */
export async function examplesFor(db: Kysely<Database>, credential: Credential): Promise<Example[]> {
  const pages = await Promise.all(
    WANTED.map(([verdict]) => feedPage(db, { ...parseQuery(`credential=${credential}&verdict=${verdict}`), limit: LOOKED_AT }, {})),
  );
  const postings = pages.map(({ items }) => items);
  const texts = await postingTexts(
    db,
    postings.flat().map(({ id }) => id),
  );
  const spoken = postings.map(list => list.flatMap(posting => exampleOf(posting, credential, texts.get(posting.id) ?? '')));
  const chosen: Example[] = [];
  const sentences = new Set<string>();
  const take = (list: readonly Example[], most: number, isNew: (example: Example) => boolean) => {
    for (const example of list.filter(isNew).slice(0, most)) {
      if (chosen.length >= MOST || sentences.has(textOf(example))) continue;
      chosen.push(example);
      sentences.add(textOf(example));
    }
  };
  const otherEmployer = ({ posting }: Example) => chosen.every(other => other.posting.company !== posting.company);
  for (const [i, [, wanted]] of WANTED.entries()) for (let n = 0; n < wanted; n++) take(spoken[i]!, 1, otherEmployer);
  for (const list of spoken) take(list, LOOKED_AT, example => !chosen.includes(example));
  const order = WANTED.map(([verdict]) => verdict);
  return chosen.sort((a, b) => order.indexOf(a.said.verdict) - order.indexOf(b.said.verdict));
}

function exampleOf(posting: FeedPosting, credential: Credential, text: string): Example[] {
  const said = saidOf(posting, credential, text);
  return said?.quote ? [{ posting, said: { ...said, quote: said.quote } }] : [];
}

const textOf = ({ said }: Example) =>
  said.quote.parts
    .map(({ text }) => text)
    .join('')
    .toLowerCase();
