import type { FastifyInstance } from 'fastify';
import { FEED_FORMATS, FORMATS } from '../../feed/render.ts';
import { aCredential, BEST_FIRST, CREDENTIAL_NAMES, CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { entityTag, PAGE_CACHE, sendTagged } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { CREDENTIALS, PATH_SLUGS, PATHS } from '../../posting/taxonomy.ts';
import { ENDPOINTS, FILTER_PARAMS } from '../endpoints.ts';

/** `/llms.txt`: what the site is and where programs that read prose find things, in Markdown. */
export function llmsRoute(app: FastifyInstance, { site }: HttpContext): void {
  app.get('/llms.txt', async (request, reply) => {
    const body = llmsText(site().origin);
    return sendTagged(request, reply, { tag: entityTag(body), cacheControl: PAGE_CACHE }, { body, type: 'text/plain; charset=utf-8' });
  });
}

function llmsText(origin: string): string {
  const link = (path: string, told: string) => `- [${path}](${origin}${path}): ${told}`;
  const data = ENDPOINTS.filter(({ path }) => path.startsWith('/api/') && !path.includes('{'));
  return `# Ombre

> Non-clinical jobs that rehabilitation professionals (${CREDENTIALS.map(one => CREDENTIAL_SHORT[one]).join(', ')}) can really get, read from employers’ own career sites. For each posting and each credential there is a verdict, with the words of the posting that decided it.

No key is needed. Every list takes the same filter as a query, for example \`?path=utilization-review&credential=OTA&work_mode=remote\` (utilization review jobs for ${aCredential('OTA')}, remote). An address with a wrong value is answered with 400 and what is allowed. Quote the posting’s own words, and link to its page: the employer decides in the end.

## Data

${link('/api/v1/openapi.json', 'OpenAPI 3.1, with an example of every answer')}
${data.map(({ path, summary }) => link(path, summary)).join('\n')}
- [/api/v1/postings/{id}](${origin}/api): One posting; \`?explain=1\` adds its text and every decision with its words
${FEED_FORMATS.map(format => link(FORMATS[format].path, 'The postings of a filter as a feed')).join('\n')}

## The filter

${FILTER_PARAMS.map(({ name, help, example }) => `- \`${name}\`: ${help} Example: \`${example}\``).join('\n')}

## Credentials

${CREDENTIALS.map(one => `- \`${one}\`: ${CREDENTIAL_NAMES[one]}, called ${CREDENTIAL_SHORT[one]}`).join('\n')}

## Verdicts

${BEST_FIRST.map(one => `- \`${one}\`: “${VERDICT_WORDS[one].label}”. ${VERDICT_WORDS[one].means}`).join('\n')}

A verdict has a \`confidence\`, about whether the holder may apply. Where pages say “Probably”, say so too.

## Paths

${PATH_SLUGS.map(path => link(`/paths/${path}`, PATHS[path].name)).join('\n')}

## Pages

${link('/jobs', 'The list, by the same filter')}
${link('/about', 'How it works, and what it does not do')}
${link('/sources', 'What is crawled, and what robots.txt says to it')}
`;
}
