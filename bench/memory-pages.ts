import { CREDENTIALS, PATH_SLUGS } from '../src/posting/taxonomy.ts';

const STATES = ['TX', 'CA', 'NY', 'FL', 'OH', 'IL', 'PA', 'GA', 'NC', 'MI'];
const MODES = ['remote', 'hybrid', 'onsite'];
const FORMATS = ['/feed.rss', '/feed.atom', '/feed.json', '/feed.csv'];

/** So many different pages as readers and feed readers ask for: of five one posting, one list of the site, one of the API, one feed, one page of facets. */
export function differentPages(count: number, postings: readonly string[]): string[] {
  const filters = (function* () {
    for (const path of PATH_SLUGS)
      for (const credential of CREDENTIALS)
        for (const state of STATES)
          for (const work_mode of MODES) yield new URLSearchParams({ path, credential, state, work_mode }).toString();
  })();
  const pages: string[] = [];
  for (let n = 0; pages.length < count; n++) {
    const { value: filter } = filters.next();
    const posting = postings[n % postings.length]!;
    pages.push(
      `/jobs?${filter}`,
      n % 2 === 0 ? `/jobs/${posting}` : `/api/v1/postings/${posting}`,
      `/api/v1/postings?${filter}`,
      `${FORMATS[n % FORMATS.length]}?${filter}`,
      `/api/v1/facets?${filter}`,
    );
  }
  return pages.slice(0, count);
}
