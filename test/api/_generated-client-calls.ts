import type { HttpResponse } from './client.ts';
import { Api } from './client.ts';

/**
 * One call of every operation by the client that a generator makes of the OpenAPI document, typed as its users would type it. `client.ts` is made
 * by the test, which checks the types of this file against it and then runs it; so this file is left out of the types of the project.
 */
export function callsOf(origin: string): Record<string, () => Promise<HttpResponse<unknown, unknown>>> {
  const { api, feeds } = new Api({ baseUrl: origin });
  // What the generator takes for JSON by its name is lines of it.
  const text = { format: 'text' } as const;
  return {
    postings: async () => {
      const answer = await api.postings({
        credential: ['OTA', 'PTA'],
        work_mode: ['remote'],
        fields: ['title', 'verdicts', 'pay'],
        explain: '1',
      });
      const [first] = answer.data.items;
      said(first?.verdicts?.OTA.verdict satisfies string | undefined);
      said(first?.pay?.per_year?.min satisfies number | null | undefined);
      return answer;
    },
    posting: async () => {
      const answer = await api.posting('example', { explain: '1' });
      said(answer.data.places[0]?.region satisfies string | null | undefined);
      return answer;
    },
    export: () => api.export({ path: ['utilization-review'] }, text),
    'export-gzip': () => api.exportGzip({}, { format: 'blob' }),
    'export-parquet': () => api.exportParquet({}, { format: 'blob' }),
    facets: () => api.facets({ state: ['TX'] }),
    employers: () => api.employers(),
    taxonomy: () => api.taxonomy(),
    paths: () => api.paths(),
    path: () => api.path('utilization-review'),
    stats: () => api.stats({ weeks: 8 }),
    sources: () => api.sources(),
    'feed-rss': () => feeds.feedRss({ credential: ['OTA'] }, text),
    'feed-atom': () => feeds.feedAtom({ since: '7d' }, text),
    'feed-json': async () => {
      const answer = await feeds.feedJson({ limit: 1 });
      said(answer.data.items[0]?._ombre.verdicts?.SLP.evidence[0] satisfies string | undefined);
      return answer;
    },
    'feed-csv': () => feeds.feedCsv({}, text),
    opml: () => feeds.opml(text),
    subscribe: () => api.subscribe({ email: 'ann@example.org', filter: 'credential=OTA' }),
  };
}

/** The facts of a closed posting, as the type of the problem tells them. */
export async function closedTitle(origin: string, id: string): Promise<string> {
  try {
    await new Api({ baseUrl: origin }).api.posting(id);
  } catch (thrown) {
    const { error } = thrown as Awaited<ReturnType<Api<unknown>['api']['posting']>>;
    if (error && 'posting' in error) return error.posting.title;
  }
  throw new Error(`${id} is not told as closed`);
}

function said(_told: unknown): void {}
