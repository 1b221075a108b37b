import type { RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text } from '../kit/json.ts';
import { dated, httpUrl, segments } from '../kit/values.ts';

/** What the table of a search holds. `total` is what the line above it says; `rows` have null for what could not be read. */
export type RmkTable = { total: number | null; rows: (RawPosting | null)[] };

/** The table of results of a SuccessFactors career site, 25 rows a page; null for a page without one. */
export function readRmkTable(body: string, pageUrl: string): RmkTable | null {
  const $ = loadHtml(body);
  const rows = $('tr.data-row').toArray();
  if (rows.length === 0 && $('#searchresults, #noresults').length === 0) return null;
  // `Results 1 – 25 of 633`, in the language of the site: the total comes last.
  const total = /^\d[\d.,]*$/.exec($('.paginationLabel').first().find('b').last().text().trim())?.[0].replace(/\D/g, '');
  return {
    total: total === undefined ? null : Number(total),
    rows: rows.map(row => {
      // Each field stands there once for telephones and once for larger screens.
      const field = (name: string) => text($(row).find(`.${name}:not(:has(.${name}))`).last().text().replace(/\s+/g, ' '));
      const url = publicUrl($(row).find('a.jobTitle-link').first().attr('href'), pageUrl);
      const title = text($(row).find('a.jobTitle-link').first().text().replace(/\s+/g, ' '));
      const key = url ? keyOf(new URL(url)) : null;
      if (!url || !title || !key) return null;
      const place = field('jobLocation');
      return {
        key,
        title,
        department: field('jobDepartment'),
        places: place ? [{ raw: place }] : [],
        posted: dated(field('jobDate'), 'jobDate'),
        url,
        detail: { kind: 'detail', url, key },
      };
    }),
  };
}

/** `/job/{words}/{number}/`, or `{number}-{locale}`: the number is the posting's, the words change with its title. */
export function keyOf(url: URL): string | null {
  const path = segments(url);
  const job = path.indexOf('job');
  return job >= 0 ? (/^(\d+)(?:-[a-z]{2}_[A-Z]{2})?$/.exec(path[job + 2] ?? '')?.[1] ?? null) : null;
}

/** An address without the feed's tracking. */
export function publicUrl(value: unknown, base: string): string | null {
  const url = httpUrl(value, base);
  return url?.replace(/\?.*$/, '') ?? null;
}
