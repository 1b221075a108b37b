import type { FastifyInstance } from 'fastify';
import { PAGE_CACHE } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { type Html, html } from '../../http/html.ts';
import { feedLinks, frame, sendHtml } from '../../http/html-page.ts';
import { ENDPOINTS, type Endpoint, FILTER_PARAMS, type Param } from '../endpoints.ts';
import { openApi } from '../openapi.ts';
import { API_PROMISES } from '../promises.ts';
import { SUBSCRIPTIONS_PATH, WISH_EXAMPLE } from '../subscribing.ts';

/** `/api/v1/openapi.json` and, for people, `/api`: both from the one table of endpoints. */
export function referenceRoutes(app: FastifyInstance, { config, site, answers }: HttpContext): void {
  // Known when all routes are made: not every installation takes subscriptions.
  const subscriptions = () => app.hasRoute({ url: SUBSCRIPTIONS_PATH, method: 'POST' });
  const document = async () => openApi(site().origin, { subscriptions: subscriptions() });
  app.get('/api/v1/openapi.json', (request, reply) => answers.json(request, reply, { name: `openapi ${site().origin}`, read: document }));
  app.get('/api', async (_request, reply) => {
    const head = html`<meta name="description" content="Non-clinical jobs for therapists and assistants as JSON and feeds, without a key: endpoints, parameters, examples.">
<link rel="stylesheet" href="/style.css">
${feedLinks(site(), { title: 'all jobs', query: '' })}`;
    const body = html`<header><a href="/">Ombre</a></header><main><h1>API</h1>
${reference({ subscriptions: subscriptions(), origin: site().origin, limit: config.RATE_LIMIT })}
</main>`;
    return sendHtml(reply, 200, frame({ title: 'API', head, body }), PAGE_CACHE);
  });
}

type Told = { subscriptions: boolean; origin: string; limit: number };

function reference({ subscriptions, origin, limit }: Told): Html {
  return html`<p>No key, JSON and feeds. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>, and in short for language models at <a href="/llms.txt">llms.txt</a>. Every answer has an <code>ETag</code>: send it back as
<code>If-None-Match</code> and an unchanged page costs you nothing. Mistakes are answered with <code>application/problem+json</code> that names the field and what is allowed.</p>
<h2 id="promises">What you can rely on</h2>
<ul><li>${limit > 0 ? html`At most ${limit.toLocaleString('en-US')} requests a minute from one network address. Each answer has <code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code>; what is too much is answered with <code>429</code> and <code>Retry-After</code> in seconds.` : 'No limit on requests is set here.'}</li>
${API_PROMISES.map(promise => html`<li>${promise}</li>`)}</ul>
<h2 id="examples">Try it</h2>
${sample('Shell', `curl '${origin}/api/v1/postings?credential=OTA&work_mode=remote&limit=5'`)}
${sample('JavaScript', `const { items } = await (await fetch('${origin}/api/v1/postings?credential=OTA')).json();\nfor (const { title, verdicts } of items) console.log(title, verdicts?.OTA.evidence);`)}
${sample('Python', `import json, urllib.request\nwith urllib.request.urlopen('${origin}/api/v1/postings?credential=OTA') as answer:\n    for posting in json.load(answer)['items']:\n        print(posting['title'], posting['links']['html'])`)}
${sample('Everything, then what changes', `curl --compressed '${origin}/api/v1/postings.jsonl' > postings.jsonl\ncurl '${origin}/api/v1/postings?updated_since=1d'\ncurl '${origin}/api/v1/postings?closed_since=1d'`)}
${sample('A table', `curl -o ombre.parquet '${origin}/api/v1/export.parquet?credential=OTA'\nduckdb -c "select title, company, pay->>'min' from 'ombre.parquet' where verdicts->'OTA'->>'verdict' = 'named'"`)}
${sample('A typed client', `npx openapi-typescript ${origin}/api/v1/openapi.json -o ombre.d.ts`)}
${ENDPOINTS.map(section)}
${subscriptions && subscribeSection()}
<h2 id="filter">The filter</h2>
<p>Values of one name are alternatives (with commas or repeated), names narrow each other.</p>
${list(FILTER_PARAMS)}`;
}

function sample(name: string, code: string): Html {
  return html`<h3>${name}</h3><pre tabindex="0" role="region" aria-label="${name}"><code>${code}</code></pre>`;
}

function subscribeSection(): Html {
  return html`<h2 id="subscribe"><code>POST ${SUBSCRIPTIONS_PATH}</code></h2>
<p>Asks an address to confirm that it wants the new postings of a filter by mail. Nothing else is sent before it has.</p>
<pre tabindex="0" role="region" aria-label="A wish"><code>${JSON.stringify(WISH_EXAMPLE, null, 2)}</code></pre>`;
}

function section(endpoint: Endpoint): Html {
  return html`<h2 id="${endpoint.id}"><code>GET ${endpoint.path}</code></h2>
<p>${endpoint.summary}.${endpoint.filter && html` Takes <a href="#filter">the filter</a>.`}</p>
<p class="muted">${endpoint.description}</p>
${endpoint.params.length > 0 && list(endpoint.params)}`;
}

function list(params: Param[]): Html {
  return html`<dl>${params.map(({ name, help, example }) => html`<dt><code>${name}</code></dt><dd>${help} Example: <code class="example">${example}</code></dd>`)}</dl>`;
}
