import { PATH_SLUGS, PATHS, type Path } from '../posting/taxonomy.ts';
import type { Guide, Guides } from './guides.ts';

/** Every guide as Markdown, beside its summary: for readers without a page. */
export function guideTexts(guides: Guides): Record<Path, { summary: string; text: string }> {
  const texts = PATH_SLUGS.map(
    path => [path, { summary: guides[path].summary, text: markdownOf(PATHS[path].name, guides[path]) }] as const,
  );
  return Object.fromEntries(texts) as Record<Path, { summary: string; text: string }>;
}

function markdownOf(name: string, { summary, what, day, asks, route, pros, cons }: Guide): string {
  const list = (title: string, items: readonly string[]) => `## ${title}\n\n${items.map(item => `- ${item}`).join('\n')}`;
  return [
    `# ${name}`,
    summary,
    `## What the job is\n\n${what}`,
    list('A typical day', day),
    list('What it asks', asks),
    list('How to get there', route),
    list('Speaks for it', pros),
    list('Think twice', cons),
  ].join('\n\n');
}
