import type { News } from '../store/schema.ts';
import { jobsInWords } from './headline.ts';

/** How many of each a mail, or a section of one, tells. */
export type NewsCounts = Record<News, number>;

export function countNews(told: readonly { news: News }[]): NewsCounts {
  const count = (wanted: News) => told.filter(({ news }) => news === wanted).length;
  return { new: count('new'), open_again: count('open_again'), raised: count('raised') };
}

export function sumNews(counts: readonly NewsCounts[]): NewsCounts {
  const sum = (news: News) => counts.reduce((all, one) => all + one[news], 0);
  return { new: sum('new'), open_again: sum('open_again'), raised: sum('raised') };
}

export function totalNews(counts: NewsCounts): number {
  return counts.new + counts.open_again + counts.raised;
}

/** `4 new remote jobs for a COTA, 1 open again and 2 with higher pay`; the jobs are named once, as the filter of a query asks for them. */
export function newsInWords(counts: NewsCounts, query = ''): string {
  const said: string[] = [];
  const jobs = (count: number) => (said.length === 0 ? ` ${jobsInWords(query, count === 1)}` : '');
  if (counts.new > 0) said.push(`${counts.new} new${jobs(counts.new)}`);
  if (counts.open_again > 0) said.push(`${counts.open_again}${jobs(counts.open_again)} open again`);
  if (counts.raised > 0) said.push(`${counts.raised}${jobs(counts.raised)} with higher pay`);
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`;
}
