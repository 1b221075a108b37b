import { type Html, html } from '../../http/html.ts';
import { type Credential, PATHS, type Path } from '../../posting/taxonomy.ts';
import type { PathNumbers } from '../../store/feed/numbers.ts';
import { at } from '../filter-query.ts';
import type { Guides } from '../guides.ts';
import { count, plural } from './words.ts';

/** A path in two sentences: what the job is, and how much of it there is today. */
export function pathBox(
  path: Path,
  guides: Guides,
  { numbers, credential }: { numbers: PathNumbers | undefined; credential: Credential | null },
): Html {
  return html`<section class="also" aria-labelledby="path-title"><h2 id="path-title">${PATHS[path].name}</h2>
<p>${guides[path].summary}${numbers && numbers.open > 0 && ` ${openText(numbers)}`}</p>
<p><a href="${at(`/paths/${path}`, credential ? `credential=${credential}` : '')}">About this path<span class="sr">: ${PATHS[path].name}</span></a></p></section>`;
}

function openText({ open, remote }: PathNumbers): string {
  if (remote === 0) return `${plural(open, 'job')} ${open === 1 ? 'is' : 'are'} open today, none of them remote.`;
  return `${count(remote)} of ${plural(open, 'open job')} ${remote === 1 ? 'is' : 'are'} remote.`;
}
